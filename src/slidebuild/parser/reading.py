"""Tokens to slides, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Protocol, assert_never

from slidebuild import lexer
from slidebuild.deck import ContentClass, LinkDefinition, MacroCall, Node, Run, SourceSlide, Text
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.parser.properties import take_properties
from slidebuild.records import dataclass
from slidebuild.source import Span

Place = Callable[[int, int], Span]
"""Where a stretch of the text that was lexed stands in a source file."""


class KnowsSlide(Protocol):
    """Tells whether the slide that begins at an offset is known from before."""

    def __call__(self, start: int, *, continues: bool) -> bool:
        """`continues`: whether `--` stands before it."""
        ...


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


@dataclass(frozen=True, slots=True)
class Part:
    """A slide as it was read, and what that depended on."""

    slide: SourceSlide
    start: int
    """Where it begins."""
    continues: bool
    """It began with `--`, whatever its properties say."""
    sight: int
    """End of the text by which it could be told."""
    found: tuple[Diagnostic, ...]


class Reader:
    """Takes tokens one by one; keeps the slide being read and the content classes open in it."""

    def __init__(self, text: str, place: Place, start: int, *, drop_steps: bool, continues: bool = False) -> None:
        self._text = text
        self._place = place
        self._drop_steps = drop_steps
        self._slide = _Building(start, continues)
        self._open: list[tuple[lexer.ContentStart, list[Node]]] = []
        self._sight = lexer.Sight()
        self._tokens = lexer.lex(text, start, self._sight)
        self._diagnostics = Diagnostics()
        self.parts: list[Part] = []
        """The slides whose end was seen."""

    def all(self) -> list[Part]:
        """All slides up to the end of the text."""
        for token in self._tokens:
            self._read(token)
        self._finish(len(self._text), lexer.Sight.TO_THE_END)
        return self.parts

    def until(self, is_known: KnowsSlide) -> int | None:
        """Reads up to the first slide that is known, which is not read; where it begins, None if there is none."""
        for token in self._tokens:
            self._read(token)
            has_begun = self._slide.start == token.end
            if has_begun and is_known(token.end, continues=self._slide.continues):
                return token.end
        self._finish(len(self._text), lexer.Sight.TO_THE_END)
        return None

    def _read(self, token: lexer.Token) -> None:
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

    def _finish(self, end: int, sight: int) -> None:
        """Put the slide that is being read to the others."""
        slide = self._slide
        found: tuple[Diagnostic, ...] = ()
        if self._diagnostics:
            found, self._diagnostics = tuple(self._diagnostics), Diagnostics()
        whole = _as_slide(slide, self._place(slide.start, end))
        self.parts.append(Part(whole, slide.start, slide.continues, max(sight, self._sight.end), found))

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
        line_end = self._text.find("\n", separator.end + lexer.Sight.AHEAD)
        self._finish(separator.start, line_end if line_end >= 0 else lexer.Sight.TO_THE_END)
        self._slide = _Building(separator.end, separator.continues)


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


def _as_slide(slide: _Building, span: Span) -> SourceSlide:
    content, properties = take_properties(list(_merge(slide.content)))
    continues = slide.continues
    if "continued" in properties:  # remark keeps this state among the properties, where a deck may overwrite it
        continues = properties["continued"].value == "true"
    return SourceSlide(content, _merge(slide.notes or ()), properties, slide.links, continues, span)
