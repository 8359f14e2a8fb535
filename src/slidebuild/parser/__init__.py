"""Tokens to slides: `SourceDeck`. Never raises on input; what is odd becomes a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

from slidebuild import lexer
from slidebuild.deck import (
    ContentClass,
    LinkDefinition,
    MacroCall,
    Node,
    Run,
    SourceDeck,
    SourceSlide,
    Text,
)
from slidebuild.diagnostics import Diagnostics
from slidebuild.parser.properties import take_properties
from slidebuild.source import SourceFile, Span

Place = Callable[[int, int], Span]
"""Where a stretch of the text that was lexed stands in a source file."""


def parse(source: SourceFile, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool = False) -> SourceDeck:
    """The slides of a file; `start` is where its slides begin, after front matter.

    With `drop_steps` (remark's `disableIncrementalSlides`) `--` separates nothing, and notes before one are dropped.
    """
    cleaned = lexer.outdent(source.text, start)

    def place(first: int, last: int) -> Span:
        begin = cleaned.original(first)
        return Span(source, begin, cleaned.original(last - 1) + 1 if last > first else begin)

    where = source.span if cleaned.text is source.text else place
    slides = _slides(lexer.lex(cleaned.text, start), where, diagnostics, start=start, drop_steps=drop_steps)
    return SourceDeck(source.path, tuple(slides))


def parse_fragment(text: str, span: Span, diagnostics: Diagnostics) -> tuple[Node, ...]:
    """The content of a text that something made (a macro): all of it counts as written at `span`."""
    slides = _slides(lexer.lex(text), lambda _first, _last: span, diagnostics, drop_steps=True)
    return slides[0].content


@dataclass(slots=True)
class _Building:
    """A slide, or a content class within it, that is still being read."""

    start: int
    continues: bool = False
    content: list[Node] = field(default_factory=list)
    notes: list[Node] | None = None
    links: dict[str, LinkDefinition] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        (self.content if self.notes is None else self.notes).append(node)


class _Reader:
    """Takes tokens one by one; keeps the slide being read and the content classes open in it."""

    def __init__(self, place: Place, diagnostics: Diagnostics, *, start: int, drop_steps: bool) -> None:
        self._place = place
        self._diagnostics = diagnostics
        self._drop_steps = drop_steps
        self._slide = _Building(start)
        self._open: list[tuple[lexer.ContentStart, list[Node]]] = []
        self._done: list[SourceSlide] = []

    def read(self, token: lexer.Token) -> None:
        """Append what a token means to the slide, or begin the next one."""
        match token:
            case lexer.Text():
                self._add(Text(self._runs(token)))
            case lexer.UnclosedClass():
                self._add(Text(self._runs(token)))
                span = self._place(token.start, token.end)
                _report_unclosed(token.value, span, self._diagnostics, too_deep=token.too_deep)
            case lexer.ContentStart():
                self._open.append((token, []))
            case lexer.ContentEnd():
                opened, nodes = self._open.pop()
                whole = self._place(opened.start, token.end)
                self._add(ContentClass(opened.names, _merge(nodes), opened.is_block, whole))
            case lexer.Definition():
                span = self._place(token.start, token.end)
                self._slide.links[token.id] = LinkDefinition(token.address, token.title, span)
            case lexer.Macro():
                span = self._place(token.start, token.end)
                self._add(MacroCall(token.name, token.arguments, token.target, span))
            case lexer.Separator():
                self._separate(token)
            case lexer.NotesSeparator():
                self._slide.notes = []
            case _:
                assert_never(token)

    def finish(self, end: int) -> list[SourceSlide]:
        """All slides, the last of which ends at `end`."""
        return [*self._done, _finish(self._slide, self._place(self._slide.start, end))]

    def _runs(self, text: lexer.Text | lexer.UnclosedClass) -> tuple[Run, ...]:
        """The text with its place; line by line where indentation was taken out, so that every run is its span."""
        start = text.end - len(text.value)  # an escaping backslash is no part of the value
        span = self._place(start, text.end)
        if span.end - span.start == len(text.value):
            return (Run(text.value, span),)
        runs: list[Run] = []
        for line in re.findall(r"[^\n]*\n|[^\n]+", text.value):
            runs.append(Run(line, self._place(start, start + len(line))))
            start += len(line)
        return tuple(runs)

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1][1].append(node)
        else:
            self._slide.add(node)

    def _separate(self, separator: lexer.Separator) -> None:
        if separator.continues and self._drop_steps:
            self._slide.notes = None
            return
        self._done.append(_finish(self._slide, self._place(self._slide.start, separator.start)))
        self._slide = _Building(separator.end, separator.continues)


def _slides(
    tokens: Iterable[lexer.Token], place: Place, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool
) -> list[SourceSlide]:
    reader = _Reader(place, diagnostics, start=start, drop_steps=drop_steps)
    end = start
    for token in tokens:
        reader.read(token)
        end = token.end
    return reader.finish(end)


def _report_unclosed(value: str, span: Span, diagnostics: Diagnostics, *, too_deep: bool) -> None:
    if too_deep:
        diagnostics.add(
            "nesting-too-deep",
            f"content classes are nested more than {lexer.MAX_CLASS_DEPTH} deep; the rest stays text",
            span.part(0, value.index("[") + 1),
            hint="close some of the outer `.class[` first",
        )
    else:
        diagnostics.add(
            "unclosed-content-class",
            f"`{value}` has no closing `]`, so it stays text",
            span,
            hint=f"add the `]`, or write `\\{value.lstrip(chr(92))}` if it is meant as text",
        )


def _merge(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Neighbouring texts as one, as remark joins them."""
    merged: list[Node] = []
    runs: list[Run] = []
    for node in nodes:
        if isinstance(node, Text):
            runs.extend(node.runs)
            continue
        if runs:
            merged.append(Text(tuple(runs)))
            runs = []
        merged.append(node)
    if runs:
        merged.append(Text(tuple(runs)))
    return tuple(merged)


def _finish(slide: _Building, span: Span) -> SourceSlide:
    content, properties = take_properties(list(_merge(slide.content)))
    continues = slide.continues
    if "continued" in properties:  # remark keeps this state among the properties, where a deck may overwrite it
        continues = properties["continued"].value == "true"
    return SourceSlide(content, _merge(slide.notes or ()), properties, slide.links, continues, span)
