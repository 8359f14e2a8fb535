"""Rules about what can't be read aloud, tables' headers and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pikepdf import Array, Name

from slidebuild.pdf.structure import Element
from slidebuild.pdf.tag_tables import attribute
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject


def _has_words(element: Element) -> bool:
    return any(str(element.obj.get(key, "")).strip() for key in (Name.Alt, Name.ActualText))


def figures_are_described(subject: Subject) -> Iterator[Fault]:
    """A figure has an alternative text."""
    for element in subject.of_kind("Figure"):
        if not _has_words(element):
            yield Fault("a figure has no alternative text", subject.page_of(element))


def formulas_are_described(subject: Subject) -> Iterator[Fault]:
    """A formula has an alternative text."""
    for element in subject.of_kind("Formula"):
        if not _has_words(element):
            yield Fault("a formula has no alternative text", subject.page_of(element))


def headers_tell_what_they_head(subject: Subject) -> Iterator[Fault]:
    """Header cells have a scope, unless the data cells name them; cells name headers that exist."""
    names = {bytes(cell.obj[Name.ID]) for cell in subject.of_kind("TH", "TD") if Name.ID in cell.obj}
    used: set[bytes] = set()
    for cell in subject.of_kind("TH", "TD"):
        found = attribute(cell, Name.Headers)
        named = {bytes(name) for name in found} if isinstance(found, Array) else set()
        used |= named
        if named - names:
            yield Fault("a cell names a header that does not exist", subject.page_of(cell))
    for cell in subject.of_kind("TH"):
        is_named = Name.ID in cell.obj and bytes(cell.obj[Name.ID]) in used
        if not is_named and str(attribute(cell, Name.Scope)) not in ("/Row", "/Column", "/Both"):
            yield Fault("a header cell has no scope, and no cell names it", subject.page_of(cell))


def notes_have_names(subject: Subject) -> Iterator[Fault]:
    """A note has an ID."""
    for element in subject.of_kind("Note"):
        if not str(element.obj.get(Name.ID, "")):
            yield Fault("a note has no ID", subject.page_of(element))


def notes_have_own_names(subject: Subject) -> Iterator[Fault]:
    """No two notes have the same ID."""
    notes = [(str(element.obj.get(Name.ID, "")), element) for element in subject.of_kind("Note")]
    count = Counter(name for name, _ in notes)
    for name, element in notes:
        if name and count[name] > 1:
            yield Fault(f"{count[name]} notes have the ID {name}", subject.page_of(element))
