"""Prose: what is left of a slide's source once code, comments, raw elements and formulas are blanked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.hints.prose import FILLER, prose_of


def left(text: str) -> str:
    return prose_of(text).text.replace(FILLER, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b]` c", "a  c"),
        ("a ``b ` c`` d", "a  d"),
        ("a ` b\n\n` c", "a ` b\n\n` c"),
        ("a <!-- ] --> b", "a  b"),
        ("a <!-- b", "a <!-- b"),
        ("a <pre>]</pre> b", "a  b"),
        ("a <SCRIPT>]</script > b", "a  b"),
        ("a <pre> b", "a <pre> b"),
        ("a $x]$ b", "a  b"),
        ("a $5 and $6", "a $5 and $6"),
        ("a \\$x] \\$ b", "a \\$x] \\$ b"),
        ("a $$x\n]$$ b", "a \n b"),
        ("one\n\n    code]\n\nmore", "one\n\n\n\nmore"),
        ("- one\n\n    item]\n", "- one\n\n    item]\n"),
        ("```\n]\n```\nx", "\n\n\nx"),
        (".red[```\n]\n```]\nx", ".red[\n\n]\nx"),
        ("- ```\n  ]\n  ```\nx", "- \n\n\nx"),
        ("~~~~\n~~~\n~~~~\nx", "\n\n\nx"),
    ],
)
def test_code_comments_and_formulas_are_no_prose(text: str, expected: str) -> None:
    assert left(text) == expected


def test_of_three_dollar_pairs_the_one_over_a_blank_line_is_open() -> None:
    text = "$$a$$\n\n$$b\n\ntext\n\n$$c$$"
    assert prose_of(text).open_math == text.index("$$b")


@given(st.text(alphabet="`~$\\<!->prescit/\n []*a1. ", max_size=200))
def test_prose_is_as_long_as_its_source_and_keeps_its_lines(text: str) -> None:
    prose = prose_of(text)
    assert len(prose.text) == len(text)
    assert all(
        after in (before, FILLER) and (before == "\n") == (after == "\n")
        for before, after in zip(text, prose.text, strict=True)
    )
    assert all(text[fault.start] in "`~" for fault in prose.fences)
    assert prose.open_math is None or text.startswith("$$", prose.open_math)
