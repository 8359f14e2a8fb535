"""What a page draws, by how it is marked: the content of the page and of all forms that it draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any, Literal, NamedTuple, TypeAlias

from pikepdf import Dictionary, Name, Object

from slidebuild.pdf.artifacts import is_form, resources, xobjects
from slidebuild.pdf.content import Piece, content_bytes, pieces
from slidebuild.records import dataclass

Key: TypeAlias = tuple[int, int]
"""Object and generation number."""
State: TypeAlias = Literal["", "tagged", "artifact"]
Marks: TypeAlias = tuple[int | str, ...]
"""Marks that are open, the outermost first: `artifact`, or the number of marked content."""


class _Step(NamedTuple):
    """A piece of content between its marks."""

    what: str
    """`text`, `path`, `picture`, or `mark`: marked content that begins here."""
    marks: Marks


@dataclass(frozen=True, slots=True)
class Holder:
    """A page or form: the kinds of its content."""

    key: Key
    steps: tuple[_Step, ...]
    forms: tuple[tuple[Object, Marks], ...]
    """Forms that it draws, and the marks that are open then."""
    shown: Mapping[str, bytes]
    """By name of the font in its resources: all operands of operators that show text."""
    fonts: Mapping[str, Object]


@dataclass(slots=True)
class Drawing:
    """What a page draws."""

    unmarked: set[str] = field(default_factory=set)
    """What has no tag and is no artifact: `text`, `path`, `picture`."""
    has_artifact_in_tag: bool = False
    has_tag_in_artifact: bool = False
    numbered_forms: dict[Key, int] = field(default_factory=dict)
    """How often each form that holds numbered content is drawn."""
    shown: list[tuple[Object, bytes]] = field(default_factory=list)
    """Fonts and the operands of what is shown in them."""


def read_holder(holder: Object) -> Holder:
    """Read the content of a page or form. Raises PdfError."""
    reading = _Reading(holder)
    for piece in pieces(content_bytes(holder)):
        reading.read(piece)
    fonts = (resources(holder) or Dictionary()).get(Name.Font) or Dictionary()
    known = {name: obj for name, obj in fonts.items() if isinstance(obj, Dictionary)}
    joined = {name: b" ".join(found) for name, found in reading.shown.items()}
    return Holder(holder.objgen, tuple(reading.steps), tuple(reading.forms), joined, known)


class _Reading:
    """Goes through the pieces of a stream."""

    def __init__(self, holder: Object) -> None:
        self.steps: dict[_Step, None] = {}
        self.forms: list[tuple[Object, Marks]] = []
        self.shown: dict[str, list[bytes]] = {}
        self._holder = holder
        self._inner = xobjects(holder)
        self._open: list[int | str | None] = []
        self._marks: Marks = ()
        self._last = ""
        """What was drawn last, between the marks that are open."""
        self._font = ""

    def read(self, piece: Piece) -> None:
        match piece.kind:
            case "begin" | "mark":
                self._begin(_mark(piece, self._holder))
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
                self._draw(self._inner.get(piece.name))
            case "end" | "text-begin" | "text-end":
                pass

    def _begin(self, mark: int | str | None) -> None:
        self._open.append(mark)
        if mark is not None:
            self._marks, self._last = (*self._marks, mark), ""
            self._step("mark")

    def _draw(self, drawn: Object | None) -> None:
        if drawn is not None and is_form(drawn):
            self.forms.append((drawn, self._marks))
        elif drawn is not None:
            self._step("picture")

    def _step(self, what: str) -> None:
        if what != self._last:  # a drawing has thousands of paths
            self.steps[_Step(what, self._marks)] = None
            self._last = what


def draw(page: Object, holders: Mapping[Key, Holder], numbered: Collection[tuple[Key, int]]) -> Drawing:
    """What a page draws. `numbered`: all marked content that has a tag."""
    drawing = Drawing()
    seen: set[tuple[Key, State]] = set()
    waiting: list[tuple[Key, State]] = [(page.objgen, "")]
    while waiting:
        key, state = waiting.pop()
        holder = holders[key]
        is_numbered = any(
            isinstance(mark, int) and (key, mark) in numbered for step in holder.steps for mark in step.marks
        )
        if is_numbered and key != page.objgen:
            drawing.numbered_forms[key] = drawing.numbered_forms.get(key, 0) + 1
        if (key, state) in seen:
            continue
        seen.add((key, state))
        for step in holder.steps:
            _add(drawing, step, [state, *(_state(mark, key, numbered) for mark in step.marks)])
        drawing.shown += [(holder.fonts[name], data) for name, data in holder.shown.items() if name in holder.fonts]
        for form, marks in holder.forms:
            states = [state, *(_state(mark, key, numbered) for mark in marks)]
            waiting.append((form.objgen, next((found for found in reversed(states) if found), "")))
    return drawing


def _add(drawing: Drawing, step: _Step, states: list[State]) -> None:
    if step.what != "mark":
        if not any(states):
            drawing.unmarked.add(step.what)
        return
    *outer, own = states
    drawing.has_artifact_in_tag |= own == "artifact" and "tagged" in outer
    drawing.has_tag_in_artifact |= own == "tagged" and "artifact" in outer


def _state(mark: int | str, key: Key, numbered: Collection[tuple[Key, int]]) -> State:
    if isinstance(mark, str):
        return "artifact"
    return "tagged" if (key, mark) in numbered else ""


def _mark(piece: Piece, holder: Object) -> int | str | None:
    """What marked content says it is; None when it says nothing of that."""
    if piece.name == "/Artifact":
        return "artifact"
    if piece.mcid is not None:
        return piece.mcid
    properties = _properties(piece, holder)
    number: Any = properties.get(Name.MCID) if properties is not None else None
    return number if isinstance(number, int) else None


def _properties(piece: Piece, holder: Object) -> Object | None:
    """A property list that is named in the stream and stands in the resources (PDF 1.7, 14.6.2)."""
    names = piece.operands.split()
    found = (resources(holder) or Dictionary()).get(Name.Properties) if piece.kind == "begin" else None
    if found is None or len(names) < 2 or not names[1].startswith(b"/"):
        return None
    properties = found.get(names[1].decode("latin-1"))
    return properties if isinstance(properties, Dictionary) else None
