"""Settings: layers, values, and what is said about wrong ones."""

from __future__ import annotations

import pytest

from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.settings import IGNORED, KEYS, NESTED, MathSettings, Ratio, Settings, build_settings
from slidebuild.source import SourceFile
from slidebuild.yaml_text import YamlError, read_mapping


def built(*texts: str, trusted: bool = True) -> tuple[Settings, list[tuple[str, str]]]:
    diagnostics = Diagnostics()
    layers = []
    for text in texts:
        mapping = read_mapping(SourceFile("slidebuild.yml", text))
        layers.append(Layer(mapping.values, mapping.where, "slidebuild.yml", is_trusted=trusted))
    settings = build_settings(layers, diagnostics)
    return settings, [(item.code, item.message) for item in diagnostics]


def test_the_stronger_layer_wins_key_by_key() -> None:
    settings, said = built("title: A\nauthor: B\npdf: {steps: all}", "title: C\npdf: {animations: keep}")
    assert (settings.title, settings.author) == ("C", "B")
    assert (settings.pdf.steps, settings.pdf.animations) == ("all", "keep")
    assert said == []


def test_a_ratio_is_a_text_although_yaml_1_1_would_read_a_number() -> None:
    settings, said = built("ratio: 16:9\ndate: 2026-11-23")
    assert settings.ratio == Ratio(16, 9)
    assert settings.ratio.pixels == (1210, 681)
    assert settings.date == "2026-11-23"
    assert said == []


@pytest.mark.parametrize(
    ("ratio", "parts"),
    [("2.39:1", (239, 100)), ("4.50 / 3", (3, 2)), ("05:1", (5, 1)), ("1:5", (1, 5)), ("8:6", (4, 3))],
)
def test_a_ratio_is_told_in_lowest_terms(ratio: str, parts: tuple[int, int]) -> None:
    assert built(f"ratio: '{ratio}'")[0].ratio == Ratio(*parts)


@pytest.mark.parametrize("ratio", ["5.01:1", "1:5.01", "0:1", "1:0", "0:0.0"])
def test_a_slide_is_no_more_than_five_times_as_wide_or_high(ratio: str) -> None:
    settings, said = built(f"ratio: '{ratio}'")
    assert settings.ratio == Ratio(4, 3)
    assert said == [("bad-setting-value", "`ratio` must be a ratio such as 4:3 or 16:9")]


@pytest.mark.parametrize(("ratio", "width"), [("4:3", 908), ("16:10", 1089), ("1:1", 681), ("3:4", 510)])
def test_slides_are_as_wide_as_remark_makes_them(ratio: str, width: int) -> None:
    assert built(f"ratio: {ratio}")[0].ratio.pixels == (width, 681)


def test_the_options_of_remark_pages_are_understood() -> None:
    settings, said = built(
        '{"ratio": "4:3", "navigation": {"scroll": false}, "highlightLines": true, "sourceUrl": "x.md",'
        ' "timer": {"startOnChange": false}, "highlightSpans": {"$regexp": "`([^`]+)`", "flags": "g"},'
        ' "slideNumberFormat": "%current%", "countIncrementalSlides": false}'
    )
    assert said == []
    assert settings.navigation.scroll is False
    assert settings.timer.start_on_change is False
    assert settings.highlight_spans == "`([^`]+)`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ratio: wide", "`ratio` must be a ratio such as 4:3 or 16:9"),
        ("lang: [en]", "`lang` must be a language tag such as en or pt-BR"),
        ("date: soon", "`date` must be a date such as 2026-11-23"),
        ("minutes: 0", "`minutes` must be a number of minutes above 0"),
        ("pdf: all", "`pdf` must be a mapping (`pdf: {steps: …}`)"),
        ("pdf: {steps: some}", "`pdf.steps` must be one of final, all, marked"),
        ("math: yes", "`math` must be true, false, code, katex, mathjax, or a mapping (`math: {macros: …}`)"),
        ("math: {macros: [a]}", "`math.macros` must be a mapping of names to TeX (`{RR: '\\mathbb{R}'}`)"),
        ("math: {engine: tex}", "`math.engine` must be one of mathml, katex, mathjax"),
        (
            "math: {macros: {a1: x}}",
            "`math.macros` must be a mapping of names to TeX; `a1` can't be the name of a command",
        ),
        (
            "math: {macros: {a: '{x'}}",
            "`math.macros` must be a mapping of names to TeX with balanced braces, and that of `a` is not",
        ),
        ("highlightLines: yes", "`highlightLines` must be true or false"),
        ("url: example.org", "`url` must be an address that begins with http:// or https://"),
    ],
)
def test_wrong_values_are_told_with_what_is_expected(text: str, expected: str) -> None:
    settings, said = built(text)
    assert said == [("bad-setting-value", expected)]
    assert settings == Settings()


