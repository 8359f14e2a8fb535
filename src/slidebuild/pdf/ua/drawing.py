"""What a page draws, by how it is marked: the content of the page and of all forms that it draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any, Literal, TypeAlias

from pikepdf import Dictionary, Name, Object

from slidebuild.pdf.artifacts import is_form, resources, xobjects
from slidebuild.pdf.content import content_bytes
from slidebuild.pdf.drawn import Drawn, Mark, Marks, digest, read_drawn
from slidebuild.records import dataclass

Key: TypeAlias = tuple[int, int]
"""Object and generation number."""
State: TypeAlias = Literal["", "tagged", "artifact"]


@dataclass(frozen=True, slots=True)
class Holder:
    """A page or form, and what it draws."""

    obj: Object
    drawn: Drawn
    forms: Mapping[str, Object]
    """Forms that it can draw, by name."""
    pictures: Collection[str]
    """Names of pictures that it can draw."""

    @classmethod
    def read(cls, obj: Object, known: Mapping[str, Drawn]) -> Holder:
        """Read a page or form, but for content that is known, by its digest. Raises PdfError."""
        data = content_bytes(obj)
        drawn = known.get(digest(data)) if known else None
        inner = xobjects(obj)
        forms = {name: found for name, found in inner.items() if is_form(found)}
        return cls(obj, drawn or read_drawn(data), forms, inner.keys() - forms.keys())

    @property
    def drawn_forms(self) -> list[tuple[Object, Marks]]:
        """Forms in the order of drawing, and the marks that are open then."""
        return [(self.forms[name], marks) for name, marks in self.drawn.draws if name in self.forms]

    @property
    def fonts(self) -> Mapping[str, Object]:
        """Fonts that it can show text in, by name."""
        found = (resources(self.obj) or Dictionary()).get(Name.Font) or Dictionary()
        return {name: obj for name, obj in found.items() if isinstance(obj, Dictionary)}

    def numbers(self, marks: Marks) -> list[int | None]:
        """The numbers of marked content; None for marks that have none."""
        return [self._number(mark) for mark in marks]

    def _number(self, mark: Mark) -> int | None:
        if isinstance(mark, int):
            return mark
        if not mark.startswith("/"):
            return None
        # a property list that is named in the stream and stands in the resources (PDF 1.7, 14.6.2)
        listed = (resources(self.obj) or Dictionary()).get(Name.Properties, Dictionary()).get(mark)
        number: Any = listed.get(Name.MCID) if isinstance(listed, Dictionary) else None
        return number if isinstance(number, int) else None


@dataclass(slots=True)
class Drawing:
    """What a page draws."""

    unmarked: set[str] = field(default_factory=set)
    """What has no tag and is no artifact: `text`, `path`, `picture`."""
    has_artifact_in_tag: bool = False
    has_tag_in_artifact: bool = False
    numbered_forms: dict[Key, int] = field(default_factory=dict)
    """How often each form that holds numbered content is drawn."""
    shown: list[tuple[Object, frozenset[int]]] = field(default_factory=list)
    """Fonts and the codes of what is shown in them."""


def draw(page: Object, holders: Mapping[Key, Holder], numbered: Collection[tuple[Key, int]]) -> Drawing:
    """What a page draws. `numbered`: all marked content that has a tag."""
    drawing = Drawing()
    seen: set[tuple[Key, State]] = set()
    waiting: list[tuple[Key, State]] = [(page.objgen, "")]
    while waiting:
        key, state = waiting.pop()
        holder = holders[key]
        states = _States(holder, numbered)
        if key != page.objgen and any(step.marks and "tagged" in states.of(step.marks) for step in holder.drawn.steps):
            drawing.numbered_forms[key] = drawing.numbered_forms.get(key, 0) + 1
        if (key, state) in seen:
            continue
        seen.add((key, state))
        for what, marks in holder.drawn.steps:
            _add(drawing, what, [state, *states.of(marks)])
        for name, marks in holder.drawn.draws:
            if name in holder.pictures:
                _add(drawing, "picture", [state, *states.of(marks)])
        drawing.shown += _shown(holder)
        for form, marks in holder.drawn_forms:
            waiting.append((form.objgen, next((found for found in reversed([state, *states.of(marks)]) if found), "")))
    return drawing


def _add(drawing: Drawing, what: str, states: list[State]) -> None:
    if what != "mark":
        if not any(states):
            drawing.unmarked.add(what)
        return
    *outer, own = states
    drawing.has_artifact_in_tag |= own == "artifact" and "tagged" in outer
    drawing.has_tag_in_artifact |= own == "tagged" and "artifact" in outer


@dataclass(slots=True)
class _States:
    """What the marks of a page or form come to."""

    holder: Holder
    numbered: Collection[tuple[Key, int]]
    _known: dict[Marks, list[State]] = field(default_factory=dict)

    def of(self, marks: Marks) -> list[State]:
        """The state of each of the marks that are open."""
        if marks not in self._known:
            key = self.holder.obj.objgen
            self._known[marks] = [
                "artifact" if mark == "artifact" else "tagged" if (key, number) in self.numbered else ""
                for mark, number in zip(marks, self.holder.numbers(marks), strict=True)
            ]
        return self._known[marks]


def _shown(holder: Holder) -> list[tuple[Object, frozenset[int]]]:
    """Fonts with the codes shown in them: of two bytes in composite ones, else of one."""
    fonts = holder.fonts if holder.drawn.shown else {}
    return [
        (fonts[name], double if fonts[name].get(Name.Subtype) == Name.Type0 else single)
        for name, (single, double) in holder.drawn.shown.items()
        if name in fonts
    ]
