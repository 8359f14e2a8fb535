"""What a `[` of one piece of inline text opens: a link, a reference, or nothing.

The text of a link may hold brackets: a pair `[…]` is passed over as a whole (to the first `]`, however many `[` it
holds), and a `]` belongs to the text as long as the next bracket is one more `]`. So from every bracket there is
exactly one bracket to go on to, always further right, and what a walk arrives at is worked out for all brackets at
once, from the last to the first.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from slidebuild.markdown.characters import SPACE, SPACES
from slidebuild.patterns import regex

_BRACKET = regex(r"[\[\]]")
_REFERENCE = regex(rf"{SPACE}*\[([^\]]*)\]")
_TITLE_START = regex(rf"(?<!{SPACE}){SPACE}++['\"]")
_TITLE_END = regex(rf"['\"]{SPACE}*+\)")


class Tail(NamedTuple):
    """What follows the text of a link: `(address "title")`."""

    address: tuple[int, int]
    title: tuple[int, int] | None
    end: int


class Reference(NamedTuple):
    """`[text][label]`, or `[text]` alone with no label."""

    text_end: int
    label: tuple[int, int] | None
    end: int


class Tails:
    """The `(address "title")`s of one piece of inline text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last_parenthesis = text.rfind(")")

    def exists(self, position: int) -> bool:
        """Whether a tail starts at `position`: a `(` that some `)` follows is one."""
        return self.text.startswith("(", position) and self._last_parenthesis > position

    def find(self, position: int) -> Tail:
        """The tail that starts at `position` (see `exists`).

        The address is anything up to the first `)`, blanks too; `<` and `>` around it go. A title, in quotes of either
        kind after white space, may hold parentheses: it ends at the first quote that stands before a `)`.
        """
        start = _after_opening(self.text, position)
        close = self.text.index(")", start)
        title = _TITLE_START.search(self.text, start, close)
        if title is not None:
            index = bisect_left(self._title_ends, title.end())
            if index < len(self._title_ends):
                stop = self._title_ends[index]
                end = self.text.index(")", stop) + 1
                return Tail((start, _without_bracket(self.text, start, title.start())), (title.end(), stop), end)
        stop = start + len(self.text[start:close].rstrip(SPACES))
        return Tail((start, _without_bracket(self.text, start, stop)), None, close + 1)

    @cached_property
    def _title_ends(self) -> list[int]:
        return [found.start() for found in _TITLE_END.finditer(self.text)]


class Brackets:
    """The brackets of one piece of inline text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places = [found.start() for found in _BRACKET.finditer(text)]
        self.tails = Tails(text)
        self._walk()

    def link(self, position: int) -> int | None:
        """Where the text of the link that opens at `position` ends: the last `]` of the walk before a `(…)`."""
        return self._arrival(self._linked, position)

    def reference(self, position: int) -> Reference | None:
        """The reference that opens at `position`, with a label if one follows (white space may stand between)."""
        end = self._arrival(self._stops, position)
        label = _REFERENCE.match(self.text, end + 1) if end is not None and self._opens_after(end) else None
        if end is not None and label is not None:
            return Reference(end, label.span(1), label.end())
        end = self._arrival(self._closes, position)
        return Reference(end, None, end + 1) if end is not None else None

    def _opens_after(self, end: int) -> bool:
        index = bisect_left(self._places, end) + 1
        return index < len(self._places) and self.text[self._places[index]] == "["

    def _arrival(self, table: list[int], position: int) -> int | None:
        index = bisect_left(self._places, position) + 1
        return self._places[table[index]] if index < len(self._places) and table[index] >= 0 else None

    def _walk(self) -> None:
        """Fill the tables: for each bracket, as the first one met in a text, the bracket arrived at, or -1.

        `_linked`: the last `]` passed that a tail follows. `_stops`: the `]` the walk ends at.
        `_closes`: the first `]` outside a pair (the end of a text without loose brackets).
        """
        count = len(self._places)
        self._linked, self._stops, self._closes = [-1] * (count + 1), [-1] * (count + 1), [-1] * (count + 1)
        next_close = count
        for index in range(count - 1, -1, -1):
            if self.text[self._places[index]] == "[":
                onward = min(next_close + 1, count)
                self._linked[index] = self._linked[onward]
                self._stops[index] = self._stops[onward]
                self._closes[index] = self._closes[onward]
                continue
            goes_on = next_close == index + 1
            linked = self._linked[index + 1] if goes_on else -1
            self._linked[index] = (
                linked if linked >= 0 else (index if self.tails.exists(self._places[index] + 1) else -1)
            )
            self._stops[index] = self._stops[index + 1] if goes_on else index
            self._closes[index] = index
            next_close = index


def _after_opening(text: str, position: int) -> int:
    position += 1
    while text[position : position + 1] and text[position] in SPACES:
        position += 1
    return position + 1 if text.startswith("<", position) else position


def _without_bracket(text: str, start: int, stop: int) -> int:
    return stop - 1 if stop > start and text[stop - 1] == ">" else stop
