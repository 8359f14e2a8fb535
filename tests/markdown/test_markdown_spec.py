"""Every case of `tests/spec/*-markdown/*.md`: a title, Markdown and its HTML, each ended by a line with a dot.

What can't be seen is written as a sign: `␣` a blank, `→` a tab, `⍽` a no-break space, `⏎` a carriage return. The HTML
of the remark dialect is that of remark.js's own Markdown reader, but for formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from slidebuild.deck import LinkDefinition
from slidebuild.markdown import render
from slidebuild.source import SourceFile

FOLDER = Path(__file__).parents[1] / "spec"
SIGNS = str.maketrans({"␣": " ", "→": "\t", "⍽": "\u00a0", "⏎": "\r"})
CASE = re.compile(r"(?P<title>.+)\n\.\n(?P<text>(?:.*\n)*?)\.\n(?P<html>(?:.*\n)*?)\.\n")
SPAN = SourceFile("deck.md", "[r]: /u").span(0, 7)
LINKS = {
    "r": LinkDefinition("/u", "T", SPAN),
    "long label": LinkDefinition("/l", None, SPAN),
    "empty": LinkDefinition("", "", SPAN),
}


def cases() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(FOLDER.glob("*-markdown/*.md")):
        dialect = path.parent.name.removesuffix("-markdown")
        for case in CASE.finditer(path.read_text(encoding="utf-8").replace("\r", "")):
            text = case["text"].removesuffix("\n").translate(SIGNS)
            yield f"{dialect}/{path.stem}: {case['title']}", dialect, text, case["html"]


CASES = list(cases())


@pytest.mark.parametrize(("dialect", "text", "html"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_spec(dialect: str, text: str, html: str) -> None:
    assert render(text, LINKS, dialect).removesuffix("\n") + "\n" == html  # type: ignore[arg-type]


def test_every_case_is_read() -> None:
    for path in FOLDER.glob("*-markdown/*.md"):
        text = path.read_text(encoding="utf-8")
        assert 3 * len(CASE.findall(text)) == text.count("\n.\n"), path
