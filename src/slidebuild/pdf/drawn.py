"""What a content stream draws, between which marks, in short: all that the rules of PDF/UA ask about it.

It hangs on the bytes of the stream alone, so that it can be kept with them: reading all streams of a deck takes a fifth
of the time of putting it together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from pikepdf import Object

from slidebuild.pdf.content import Piece, content_bytes, pieces
from slidebuild.pdf.shown import codes
from slidebuild.records import dataclass

Mark: TypeAlias = int | str
"""`artifact`, the number of marked content, or the name (`/P1`) of a property list that may hold one."""
Marks: TypeAlias = tuple[Mark, ...]
"""Marks that are open, the outermost first."""


class Step(NamedTuple):
    """A piece of content between its marks."""

    what: str
    """`text`, `path`, or `mark`: marked content that begins here."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class Drawn:
    """The kinds of content of a stream."""

    steps: tuple[Step, ...]
    draws: tuple[tuple[str, Marks], ...]
    """Names of the forms and pictures that it draws, as often as it does, and the marks that are open then."""
    shown: Mapping[str, tuple[frozenset[int], frozenset[int]]]
    """By name of a font: the codes shown in it, of one byte each, and of two."""


def digest(data: bytes) -> str:
    """What content is known by."""
    return sha256(data).hexdigest()


def read_drawn(data: bytes) -> Drawn:
    """Read a content stream."""
    reading = _Reading()
    for piece in pieces(data):
        reading.read(piece)
    joined = {name: b" ".join(found) for name, found in reading.shown.items()}
    shown = {name: (frozenset(codes(told, 1)), frozenset(codes(told, 2))) for name, told in joined.items()}
    return Drawn(tuple(reading.steps), tuple(reading.draws), shown)


def pack_drawn(holders: Iterable[Object]) -> bytes:
    """What pages and forms draw, by the digests of their content, in a line. Raises PdfError."""
    found = {}
    for holder in holders:
        data = content_bytes(holder)
        drawn = read_drawn(data)
        shown = {name: [sorted(single), sorted(double)] for name, (single, double) in drawn.shown.items()}
        found[digest(data)] = [drawn.steps, drawn.draws, shown]
    return json.dumps(found, separators=(",", ":")).encode()


def unpack_drawn(packed: bytes) -> Iterator[tuple[str, Drawn]]:
    """What content draws, by its digest, from the bytes of `pack_drawn`."""
    for name, (steps, draws, shown) in json.loads(packed).items():
        yield (
            name,
            Drawn(
                tuple(Step(what, tuple(marks)) for what, marks in steps),
                tuple((drawn, tuple(marks)) for drawn, marks in draws),
                {font: (frozenset(single), frozenset(double)) for font, (single, double) in shown.items()},
            ),
        )


class _Reading:
    """Goes through the pieces of a stream."""

    def __init__(self) -> None:
        self.steps: dict[Step, None] = {}
        self.draws: list[tuple[str, Marks]] = []
        self.shown: dict[str, list[bytes]] = {}
        self._open: list[Mark | None] = []
        self._marks: Marks = ()
        self._last = ""
        """What was drawn last, between the marks that are open."""
        self._font = ""

    def read(self, piece: Piece) -> None:
        match piece.kind:
            case "begin" | "mark":
                self._begin(_mark(piece))
            case "end" if self._open and self._open.pop() is not None:
                self._marks, self._last = self._marks[:-1], ""
            case "font":
                self._font = piece.name
            case "text":
                self._step("text")
                self.shown.setdefault(self._font, []).append(piece.operands)
            case "paint":
                self._step("path")
            case "draw":
                self.draws.append((piece.name, self._marks))
            case "end" | "text-begin" | "text-end":
                pass

    def _begin(self, mark: Mark | None) -> None:
        self._open.append(mark)
        if mark is not None:
            self._marks, self._last = (*self._marks, mark), ""
            self._step("mark")

    def _step(self, what: str) -> None:
        if what != self._last:  # a drawing has thousands of paths
            self.steps[Step(what, self._marks)] = None
            self._last = what


def _mark(piece: Piece) -> Mark | None:
    """What marked content says it is; None when it says nothing of that."""
    if piece.name == "/Artifact":
        return "artifact"
    if piece.mcid is not None:
        return piece.mcid
    names = piece.operands.split()
    is_named = piece.kind == "begin" and len(names) > 1 and names[1].startswith(b"/")
    return names[1].decode("latin-1") if is_named else None
