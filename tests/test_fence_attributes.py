"""What stands in braces after the language of a fence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.fence_attributes import FenceAttributes, Lines, code_steps, read, split_info


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("python", ("python", "")),
        ("python {2}", ("python", "{2}")),
        ("python{2,4-6}", ("python", "{2,4-6}")),
        ("{2}", ("", "{2}")),
        ("python{r}", ("python{r}", "")),
        ("{r", ("{r", "")),
        ("{r echo=FALSE}", ("", "")),
        ("python {what}", ("python", "{what}")),
        ("python two {2}", ("python two {2}", "")),
        ("python {2} x", ("python {2} x", "")),
    ],
)
def test_an_info_string_is_a_language_and_braces(info: str, expected: tuple[str, str]) -> None:
    if info == "{r echo=FALSE}":
        expected = (info, "")  # nothing before the blank, and no meaning: as in remark.js
    assert split_info(info) == expected


@pytest.mark.parametrize(
    ("braces", "expected"),
    [
        ("{2}", FenceAttributes((Lines(((2, 2),)),))),
        ("{1,3-4}", FenceAttributes((Lines(((1, 1), (3, 4))),))),
        ("{1|all}", FenceAttributes((Lines(((1, 1),)), Lines()))),
        ("{numbers}", FenceAttributes(first_number=1)),
        ("{numbers=10 copy}", FenceAttributes(first_number=10, has_copy=True)),
        ('{file="a b.py" diff}', FenceAttributes(file="a b.py", is_diff=True)),
        ("{file=a.py}", FenceAttributes(file="a.py")),
        ("{}", FenceAttributes(unknown=("{}",))),
        ("{0}", FenceAttributes(unknown=("0",))),
        ("{4-2}", FenceAttributes(unknown=("4-2",))),
        ("{1||2}", FenceAttributes(unknown=("1||2",))),
        ("{file= copy=1 numbers=x}", FenceAttributes(unknown=("file=", "copy=1", "numbers=x"))),
    ],
)
def test_braces_say(braces: str, expected: FenceAttributes) -> None:
    assert read(braces) == expected


def test_lines_hold_numbers() -> None:
    (lines,) = read("{2,5-}").steps
    assert [number for number in range(1, 9) if number in lines] == [2, 5, 6, 7, 8]
    assert lines.furthest == 5


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("```x {1|2|3}\na\n```", 2),
        ("- ```x {1|2}\n  a\n  ```\n\n~~~x {1|all}\nb\n~~~", 2),
        ("````md\n```x {1|2}\n```\n````", 0),
        (".left[```x {1|2}\na\n```]\n\n```y {1|2}\nb\n```", 2),
        ("a | b\n```x\n{1|2}\n```", 0),
    ],
)
def test_steps_of_the_fences_of_a_text_are_counted(text: str, more: int) -> None:
    assert code_steps(text) == more


@given(st.text(alphabet='`~{}|,-="12 abfilenumscopydlt\n', max_size=80))
def test_any_text_passes(text: str) -> None:
    assert code_steps(text) >= 0
    for line in text.split("\n"):
        language, braces = split_info(line)
        assert not braces or line.strip(" ").endswith(braces)
        assert line.strip(" ").startswith(language.strip(" "))
        read(f"{{{line}}}")
