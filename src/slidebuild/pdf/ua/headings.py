"""Rules about headings. ISO 14289-1, 7.4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slidebuild.patterns import regex
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject

_NUMBERED: Final = regex(r"H(\d+)")


def _levels(subject: Subject) -> Iterator[tuple[int, int | None]]:
    """Levels of headings in document order, with their pages."""
    for element in subject.elements:
        found = _NUMBERED.fullmatch(subject.standard(element) or element.kind)
        if found:
            yield int(found[1]), subject.page_of(element)


def first_is_top(subject: Subject) -> Iterator[Fault]:
    """The first heading is H1."""
    level, page = next(_levels(subject), (1, None))
    if level != 1:
        yield Fault(f"the first heading is H{level}", page)


def no_level_is_skipped(subject: Subject) -> Iterator[Fault]:
    """After a heading comes one that is at most one level deeper."""
    before: int | None = None
    for level, page in _levels(subject):
        if before is not None and level > before + 1:
            yield Fault(f"H{level} follows H{before}", page)
        before = level


def one_unnumbered_each(subject: Subject) -> Iterator[Fault]:
    """No tag holds more than one heading without a level."""
    for element in (subject.root, *subject.elements):
        if subject.kids(element).count("H") > 1:
            yield Fault(f"/{element.kind} holds more than one H", subject.page_of(element))


def numbered_or_not(subject: Subject) -> Iterator[Fault]:
    """Headings have levels, or none has."""
    first = next(subject.of_kind("H"), None)
    if first is not None and next(_levels(subject), None) is not None:
        yield Fault("there are headings with and without a level", subject.page_of(first))
