"""Decks that nobody would write, and one call that takes a text through all stages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final
from unittest.mock import patch

from slidebuild import lexer
from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.deck import runs
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.parser import parse
from slidebuild.report import draw
from slidebuild.source import DictLoader, SourceFile
from slidebuild.theme import Theme, find_theme

PIECES: Final = (
    *("\n", "\n", "\n\n", " ", "    ", "\t", "\r\n", "\u00a0", "\ufeff", "\u2028", "\0", "\ufdd0", "\U0001f600", "é"),
    *("---\n", "\n---\n", "\n--\n", "\n???\n", "--- \n", "<!-- break -->", "layout: true\n", "layout: false\n"),
    *(
        "name: a\n",
        "template: a\n",
        "template: b\n",
        "class: x, y\n",
        "exclude: true\n",
        "count: false\n",
        "include: b.md\n",
    ),
    *(
        "background-image: url(a.png)\n",
        "background-color: rgb(\n",
        "<!-- name: c -->",
        "<!-- ",
        "-->",
        "{{content}}",
        "{{k}}",
    ),
    *(
        "title: T\ntheme: nowhere\n",
        "ratio: 1:0\n",
        "macros: x\n",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "```",
        "```python\n",
    ),
    *(
        "~~~~",
        "*marked\n",
        "# ",
        "## h ",
        "#",
        "===\n",
        "---",
        "- ",
        "* ",
        "1. ",
        "+ ",
        "> ",
        "| a | b |\n",
        "|---|:-:|\n",
        "|",
    ),
    *(
        ".a[",
        ".a.b[",
        "\\.c[",
        "]",
        "[",
        "[x](y)",
        "![](a.png)",
        "![:progress]",
        "![:qr 5cm](x)",
        "![:none",
        "[id]: /u 't'\n",
    ),
    *(
        "[id]",
        "[x][id]",
        "<http://a.b>",
        "http://a.b/c?d=e&f",
        "<div>",
        "</div>",
        "<div class='",
        "<img src=a width=1,",
        "<p>",
        "</p>",
    ),
    *(
        "<script>",
        "</script>",
        "<style>",
        "<textarea>",
        "<table><td>",
        "<svg><animate/>",
        "<math>",
        "<template>",
        "<!--",
        "&amp;",
        "&#0;",
    ),
    *(
        "$",
        "$$",
        "$x^2$",
        "$$\\frac{a}{b}$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\\\",
        "\\",
        "\\newcommand{\\x}{\\x}",
        "{",
        "}",
        "\\frac",
        "^",
        "&",
    ),
    *("text", "word word", "0", '"', "'", "(", ")", "=", ":", "!", "\\"),
)
"""Every construct of the syntax, whole and broken."""

INCLUDED: Final = {"decks/b.md": b"# B\n---\ninclude: talk.md\n---\nname: a\n", "decks/a.png": b"GIF89a"}


def any_font() -> AbstractContextManager[object]:
    """Meanwhile fonts for formulas are not cut: that takes longer than all the rest."""
    return patch("slidebuild.passes.math_font.math_font", lambda *_: b"font")


@lru_cache(maxsize=4)
def theme(name: str) -> Theme:
    return find_theme(name, Diagnostics())


def random_deck(seed: int, pieces: int = 60) -> str:
    """A deck of some pieces; the same for the same seed."""
    source = random.Random(seed)
    return "".join(source.choices(PIECES, k=source.randint(1, pieces)))


def cuts(data: bytes, seed: int, number: int) -> Iterator[bytes]:
    """A file cut off, or with a stretch missing, at random bytes."""
    source = random.Random(seed)
    for _ in range(number):
        start, end = sorted(source.choices(range(len(data) + 1), k=2))
        yield data[:start] if source.random() < 0.5 else data[:start] + data[end:]


def survive(text: str, **settings: Any) -> str:
    """Take a deck through all stages, checking what holds for any; its page."""
    assert "".join(text[token.start : token.end] for token in lexer.lex(text)) == text
    diagnostics = Diagnostics()
    source = SourceFile("decks/talk.md", text)
    for slide in parse(source, Diagnostics()).slides:
        for run in (*runs(slide.content), *runs(slide.notes)):
            assert run.span.text == run.text
    inputs = Inputs(
        DictLoader({**INCLUDED, "decks/talk.md": text.encode(errors="replace")}),
        stronger=(Layer({"theme": "remark", **settings}),),
        assets="link",
        find_theme=lambda name, *_: theme(name),
    )
    compiled = compile_deck(source, inputs, diagnostics)
    with any_font():
        page = make_page(compiled, diagnostics).html
    assert page.count('<div class="remark-slide-container"') >= len(compiled.slides)
    for item in diagnostics:
        draw(item)
    return page


def survive_bytes(data: bytes) -> None:
    """The same for a file."""
    source = decode("decks/talk.md", data, Diagnostics())
    if source is not None:
        survive(source.text)
