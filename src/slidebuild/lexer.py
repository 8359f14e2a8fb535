"""Deck text to tokens that tile it exactly: joining the tokens' texts gives the source back.

remark.js scans for the leftmost of nine constructs, takes what stands before it as text, and starts again on the rest
as if that were a new text; so "at the start" also means "right after the token before". The rules are those of
remark 0.15; their order decides between two that begin at the same place. A separator takes the line break before it
and leaves the one after it, so what a step adds begins on a line of its own (measured on decks that depend on it).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from typing import ClassVar, Final, TypeAlias

from slidebuild.fence_attributes import BRACES
from slidebuild.records import dataclass

MAX_CLASS_DEPTH: Final = 32
"""Content classes nested deeper stay text."""

# Counts are bounded where JavaScript's are not, so that no text takes quadratic time.

_INDENTED_CODE = r"(?P<code>{blank}(?:[ ]{{4}}[^\n]+\n*)+)"
_INLINE_CODE = r"(?P<inline_code>`[^`].+?`)"
_CONTENT = r"(?P<content>\\?(?P<classes>(?:\.[a-zA-Z_\-][a-zA-Z\-_0-9]*+){{1,32}}+)\[)"
_FENCES = (
    r"(?P<fences>{line} *(?P<fence>`{{3,}}+|~{{3,}}+) *+[^\s\ufeff]*+ *+(?:"
    + BRACES.replace("{", "{{").replace("}", "}}")
    + r" *+)?\n)"
)
"""Only the opening line; `_Fences` finds the closing one."""
_LANGUAGE = re.compile(rf"[^\s\ufeff]* *(?:{BRACES} *)?\n")
_DEFINITION = (
    r"(?P<definition>{line} *\[(?P<id>[^\]]{{1,1000}})\]: *<?(?P<address>[^\s\ufeff>]+)>?"
    r"(?: +[\"(](?P<title>[^\n]+)[\")])? *(?:\n+|\Z))"
)
_MACRO = (
    r"(?P<macro>!\[:(?P<name>[^\] ]{{1,100}}+)(?P<arguments>[^\]]{{0,1000}}+)\]"
    r"(?:\((?P<target>[^\)]{{0,10000}})\))?)"
)
_SEPARATOR = r"(?P<separator>{line}(?P<mark>---?|<!--[ \t]*break[ \t]*-->)(?=\n|\Z))"
_NOTES = r"(?P<notes>{line}\?\?\?(?=\n|\Z))"

_FIRST = r"(?=[\n`\\.!])"
"""What a construct can begin with. Looked at first, it takes half of the time of the search."""

_INLINE = (_INDENTED_CODE, _INLINE_CODE, _CONTENT, _FENCES, _DEFINITION, _MACRO)
_BLOCK = (*_INLINE, _SEPARATOR, _NOTES)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The alternatives twice: where a text begins, and further on, where a line must have ended before."""

    at_start: re.Pattern[str]
    further_on: re.Pattern[str]

    def find(self, text: str, start: int, end: int, fences: _Fences) -> tuple[re.Match[str], int] | None:
        """The leftmost construct in `text[start:end]`, taken as a text of its own, and where it ends."""
        found = self.at_start.match(text, start, end)
        while True:
            found = found or self.further_on.search(text, start, end)
            if found is None or found.lastgroup != "fences":
                return None if found is None else (found, found.end())
            closed = fences.closing(found, end)
            if closed is not None:
                return found, closed
            start = found.start() + 1  # no other construct begins with the line of an open fence
            found = None


def _grammar(rules: tuple[str, ...]) -> _Grammar:
    return _Grammar(
        re.compile("|".join(rule.format(line=r"\n?", blank=r"(?:\n\n)?") for rule in rules)),
        re.compile(_FIRST + "(?:" + "|".join(rule.format(line=r"\n", blank=r"\n\n") for rule in rules) + ")"),
    )


_OUTSIDE: Final = _grammar(_BLOCK)
_INSIDE: Final = _grammar(_INLINE)


@dataclass(frozen=True, slots=True)
class Text:
    """Text, code included: what is inside code is no syntax."""

    start: int
    end: int
    value: str
    """The text without the backslash of an escaped `\\.class[`."""


@dataclass(frozen=True, slots=True)
class UnclosedClass:
    """`.class[` without its `]`, or a whole `.class[…]` that stands too deep: it stays text."""

    start: int
    end: int
    value: str
    too_deep: bool


@dataclass(frozen=True, slots=True)
class ContentStart:
    """`.a.b[`."""

    start: int
    end: int
    names: tuple[str, ...]
    is_block: bool
    """A line break stands between the brackets."""


