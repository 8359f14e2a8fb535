"""Style sheets for code: every style of highlight.js 9 has one, and all can be read."""

import re

import pytest
import tinycss2

from slidebuild.passes.highlight_styles import highlight_css, highlight_style_names


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_names_are_those_of_highlight_js() -> None:
    names = highlight_style_names()
    assert len(names) == 91
    assert {"default", "github", "monokai-sublime", "zenburn", "atelier-dune-light", "kimbie.dark", "vs2015"} < {*names}
    assert list(names) == sorted(names)


@pytest.mark.parametrize("name", highlight_style_names())
def test_every_colour_of_a_style_can_be_read(name: str) -> None:
    css = highlight_css([name])
    grounds = re.findall(r"--sb-code-(?:background|mark):(#\w{6})", css)
    assert len(grounds) == 2
    colours = re.findall(r"(?:[{;]color|--sb-code-text):(#\w{6})", css)
    assert len(colours) > 4
    assert [colour for colour in colours if min(contrast(colour, ground) for ground in grounds) < 4.5] == []


def test_every_selector_stands_under_the_class_of_the_style() -> None:
    css = highlight_css(["kimbie.dark"])
    for rule in tinycss2.parse_stylesheet(css, skip_whitespace=True):
        assert rule.type == "qualified-rule"
        for selector in tinycss2.serialize(rule.prelude).split(","):
            assert re.fullmatch(r"\.hljs-kimbie\\\.dark( \.hljs(-[\w-]+)?)?", selector)


def test_token_of_a_style_has_its_colour() -> None:
    assert re.search(r"^\.hljs-vs \.hljs-keyword,[^{]*\{color:#0000ff\}$", highlight_css(["vs"]), re.MULTILINE)


def test_order_and_repetition_of_names_do_not_matter() -> None:
    assert highlight_css(["vs", "github", "vs"]) == highlight_css(("github", "vs"))


def test_unknown_style_has_no_rules() -> None:
    assert highlight_css(["</style>", "mine"]) == ""
