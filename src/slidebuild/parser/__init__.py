"""Tokens to slides: `SourceDeck`. Never raises on input; what is odd becomes a diagnostic."""

from __future__ import annotations

from slidebuild import lexer
from slidebuild.deck import Node, SourceDeck
from slidebuild.diagnostics import Diagnostics
from slidebuild.parser.reading import Part, Reader
from slidebuild.source import SourceFile, Span

__all__ = ["parse", "parse_fragment"]


def parse(source: SourceFile, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool = False) -> SourceDeck:
    """The slides of a file; `start` is where its slides begin, after front matter.

    With `drop_steps` (remark's `disableIncrementalSlides`) `--` separates nothing, and notes before one are dropped.
    """
    return as_deck(source.path, read_parts(source, start=start, drop_steps=drop_steps), diagnostics)


def read_parts(source: SourceFile, *, start: int, drop_steps: bool) -> list[Part]:
    """The slides of a file, each with what it depends on."""
    cleaned = lexer.outdent(source.text, start)

    def place(first: int, last: int) -> Span:
        begin = cleaned.original(first)
        return Span(source, begin, cleaned.original(last - 1) + 1 if last > first else begin)

    where = source.span if cleaned.text is source.text else place
    return Reader(cleaned.text, where, start, drop_steps=drop_steps).all()


def as_deck(path: str, parts: list[Part], diagnostics: Diagnostics) -> SourceDeck:
    """A deck of slides; what was odd about them is reported."""
    for part in parts:
        if part.found:
            diagnostics.extend(iter(part.found))
    return SourceDeck(path, tuple(part.slide for part in parts))


def parse_fragment(text: str, span: Span, diagnostics: Diagnostics) -> tuple[Node, ...]:
    """The content of a text that something made (a macro): all of it counts as written at `span`."""
    parts = Reader(text, lambda _first, _last: span, 0, drop_steps=True).all()
    return as_deck(span.source.path, parts, diagnostics).slides[0].content
