"""Repairs of a file's text: places, line ends, overlaps."""

from __future__ import annotations

import pytest

from slidebuild.diagnostics import Diagnostic, Diagnostics, Fix, Severity
from slidebuild.fixes import apply_fixes, fixes_by_path
from slidebuild.source import SourceFile

SOURCE = SourceFile("talk.md", "one\ntwo\nthree\n")


def fix(start: int, end: int, replacement: str) -> Fix:
    return Fix(SOURCE.span(start, end), replacement)


def offer(*fixes: Fix) -> list[Diagnostic]:
    return [Diagnostic("mojibake", Severity.WARNING, f"{n}", one.span, fix=one) for n, one in enumerate(fixes)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str) -> None:
    raw = mark + SOURCE.text.replace("\n", end)
    repaired = apply_fixes(raw, [fix(0, 1, "O"), fix(3, 3, "!"), fix(4, 7, "2"), fix(12, 13, "E")])
    assert repaired == mark + "One!\n2\nthreE\n".replace("\n", end)


def test_of_two_that_overlap_the_first_is_made() -> None:
    first, second, third = fix(0, 4, "a"), fix(2, 6, "b"), fix(6, 7, "c")
    assert fixes_by_path(offer(second, third, first)) == {"talk.md": [first, third]}


def test_the_same_repair_offered_twice_is_made_once() -> None:
    one = fix(0, 1, "O")
    assert fixes_by_path([*offer(one), *offer(fix(1, 2, "x"), one)])["talk.md"] == [one, fix(1, 2, "x")]


def test_what_offers_no_repair_changes_nothing() -> None:
    diagnostics = Diagnostics()
    diagnostics.add("stray-bracket", "x", SOURCE.span(0))
    assert fixes_by_path(diagnostics) == {}
    assert apply_fixes(SOURCE.text, []) == SOURCE.text
