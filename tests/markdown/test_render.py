"""What holds for every text, and what cases in files can't show."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slidebuild.deck import LinkDefinition
from slidebuild.markdown import Dialect, render, render_with_report
from slidebuild.markdown.formulas import block_shape, find_formulas, inline_shape
from slidebuild.source import SourceFile

LINKS = {"r": LinkDefinition("/u", None, SourceFile("deck.md", "[r]: /u").span(0, 7))}
DIALECTS = pytest.mark.parametrize("dialect", get_args(Dialect))
PIECES = (
    *"ab *_`~[]()!<>#-+=|$\\\n\t\"'&;:.1",
    *(
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "$$",
        "**",
        "__",
        "](",
        "][r]",
        "[r]",
        "http://a.b",
        "<div>",
        "</div>",
    ),
    *(
        "<!--",
        "-->",
        "<a ",
        "</a>",
        "  \n",
        "|-|-|\n",
        "---\n",
        "===\n",
        "\r",
        "\u00a0",
        "\u2028",
        "\ufdd0",
        "é",
        "def",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
def test_no_text_is_refused(text: str, math: bool) -> None:
    for dialect in get_args(Dialect):
        assert render(text, LINKS, dialect, math=math) == render(text, LINKS, dialect, math=math)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_shapes_are_as_long_as_the_text_and_keep_its_lines(text: str) -> None:
    text = text.replace("\r", "")
    assert len(inline_shape(text)) == len(text)
    for paragraph in text.split("\n\n"):
        shape = block_shape(paragraph)
        assert [len(line) for line in shape.split("\n")] == [len(line) for line in paragraph.split("\n")]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_formulas_lie_in_order_between_dollars(text: str) -> None:
    at = 0
    for start, end in find_formulas(text):
        assert at <= start < end <= len(text)
        assert text[start] == text[end - 1] == "$"
        at = end


@settings(max_examples=200, deadline=None)
@given(TEXTS.map(lambda text: text.replace("$", "")))
def test_without_dollars_math_changes_nothing(text: str) -> None:
    for dialect in get_args(Dialect):
        assert render(text, LINKS, dialect) == render(text, LINKS, dialect, math=False)


@DIALECTS
def test_references_that_nothing_defines_are_reported(dialect: Dialect) -> None:
    report = render_with_report("[a][r] [a][No\n one] [x] `[a][b]`\n\n- [a][no one] [b][c]", LINKS, dialect)
    assert report.undefined == ("no one", "c")
    assert "[a][No\n" in report.html


@DIALECTS
@pytest.mark.parametrize(
    "text",
    [
        ">" * 5000 + "a",
        "- " * 5000 + "a",
        "1. " * 5000 + "a",
        "\n".join(" " * depth + "- a" for depth in range(300)),
        "[" * 5000 + "a" + "](x)" * 5000,
        "![" * 5000 + "a" + "](x)" * 5000,
        "*a _b " * 2500 + "c_ d*" * 2500,
        "*" * 5000,
        "[" * 5000,
        "`" * 5000,
        "word " * 20_000,
    ],
    ids=lambda text: text[:8],
)
def test_deep_nesting_and_long_lines_pass(dialect: Dialect, text: str) -> None:
    letters = [character for character in text if character.isalnum() and character not in "x1"]
    html = render(text, {}, dialect)
    assert sum(html.count(letter) for letter in "ab") >= sum(letters.count(letter) for letter in "ab")


@DIALECTS
def test_many_items_are_not_deep(dialect: Dialect) -> None:
    assert render("- a\n  - b\n" * 200, {}, dialect).count("<ul>") == 201


def test_markdown_it_is_loaded_for_commonmark_only() -> None:
    code = "import sys; from slidebuild.markdown import render; render('*a*', {}, 'remark'); "
    code += "sys.exit('markdown_it' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
