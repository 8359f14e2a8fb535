"""Finding, checking and inheriting themes; their CSS, fonts and templates."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from slidebuild import fonts
from slidebuild.diagnostics import Diagnostics
from slidebuild.fonts import BASE_CHARACTERS, FontError, has_characters, licence, needed_characters, subset, whole
from slidebuild.theme import BuiltInThemes, DictThemes, Theme, find_theme, theme_names
from slidebuild.theme.loaders import read_resource

CHARACTERS = frozenset("abc")


def themes(**files: Mapping[str, str]) -> DictThemes:
    return DictThemes({name: {path: text.encode() for path, text in entry.items()} for name, entry in files.items()})


def found(name: str, loader: DictThemes | None = None) -> Theme:
    diagnostics = Diagnostics()
    theme = find_theme(name, diagnostics, loader)
    assert list(diagnostics) == []
    return theme


def complaints(name: str, loader: DictThemes) -> list[str]:
    diagnostics = Diagnostics()
    find_theme(name, diagnostics, loader)
    return [f"{item.code}: {item.message}" for item in diagnostics]


def css(theme: Theme) -> str:
    diagnostics = Diagnostics()
    text = theme.css(lambda path, data: f"assets/{path}", CHARACTERS, diagnostics)
    assert list(diagnostics) == []
    return text


# --- finding


def test_the_built_in_themes_can_be_used_without_a_word() -> None:
    for name in BuiltInThemes().names():
        assert found(name).name == name
    assert {"default", "remark"} <= set(theme_names())


def test_an_unknown_theme_names_the_nearest_and_falls_back() -> None:
    diagnostics = Diagnostics()
    theme = find_theme("defualt", diagnostics)
    (item,) = diagnostics
    assert (item.code, item.hint) == ("unknown-theme", "did you mean `default`?")
    assert theme.name == "default"


def test_a_theme_of_the_project_goes_before_a_built_in_one() -> None:
    theme = found("remark", themes(remark={"theme.yml": "css: [own.css]", "own.css": "p { color: red }"}))
    assert "color: red" in css(theme)


def test_a_path_never_leaves_the_theme() -> None:
    assert BuiltInThemes().read("default", "../remark/theme.yml") is None
    assert read_resource("slidebuild", "themes/../themes/remark/theme.yml") is None


def test_a_theme_may_be_installed_in_a_zip_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "zipped.zip", "w") as archive:
        archive.writestr("zipped_theme/__init__.py", "")
        archive.writestr("zipped_theme/css/own.css", "p {}")
    monkeypatch.syspath_prepend(tmp_path / "zipped.zip")
    assert read_resource("zipped_theme", "css/own.css") == b"p {}"
    assert read_resource("zipped_theme", "css/none.css") is None


@pytest.mark.parametrize("package", ["no_such_package", "slidebuild.theme.loaders"])
def test_what_is_no_package_has_no_files(package: str) -> None:
    assert read_resource(package, "theme.yml") is None


# --- theme.yml


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("css: [", "bad-theme: theme.yml is no YAML"),
        ("- a", "bad-theme: theme.yml must be a mapping"),
        ("colour: red", "bad-theme: theme x: unknown key `colour`"),
        ("css: 3", "bad-theme: theme x: `css` must be a list of names"),
        ("settings: [a]", "bad-theme: theme x: `settings` must be a mapping"),
        ("layered: maybe", "bad-theme: theme x: `layered` must be true or false"),
        ("parent_fonts: 3", "bad-theme: theme x: `parent_fonts` must be true or false"),
        ("fonts: [{family: A}]", "bad-theme: theme x: a font needs the texts"),
        ("fonts: [{family: A, file: a.ttf, weight: heavy}]", "bad-theme: theme x: font A: `weight`"),
        ("fonts: [{family: A, file: a.ttf}]", "bad-theme: theme x: font A: there is no a.ttf"),
        ("css: [gone.css]", "bad-theme: theme x: the stylesheet gone.css does not exist"),
        ("parent: gone", "unknown-theme: there is no theme `gone` (parent of x)"),
        ("parent: x", "bad-theme: themes that are each other's parent: x → x"),
        ("name: y", "bad-theme: theme x: the theme calls itself `y`"),
    ],
)
def test_a_faulty_description_is_told(text: str, complaint: str) -> None:
    (said,) = complaints("x", themes(x={"theme.yml": text}))
    assert said.startswith(complaint)


def test_a_complaint_stands_at_its_key() -> None:
    diagnostics = Diagnostics()
    find_theme("x", diagnostics, themes(x={"theme.yml": "name: x\ncolour: red\n"}))
    (item,) = diagnostics
    assert str(item.span) == "themes/x/theme.yml:2:1"


class Kept(dict[str, bytes]):
    def put(self, key: str, data: bytes) -> None:
        self[key] = data


def test_a_right_description_is_read_once() -> None:
    kept = Kept()
    text = "description: Ours\nsettings: {ratio: '16:9', pdf: {steps: all}}\ncss: [a.css]\nregions: {footer: true}\n"
    loader = themes(x={"theme.yml": f"{text}fonts: [{{family: A, file: a.ttf}}]\n", "a.css": "", "a.ttf": "font"})
    first = find_theme("x", Diagnostics(), loader, kept=kept)
    with patch("slidebuild.theme.description.parse_description") as parsed:
        second = find_theme("x", Diagnostics(), loader, kept=kept)
    assert not parsed.called
    assert replace(first, _templates=None) == replace(second, _templates=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["colour: red", "settings: {date: 2026-01-02}", "settings: {pdf: {1: 2}}"])
def test_a_faulty_description_and_one_that_json_cannot_tell_are_read_each_time(text: str) -> None:
    kept = Kept()
    find_theme("x", Diagnostics(), themes(x={"theme.yml": text}), kept=kept)
    assert not kept


def test_an_empty_description_is_a_theme() -> None:
    assert found("x", themes(x={"theme.yml": ""})).stylesheets == ()


# --- inheritance


def test_a_child_adds_to_its_parent_and_wins() -> None:
    theme = found(
        "child",
        themes(
            base={
                "theme.yml": "settings: {ratio: '4:3', lang: fr}\nregions: [footer, logo]\ncss: a.css",
                "a.css": "p{}",
            },
            child={
                "theme.yml": "parent: base\nsettings: {ratio: '16:9'}\nregions: {logo: false, top: true}\ncss: b.css",
                "b.css": "q{}",
            },
        ),
    )
    assert theme.chain == ("child", "base")
    assert theme.settings == {"ratio": "16:9", "lang": "fr"}
    assert theme.regions == ("footer", "top")
    assert [sheet.path for sheet in theme.stylesheets] == ["base/a.css", "child/b.css"]


def test_a_child_of_remark_is_not_layered_unless_it_says_so() -> None:
    loader = themes(plain={"theme.yml": "parent: remark"}, layered={"theme.yml": "parent: remark\nlayered: true"})
    assert not found("plain", loader).is_layered
    assert found("layered", loader).is_layered


# --- CSS


def test_css_stands_in_layers_so_that_the_deck_wins() -> None:
    theme = found("x", themes(x={"theme.yml": "css: [a.css]", "a.css": '@import url("https://x.test/f.css"); p {}'}))
    assert css(theme) == ('@import url("https://x.test/f.css");\n@layer sb-base, sb-theme;\n@layer sb-theme {\np {}\n}')
    assert theme.base_css("q {}") == "@layer sb-base {\nq {}\n}"
    assert theme.base_css("") == ""


def test_files_that_the_css_addresses_are_published() -> None:
    loader = themes(
        x={"theme.yml": "css: css/a.css", "css/a.css": "p { background: url(../img/p.svg) }", "img/p.svg": "<svg/>"}
    )
    published = {}

    def publish(path: str, data: bytes) -> str:
        published[path] = data
        return "assets/p.1234.svg"

    text = found("x", loader).css(publish, CHARACTERS, Diagnostics())
    assert 'url("assets/p.1234.svg")' in text
    assert published == {"x/img/p.svg": b"<svg/>"}


def test_a_missing_file_of_the_css_is_told_and_the_address_stays() -> None:
    loader = themes(x={"theme.yml": "css: a.css", "a.css": "p { background: url(gone.svg) }"})
    assert complaints("x", loader) == ["bad-theme: theme x: a.css addresses gone.svg, which does not exist"]
    assert "gone.svg" in find_theme("x", Diagnostics(), loader).css(lambda path, data: path, CHARACTERS, Diagnostics())


# --- fonts


def test_the_default_theme_brings_its_fonts_along() -> None:
    published = {}

    def publish(path: str, data: bytes) -> str:
        published[path] = data
        return path

    text = found("default").css(publish, needed_characters(["Łódź → α"]), Diagnostics())
    assert text.count("@font-face") == len(published) == 6
    regular = has_characters(published["default/fonts/FiraSans-Regular.woff2"])
    assert {"Ł", "ó", "ź", "→", "α", "—"} <= regular
    assert "б" not in regular
    assert max(map(len, published.values())) < 25_000


def test_a_child_brings_its_parents_fonts_unless_it_says_not() -> None:
    face = "fonts: [{family: Own, package: fontpkg_fira_code, file: 'files/FiraCode[wght].ttf'}]"
    loader = themes(
        more={"theme.yml": f"parent: default\n{face}"},
        own={"theme.yml": f"parent: default\nparent_fonts: false\n{face}"},
        grandchild={"theme.yml": "parent: own"},
    )
    assert {font.family for font in found("more", loader).fonts} == {"Fira Sans", "Fira Code", "Own"}
    assert [font.family for font in found("own", loader).fonts] == ["Own"]
    assert [font.family for font in found("grandchild", loader).fonts] == ["Own"]


def test_a_font_says_its_licence() -> None:
    data = read_resource("fontpkg_fira_code", "files/FiraCode[wght].ttf")
    assert data is not None
    told = licence(data)
    assert (told.name, "Fira Code" in told.copyright, told.url.startswith("http")) == ("OFL-1.1", True, True)
    with pytest.raises(FontError):
        licence(b"no font")


def test_the_same_characters_give_the_same_bytes() -> None:
    data = read_resource("fontpkg_fira_code", "files/FiraCode[wght].ttf")
    assert data is not None
    first = subset(data, frozenset("abc"), 600)
    fonts._packed.cache_clear()
    assert subset(data, frozenset("cba"), 600) == first
    assert subset(data, frozenset("abc"), 400) != first


def test_a_whole_font_has_all_characters_and_no_more_features_than_a_cut_one() -> None:
    import io

    from fontTools.ttLib import TTFont

    data = read_resource("fontpkg_fira_code", "files/FiraCode[wght].ttf")
    assert data is not None
    found = whole(data, 600)
    font = TTFont(io.BytesIO(found))
    assert has_characters(found) == has_characters(data)
    assert (font.flavor, "fvar" in font, font["name"].getDebugName(6)) == (None, False, "FiraCode-600")
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "calt" not in features
    assert features <= set(fonts.FEATURES)


def test_a_variable_font_is_pinned_to_its_weight() -> None:
    import io

    from fontTools.ttLib import TTFont

    data = read_resource("fontpkg_fira_code", "files/FiraCode[wght].ttf")
    assert data is not None
    font = TTFont(io.BytesIO(subset(data, frozenset("abc"), 600)))
    assert "fvar" not in font
    assert font["name"].getDebugName(6) == "FiraCode-600"
    assert "GSUB" not in font or all(
        record.FeatureTag != "calt" for record in font["GSUB"].table.FeatureList.FeatureRecord
    )


def test_a_broken_font_is_told_and_left_out() -> None:
    loader = themes(x={"theme.yml": "fonts: [{family: A, file: a.ttf}]", "a.ttf": "no font"})
    diagnostics = Diagnostics()
    text = find_theme("x", diagnostics, loader).css(lambda path, data: path, CHARACTERS, diagnostics)
    assert [item.code for item in diagnostics] == ["bad-theme"]
    assert "@font-face" not in text
    with pytest.raises(FontError):
        subset(b"no font", CHARACTERS)


def test_usual_letters_need_no_new_font_file() -> None:
    assert needed_characters(["Größe – naïve “quotes”…\n"]) == BASE_CHARACTERS


# --- templates


def test_a_child_overrides_one_block_of_its_parents_template() -> None:
    loader = themes(
        base={"theme.yml": "", "templates/a.html.j2": "<{% block x %}base{% endblock %}>"},
        child={
            "theme.yml": "parent: base",
            "templates/a.html.j2": '{% extends "parent/a.html.j2" %}{% block x %}{{ super() }}+{% endblock %}',
        },
        grandchild={
            "theme.yml": "parent: child",
            "templates/a.html.j2": '{% extends "parent/a.html.j2" %}{% block x %}{{ super() }}!{% endblock %}',
        },
    )
    theme = found("grandchild", loader)
    diagnostics = Diagnostics()
    assert theme.render("a.html.j2", {}, diagnostics) == "<base+!>"
    assert list(diagnostics) == []


def test_the_default_templates_lie_under_every_theme() -> None:
    assert found("x", themes(x={"theme.yml": ""})).has_template("page.html.j2")


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("a\n{{ nothing }}", "template a.html.j2, line 2: 'nothing' is undefined"),
        ("{% if %}", "template a.html.j2, line 1: "),
        ("{{ 1 / 0 }}", "template a.html.j2, line 1: division by zero"),
        ("{{ ''.__class__.__mro__ }}", "template a.html.j2, line 1: access to attribute '__class__'"),
        ('{% include "gone.html.j2" %}', "template a.html.j2, line 1: "),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(template: str, complaint: str) -> None:
    theme = found("x", themes(x={"theme.yml": "", "templates/a.html.j2": template}))
    diagnostics = Diagnostics()
    assert theme.render("a.html.j2", {}, diagnostics) == ""
    (item,) = diagnostics
    assert (item.code, item.path) == ("bad-theme", "themes/x/templates/a.html.j2")
    assert item.message.startswith(complaint)


def test_text_is_escaped_by_itself() -> None:
    theme = found("x", themes(x={"theme.yml": "", "templates/a.html.j2": "{{ text }}"}))
    assert theme.render("a.html.j2", {"text": "<b>"}, Diagnostics()) == "&lt;b&gt;"


# --- the look of the default theme


def tokens() -> dict[str, tuple[str, str]]:
    data = BuiltInThemes().read("default", "tokens.css")
    assert data is not None
    pattern = r"--sb-color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)"
    return {name: (light, dark) for name, light, dark in re.findall(pattern, data.decode())}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("background", ["background", "surface", "mark"])
def test_every_text_colour_can_be_read(background: str, scheme: int) -> None:
    """WCAG 2.2, criterion 1.4.3: at least 4.5 : 1."""
    colours = tokens()
    below = luminance(colours[background][scheme])
    for name in (
        "text",
        "heading",
        "muted",
        "accent",
        "red",
        "orange",
        "yellow",
        "green",
        "teal",
        "blue",
        "purple",
        "pink",
    ):
        dark, light = sorted((below, luminance(colours[name][scheme])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, background)
