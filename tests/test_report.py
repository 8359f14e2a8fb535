"""How diagnostics look."""

from __future__ import annotations

from slidebuild.diagnostics import Diagnostic, Diagnostics, Severity
from slidebuild.report import as_json, draw, summary
from slidebuild.source import SourceFile

SOURCE = SourceFile("decks/talk.md", "# Title\n\n![x](gone.png)\n\tüber 猫 .red[x\n" + "long " * 60 + "here\n")


def found(needle: str, hint: str | None = None) -> Diagnostic:
    at = SOURCE.text.index(needle)
    span = SOURCE.span(at, at + len(needle))
    return Diagnostic("missing-image", Severity.WARNING, "there is no picture", span, hint)


def test_a_diagnostic_shows_place_line_caret_and_hint() -> None:
    assert draw(found("gone.png", "looked for img/gone.png")) == (
        "decks/talk.md:3:6: warning: there is no picture [missing-image]\n"
        "  3 | ![x](gone.png)\n"
        "    |      ^^^^^^^^\n"
        "    hint: looked for img/gone.png"
    )


def test_the_caret_stands_under_wide_characters_and_tabs() -> None:
    _, line, caret = draw(found(".red[")).splitlines()
    assert line.index(".red[") + 1 == caret.index("^^^^^")  # 猫 takes two columns
    assert caret.endswith("^^^^^")


def test_long_lines_are_cut_around_the_place() -> None:
    _, line, caret = draw(found("here")).splitlines()
    assert len(line) < 130
    assert line[caret.index("^") :].startswith("here")


def test_colour_is_only_added_when_wanted() -> None:
    assert "\x1b[" not in draw(found("gone.png"))
    assert "\x1b[33;1m" in draw(found("gone.png"), colour=True)


def test_the_summary_counts_by_severity() -> None:
    diagnostics = Diagnostics()
    diagnostics.add("missing-image", "a", path="x")
    diagnostics.add("missing-image", "b", path="x")
    diagnostics.add("bad-settings", "c", path="x")
    assert summary(diagnostics) == "1 error, 2 warnings"
    assert summary([]) == ""


def test_json_gives_lines_and_columns_from_one() -> None:
    data = as_json(found("gone.png"))
    assert (data["path"], data["line"], data["column"], data["endLine"], data["endColumn"]) == (
        "decks/talk.md",
        3,
        6,
        3,
        14,
    )


def test_the_same_thing_is_said_once() -> None:
    diagnostics = Diagnostics()
    for _ in range(3):
        diagnostics.add("missing-image", "a", path="x")
    assert len(diagnostics) == 1
