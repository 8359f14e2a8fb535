"""Slide properties out of a slide's first texts.

They are read as remark 0.15 reads them (its `parser.js`): from the text before the first content class, as
`key: value` lines at its very start and as `<!-- key: value -->` comments anywhere in it; any key, the later one wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Final

from slidebuild.deck import ContentClass, Node, Property, Run, Text
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span

_LINE_PROPERTY: Final = regex(r"\n*([-\w]+):([^$\n]*)", re.ASCII)
_COMMENT_KEY: Final = regex(r"<!--\s*+([-\w]++):", re.ASCII)
_COMMENT_STOP: Final = regex(r"(?P<end>(?<!\s)\s*+-->)|[$\n]", re.ASCII)
"""Where the value of a comment ends; at `$` and at the end of its line it is no property."""


def take_properties(content: list[Node]) -> tuple[tuple[Node, ...], dict[str, Property]]:
    """Properties out of the text before the first content class; macro calls in it don't end it."""
    properties: dict[str, Property] = {}
    for index, node in enumerate(content):
        if isinstance(node, ContentClass):
            break
        if isinstance(node, Text):
            content[index] = Text(_without(node.runs, _take(_Joined(node.runs), properties, is_first=index == 0)))
    return tuple(node for node in content if not (isinstance(node, Text) and not node.runs)), properties


def _take(text: _Joined, properties: dict[str, Property], *, is_first: bool) -> list[tuple[int, int]]:
    """Add the properties in a text to `properties`; where they stood, in order.

    Lines are read at the very start of the slide's first text, which comments of properties may be part of.
    """
    cuts: list[tuple[int, int]] = []
    comments = _Comments(text.text)
    at = _take_lines(text, 0, properties, cuts) if is_first else 0
    at_the_top = is_first
    while found := comments.next(at):
        first = found.start
        while first > at and text.text[first - 1] == "\n":
            first -= 1
        at_the_top = at_the_top and first == at
        _set(properties, found.key, found.value, text)
        cuts.append((first, found.end))
        at = _take_lines(text, found.end, properties, cuts) if at_the_top else found.end
    return cuts


def _take_lines(text: _Joined, at: int, properties: dict[str, Property], cuts: list[tuple[int, int]]) -> int:
    """Take the `key: value` lines from an offset on; where they end."""
    start = at
    while found := _LINE_PROPERTY.match(text.text, at):
        _set(properties, found.span(1), found.span(2), text)
        at = found.end()
    if at > start:
        cuts.append((start, at))
    return at


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment that is a property: its place, and the spans of its key and value."""

    start: int
    end: int
    key: tuple[int, int]
    value: tuple[int, int]


class _Comments:
    """Finds properties in comments; what ends a value is looked for once, so that open comments take linear time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stop: re.Match[str] | None = None

    def next(self, at: int) -> _Comment | None:
        """The first one from an offset on; offsets only grow."""
        while key := _COMMENT_KEY.search(self._text, at):
            at = key.end()
            if self._stop is None or self._stop.start() < at:
                self._stop = _COMMENT_STOP.search(self._text, at)
            if self._stop is None:
                return None
            if self._stop["end"] is not None:
                return _Comment(key.start(), self._stop.end(), key.span(1), (at, self._stop.start()))
        return None


def _set(properties: dict[str, Property], key: tuple[int, int], value: tuple[int, int], text: _Joined) -> None:
    name = text.text[slice(*key)]
    properties.pop(name, None)  # the order is that of the last places
    properties[name] = Property(text.text[slice(*value)].strip(), text.place(key[0], value[1]))


class _Joined:
    """Runs as one text, and the way back to their places."""

    def __init__(self, runs: tuple[Run, ...]) -> None:
        self.text = "".join(run.text for run in runs)
        self._runs = runs

    def place(self, start: int, end: int) -> Span:
        """Where a stretch that is not empty was written (in a file: what a macro made keeps no properties)."""
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, end)
        begin, finish = self._runs[first].span, self._runs[last].span
        return Span(begin.source, begin.end + start - self._ends[first], finish.end + end - self._ends[last])

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(run.text) for run in self._runs))


def _without(runs: tuple[Run, ...], cuts: list[tuple[int, int]]) -> tuple[Run, ...]:
    """Runs without some stretches of their joined text; `cuts` are in order and don't overlap."""
    if not cuts:
        return runs
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