def test_unknown_keys_are_warnings_with_the_nearest_one() -> None:
    diagnostics = Diagnostics()
    build_settings([Layer({"highlightline": True, "pdf": {"step": "all"}})], diagnostics)
    assert [(item.code, item.hint) for item in diagnostics] == [
        ("unknown-setting", "did you mean `highlightLines`?"),
        ("unknown-setting", "did you mean `pdf.steps`?"),
    ]


def test_a_deck_may_not_set_what_is_code() -> None:
    settings, said = built("macros: [os]\npdf: {javascript: true}", trusted=False)
    assert [code for code, _ in said] == ["forbidden-setting", "forbidden-setting"]
    assert settings == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math: true", MathSettings()),
        ("math: false", MathSettings(enabled=False)),
        ("math: code", MathSettings(in_code=True)),
        ("math: katex", MathSettings(engine="katex")),
        ("math: {code: true, engine: mathjax, path: /x}", MathSettings(in_code=True, engine="mathjax", path="/x")),
        (
            r"math: {macros: {\RR: '\mathbb{R}', n: ['[#1]', 1], e: 1}}",
            MathSettings(macros=(("RR", r"\mathbb{R}"), ("e", "1"), ("n", "[#1]"))),
        ),
    ],
)
def test_what_may_be_said_of_math(text: str, expected: MathSettings) -> None:
    settings, said = built(text)
    assert said == []
    assert settings.math == expected


def test_macros_of_a_deck_come_to_those_of_the_project() -> None:
    layers = [Layer({"math": {"macros": {"a": "1", "b": "2"}}}), Layer({"math": {"macros": {"b": "3"}}})]
    assert build_settings(layers, Diagnostics()).math.macros == (("a", "1"), ("b", "3"))


def test_an_engine_for_formulas_is_not_for_front_matter() -> None:
    settings, said = built("math: katex", trusted=False)
    assert [code for code, _ in said] == ["forbidden-setting"]
    assert settings.math == MathSettings()


def test_no_key_stands_in_two_tables() -> None:
    assert not (set(KEYS) & set(NESTED)) | (set(KEYS) & IGNORED)
    assert {key.field for key in KEYS.values()} <= set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("text", ["- a\n- b", "a: b: c", "{", "a: &x [1]\nb: " + "*x, " * 5])
def test_what_is_no_mapping_says_where(text: str) -> None:
    with pytest.raises(YamlError) as caught:
        read_mapping(SourceFile("x.yml", text))
    assert caught.value.span.source.path == "x.yml"


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    with pytest.raises(YamlError, match="aliases"):
        read_mapping(SourceFile("x.yml", "\n".join(lines)))


def test_wrong_values_of_remarks_own_options_are_warnings_as_remark_shows_the_deck() -> None:
    diagnostics = Diagnostics()
    values = {
        "ratio": "wide",
        "highlightLines": "yes",
        "navigation": None,
        "timer": {"enabled": 1},
        "cloneTarget": None,
    }
    settings = build_settings([Layer(values)], diagnostics)
    assert settings == Settings()
    assert [str(item.severity) for item in diagnostics] == ["warning", "warning"]