@dataclass(frozen=True, slots=True)
class ContentEnd:
    """The `]` that closes a content class."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """`[id]: address "title"`."""

    start: int
    end: int
    id: str
    """Lower case."""
    address: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Macro:
    """`![:name a, b](object)`."""

    start: int
    end: int
    name: str
    arguments: tuple[str, ...]
    target: str | None


@dataclass(frozen=True, slots=True)
class Separator:
    """`---` or `<!-- break -->`, or `--`, which continues the slide."""

    start: int
    end: int
    continues: bool


@dataclass(frozen=True, slots=True)
class NotesSeparator:
    """`???`."""

    start: int
    end: int


Token: TypeAlias = Text | UnclosedClass | ContentStart | ContentEnd | Definition | Macro | Separator | NotesSeparator


@dataclass(slots=True)
class Sight:
    """How far into a text the lexer has looked for what it has found so far."""

    AHEAD: ClassVar[int] = 12_000
    """No construct looks further beyond the token before it, but to the end of a line: counts are bounded."""

    TO_THE_END: ClassVar[int] = sys.maxsize
    """Where all of the text mattered, so that more of it would, too."""

    end: int = 0
    """Where it ended. What looks no further than `AHEAD` is left out."""


def lex(text: str, start: int = 0, sight: Sight | None = None) -> Iterator[Token]:
    """Tokens of `text[start:]`. Never fails; takes time linear in the text.

    What follows a separator depends on nothing before it; what stands before it, on what `sight` tells.
    """
    sight = sight or Sight()
    brackets, fences = _Brackets(text, start), _Fences(text, sight)
    ends: list[int] = []
    at = start
    while True:
        end = ends[-1] if ends else len(text)
        construct = (_INSIDE if ends else _OUTSIDE).find(text, at, end, fences) if at < end else None
        if construct is None:
            if at < end:
                yield Text(at, end, text[at:end])
            if not ends:
                return
            ends.pop()
            yield ContentEnd(end, end + 1)
            at = end + 1
            continue
        found, last = construct
        first = found.start()
        if first > at:
            yield Text(at, first, text[at:first])
        at = last
        if found.lastgroup != "content":
            yield _token(found, first, last, text)
            continue
        close = brackets.closing(at)
        if close is None:
            sight.end = Sight.TO_THE_END
            yield UnclosedClass(first, at, text[first:at], too_deep=False)
        elif len(ends) >= MAX_CLASS_DEPTH:
            yield UnclosedClass(first, close + 1, text[first : close + 1], too_deep=True)
            at = close + 1
        elif found["content"].startswith("\\"):
            yield Text(first, close + 1, text[first + 1 : close + 1])
            at = close + 1
        else:
            yield ContentStart(first, at, tuple(found["classes"][1:].split(".")), "\n" in text[at:close])
            ends.append(close)


def _token(found: re.Match[str], start: int, end: int, text: str) -> Token:
    match found.lastgroup:  # the outermost one
        case "definition":
            return Definition(start, end, found["id"].lower(), found["address"], found["title"])
        case "macro":
            arguments = tuple(part.strip() for part in found["arguments"].split(","))
            return Macro(start, end, found["name"], arguments, found["target"])
        case "separator":
            return Separator(start, end, found["mark"] == "--")
        case "notes":
            return NotesSeparator(start, end)
        case _:
            return Text(start, end, text[start:end])


class _Fences:
    """Where fences close: at the next run of the same characters that ends its line, after at least one character.

    As in remark a longer opening run may be closed by a shorter one; what is left of it then belongs to the language. A
    run that is not closed from some place on is not closed from any later one either: that is kept, so that many open
    fences take no more time than one.
    """

    _SHORTER: Final = 100
    """So many shorter runs are tried."""

    def __init__(self, text: str, sight: Sight) -> None:
        self._text = text
        self._sight = sight
        self._open_from: dict[tuple[str, int], int] = {}

    def closing(self, opening: re.Match[str], end: int) -> int | None:
        """The end of the code that an opening line begins, closed before `end`; None when it stays open."""
        fence, after = opening["fence"], opening.end()
        shortest = len(fence)
        if _LANGUAGE.fullmatch(self._text, opening.end("fence"), after):
            shortest = max(3, len(fence) - self._SHORTER)
        for length in range(len(fence), shortest - 1, -1):
            run = fence[:length]
            if self._open_from.get((run, end), end) > after:
                found = re.compile(re.escape(run) + r" *(?:\n+|\Z)").search(self._text, after + 1, end)
                if found is not None:
                    return found.end()
                self._open_from[run, end] = after
            self._sight.end = max(self._sight.end, end + 1)
        return None


_BRACKET: Final = re.compile(r"[\[\]]")


class _Brackets:
    """Which `]` closes which `[`, counted blindly as remark does: code, links and escapes don't matter."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._closing: dict[int, int] | None = None

    def closing(self, after: int) -> int | None:
        """The place of the `]` that closes the `[` right before `after`; None if there is none."""
        if self._closing is None:
            self._closing = {}
            stack: list[int] = []
            for bracket in _BRACKET.finditer(self._text, self._start):
                if bracket[0] == "[":
                    stack.append(bracket.start())
                elif stack:
                    self._closing[stack.pop()] = bracket.start()
        return self._closing.get(after - 1)


@dataclass(frozen=True, slots=True)
class Outdented:
    """A text whose lines all lost the same indentation, and the way back to the places in the original."""

    text: str
    _starts: tuple[int, ...] = ()
    _originals: tuple[int, ...] = ()

    def original(self, offset: int) -> int:
        """The offset in the original text."""
        if not self._starts:
            return offset
        line = bisect_left(self._starts, offset + 1) - 1
        return self._originals[line] + offset - self._starts[line]


_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
"""Lines end at line feeds only, whatever else Unicode counts as a line end."""
_NOT_INDENTED: Final = re.compile(r"^[^ \t\n]", re.MULTILINE)
_INDENTATION: Final = re.compile(r"^([ \t]*)[^ \t\n]", re.MULTILINE)


def outdent(text: str, start: int = 0) -> Outdented:
    """Take the smallest indentation of any line that is not blank from all lines of `text[start:]` (remark #105).

    Text before `start` (front matter) is kept as it is.
    """
    if _NOT_INDENTED.search(text, start):
        return Outdented(text)
    smallest = min((len(m[1]) for m in _INDENTATION.finditer(text, start)), default=0)
    if smallest == 0:
        return Outdented(text)
    lines, starts, originals = [text[:start]], [0], [0]
    at, original = start, start
    for found in _LINE.finditer(text, start):
        line = found[0]
        width = min(smallest, len(line) - len(line.lstrip(" \t")))
        starts.append(at)
        originals.append(original + width)
        lines.append(line[width:])
        at += len(line) - width
        original += len(line)
    return Outdented("".join(lines), tuple(starts), tuple(originals))
