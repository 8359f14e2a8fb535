"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.decode import decode, mojibake_lines, repair_mojibake
from slidebuild.diagnostics import Diagnostics


def decoded(data: bytes) -> tuple[str | None, list[str]]:
    diagnostics = Diagnostics()
    source = decode("talk.md", data, diagnostics)
    return source.text if source else None, [item.code for item in diagnostics]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb", "a\nb"),
        (b"a\rb\rc", "a\nb\nc"),
        ("\ufeffé".encode(), "é"),
        ("é".encode("utf-16"), "é"),
    ],
)
def test_marks_and_line_ends_are_taken_away(data: bytes, text: str) -> None:
    assert decoded(data) == (text, [])


def test_other_bytes_are_read_as_windows_1252_with_a_warning() -> None:
    assert decoded("été €".encode("cp1252")) == ("été €", ["not-utf-8"])


def test_zero_bytes_are_no_text() -> None:
    assert decoded(b"GIF89a\0\0") == (None, ["binary-file"])


def test_an_empty_deck_is_told() -> None:
    assert decoded(b" \n") == (" \n", ["empty-deck"])


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_diagnostic(data: bytes) -> None:
    text, codes = decoded(data)
    assert text is not None or codes == ["binary-file"]


LECTURE = "# École d'été – Cycle 2\n\nIngénieur, “quotes”\nplain line\n"


@pytest.mark.parametrize("wrong", ["mac_roman", "cp1252", "latin-1"])
def test_text_decoded_wrongly_is_found_by_line_and_repaired(wrong: str) -> None:
    broken = LECTURE.encode().decode(wrong, errors="replace")
    if "\ufffd" in broken:
        broken = "# École d'été\n\nIngénieur\nplain line\n".encode().decode(wrong)
    lines = mojibake_lines(broken)
    assert set(lines) == {1, 3}
    assert "École d'été" in lines[1]
    assert "École d'été" in repair_mojibake(broken)


@pytest.mark.parametrize("text", [LECTURE, "√2 and π", "Ärger mit Übungen", "naïve café", "x ≠ y – z…"])
def test_good_text_is_left_alone(text: str) -> None:
    assert mojibake_lines(text) == {}
