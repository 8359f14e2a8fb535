"""Colours of code can be read in every theme: on its ground, on marked lines and on changed ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from slidebuild.passes.highlight_styles import _contrast, _mix

ROOT = Path(__file__).parents[1]
BUILT_IN = ROOT / "src/slidebuild/themes"
TOKENS = {
    "default": (BUILT_IN / "default/tokens.css",),
    "lecture": (BUILT_IN / "default/tokens.css", BUILT_IN / "lecture/tokens.css"),
    "euclid": (BUILT_IN / "default/tokens.css", ROOT / "themes/euclid/colours.css"),
}
CHANGES = (("2da44e", 0.09), ("cf222e", 0.07))
"""What is laid over added and deleted lines (passes/code.css), and how thick."""


def colours(theme: str, scheme: int) -> dict[str, str]:
    """The theme's colours by name, as `rrggbb`; `scheme` 0 is light, 1 dark."""
    found: dict[str, str] = {}
    for file in TOKENS[theme]:
        found |= dict(re.findall(r"--sb-color-([\w-]+):\s*([^;]+);", file.read_text(encoding="utf-8")))
    return {name: colour for name in found if (colour := resolved(name, found, scheme))}


def resolved(name: str, found: Mapping[str, str], scheme: int) -> str:
    value = found[name]
    while reference := re.fullmatch(r"var\(--sb-color-([\w-]+)\)", value):
        value = found[reference[1]]
    pair = re.fullmatch(r"light-dark\((#\w{6}), (#\w{6})\)", value)
    return (pair[scheme + 1] if pair else value)[1:]


def names_in_code() -> list[str]:
    css = (BUILT_IN / "default/code.css").read_text(encoding="utf-8")
    return sorted({"text", *re.findall(r"^\.hljs-default .*[{ ]color: var\(--sb-color-(\w+)\)", css, re.MULTILINE)})


def test_changed_lines_are_as_the_stylesheet_has_them() -> None:
    css = (ROOT / "src/slidebuild/passes/code.css").read_text(encoding="utf-8")
    mixed = re.findall(r"color-mix\(in srgb, #(\w{6}) (\d+)%, transparent\)", css)
    assert [(colour, int(share) / 100) for colour, share in mixed] == list(CHANGES)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("theme", TOKENS)
def test_code_can_be_read_on_every_ground(theme: str, scheme: int) -> None:
    known = colours(theme, scheme)
    surface = known["surface"]
    grounds = [surface, known["mark"], *(_mix(surface, colour, share) for colour, share in CHANGES)]
    assert len(names_in_code()) > 8
    weak = {
        (name, ground): round(_contrast(known[name], ground), 2)
        for name in names_in_code()
        for ground in grounds
        if _contrast(known[name], ground) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("theme", TOKENS)
def test_text_can_be_read_on_the_slide_and_on_boxes(theme: str, scheme: int) -> None:
    known = colours(theme, scheme)
    names = [*names_in_code(), "heading", "accent"]
    grounds = ("background", "surface", "accent-soft")
    assert [(n, g) for n in names for g in grounds if _contrast(known[n], known[g]) < 4.5] == []
