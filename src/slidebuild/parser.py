"""Tokens to slides: `SourceDeck`. Never raises on input; what is odd becomes a diagnostic.

Properties are read as remark 0.15 reads them (its `parser.js`): from the text before the first content class, as
`key: value` lines at its very start and as `<!-- key: value -->` comments anywhere in it; any key, the later one wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, assert_never

from slidebuild import lexer
from slidebuild.deck import (
    ContentClass,
    LinkDefinition,
    MacroCall,
    Node,
    Property,
    Run,
    SourceDeck,
    SourceSlide,
    Text,
)
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import SourceFile, Span

Place = Callable[[int, int], Span]
"""Where a stretch of the text that was lexed stands in a source file."""

_LINE_PROPERTY: Final = re.compile(r"\n*([-\w]+):([^$\n]*)", re.ASCII)
_COMMENT_PROPERTY: Final = re.compile(r"<!--\s*([-\w]+):([^$\n]*?)\s*-->", re.ASCII)


def parse(source: SourceFile, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool = False) -> SourceDeck:
    """The slides of a file; `start` is where its slides begin, after front matter.

    With `drop_steps` (remark's `disableIncrementalSlides`) `--` separates nothing, and notes before one are dropped.
    """
    cleaned = lexer.outdent(source.text, start)

    def place(first: int, last: int) -> Span:
        begin = cleaned.original(first)
        return Span(source, begin, cleaned.original(last - 1) + 1 if last > first else begin)

    slides = _slides(lexer.lex(cleaned.text, start), place, diagnostics, start=start, drop_steps=drop_steps)
    return SourceDeck(source.path, tuple(slides))


def parse_fragment(text: str, span: Span, diagnostics: Diagnostics) -> tuple[Node, ...]:
    """The content of a text that something made (a macro): all of it counts as written at `span`."""
    slides = _slides(lexer.lex(text), lambda _first, _last: span, diagnostics, start=0, drop_steps=True)
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
        span = self._place(token.start, token.end)
        match token:
            case lexer.Text() | lexer.UnclosedClass() as text:
                self._add(Text(tuple(self._runs(text))))
                if isinstance(text, lexer.UnclosedClass):
                    _report_unclosed(text.value, span, self._diagnostics, too_deep=text.too_deep)
            case lexer.ContentStart():
                self._open.append((token, []))
            case lexer.ContentEnd():
                opened, nodes = self._open.pop()
                whole = self._place(opened.start, token.end)
                self._add(ContentClass(opened.names, _merge(nodes), opened.is_block, whole))
            case lexer.Definition():
                self._slide.links[token.id] = LinkDefinition(token.address, token.title, span)
            case lexer.Macro():
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

    def _runs(self, text: lexer.Text | lexer.UnclosedClass) -> Iterator[Run]:
        """The text with its place; line by line where indentation was taken out, so that every run is its span."""
        start = text.end - len(text.value)  # an escaping backslash is no part of the value
        span = self._place(start, text.end)
        if span.end - span.start == len(text.value):
            yield Run(text.value, span)
            return
        for line in re.findall(r"[^\n]*\n|[^\n]+", text.value):
            yield Run(line, self._place(start, start + len(line)))
            start += len(line)

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
    tokens: Iterable[lexer.Token], place: Place, diagnostics: Diagnostics, *, start: int, drop_steps: bool
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
    content, properties = _take_properties(list(_merge(slide.content)))
    continues = slide.continues
    if "continued" in properties:  # remark keeps this state among the properties, where a deck may overwrite it
        continues = properties["continued"].value == "true"
    return SourceSlide(content, _merge(slide.notes or ()), properties, slide.links, continues, span)


def _take_properties(content: list[Node]) -> tuple[tuple[Node, ...], dict[str, Property]]:
    """Properties out of the text before the first content class; macro calls in it don't end it."""
    properties: dict[str, Property] = {}
    for index, node in enumerate(content):
        if isinstance(node, ContentClass):
            break
        if isinstance(node, Text):
            runs = node.runs
            if index == 0:
                runs = _take_line_properties(runs, properties)
            content[index] = Text(_take_comment_properties(runs, properties, lines=index == 0))
    return tuple(node for node in content if not (isinstance(node, Text) and not node.runs)), properties


def _take_line_properties(runs: tuple[Run, ...], properties: dict[str, Property]) -> tuple[Run, ...]:
    text = "".join(run.text for run in runs)
    at = 0
    while found := _LINE_PROPERTY.match(text, at):
        _set(properties, found, runs)
        at = found.end()
    return _without(runs, [(0, at)]) if at else runs


def _take_comment_properties(runs: tuple[Run, ...], properties: dict[str, Property], *, lines: bool) -> tuple[Run, ...]:
    text = "".join(run.text for run in runs)
    cuts: list[tuple[int, int]] = []
    at = 0
    at_the_top = lines
    while found := _COMMENT_PROPERTY.search(text, at):
        start = found.start()
        while start > at and text[start - 1] == "\n":
            start -= 1
        at_the_top = at_the_top and not text[at:start].strip("\n")
        _set(properties, found, runs)
        cuts.append((start, found.end()))
        at = found.end()
        while at_the_top and (line := _LINE_PROPERTY.match(text, at)):
            _set(properties, line, runs)
            cuts.append((at, line.end()))
            at = line.end()
    return _without(runs, cuts) if cuts else runs


def _set(properties: dict[str, Property], found: re.Match[str], runs: tuple[Run, ...]) -> None:
    start = 0
    for run in runs:
        if found.start(1) < start + len(run.text):
            break
        start += len(run.text)
    else:
        run = runs[-1]
    span = run.span.part(found.start(1) - start, found.end(2) - start)
    properties.pop(found[1], None)
    properties[found[1]] = Property(found[2].strip(), span)


def _without(runs: tuple[Run, ...], cuts: list[tuple[int, int]]) -> tuple[Run, ...]:
    """Runs without some stretches of their joined text; `cuts` are in order and don't overlap."""
    kept: list[Run] = []
    offset = 0
    remaining = list(reversed(cuts))
    for run in runs:
        end = offset + len(run.text)
        at = offset
        while remaining and remaining[-1][0] < end:
            start, stop = remaining[-1]
            if start > at:
                kept.append(_part(run, at - offset, start - offset))
            at = max(at, min(stop, end))
            if stop > end:
                break
            remaining.pop()
        if at < end:
            kept.append(_part(run, at - offset, end - offset))
        offset = end
    return tuple(kept)


def _part(run: Run, start: int, end: int) -> Run:
    if start == 0 and end == len(run.text):
        return run
    exact = run.span.end - run.span.start == len(run.text)
    return Run(run.text[start:end], run.span.part(start, end) if exact else run.span)
