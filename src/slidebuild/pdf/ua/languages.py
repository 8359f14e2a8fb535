"""Rules about the language of texts. ISO 14289-1, 7.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Name

from slidebuild.patterns import regex
from slidebuild.pdf.structure import Element
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject

_TAG: Final = regex(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""RFC 3066, 2.1."""


def _is_told(subject: Subject) -> bool:
    return bool(str(subject.pdf.Root.get(Name.Lang, "")))


def content_has_language(subject: Subject) -> Iterator[Fault]:
    """The language of all text is told, by a tag of a language."""
    told: set[int | None] = set()
    for element in subject.elements:
        own = subject.own_language(element)
        if own and not _TAG.fullmatch(own):
            yield Fault(f"“{own}” is no language", subject.page_of(element))
        if not subject.language(element) and any(not isinstance(kid, Element) for kid in element.kids):
            page = subject.page_of(element)
            if page not in told:
                told.add(page)
                yield Fault("nothing tells the language of the text", page)
    whole = str(subject.pdf.Root.get(Name.Lang, ""))
    if whole and not _TAG.fullmatch(whole):
        yield Fault(f"“{whole}” is no language")


def alternatives_have_language(subject: Subject) -> Iterator[Fault]:
    """The language of alternative texts is told."""
    for element in subject.elements:
        if subject.language(element):
            continue
        keys = [key for key in ("/Alt", "/ActualText", "/E") if str(element.obj.get(key, ""))]
        if keys:
            yield Fault(f"nothing tells the language of {keys[0]}", subject.page_of(element))


def bookmarks_have_language(subject: Subject) -> Iterator[Fault]:
    """The language of bookmarks is told."""
    if Name.Outlines in subject.pdf.Root and not _is_told(subject):
        yield Fault("nothing tells the language of the bookmarks")


def descriptions_have_language(subject: Subject) -> Iterator[Fault]:
    """The language of what is said of links and notes is told."""
    for annotation in subject.annotations:
        owner = subject.annotation_owners.get(annotation.obj.objgen)
        is_told = bool(subject.language(owner)) if owner is not None else _is_told(subject)
        if Name.Contents in annotation.obj and not is_told:
            yield Fault("nothing tells the language of an annotation's description", annotation.page)


def fields_have_language(subject: Subject) -> Iterator[Fault]:
    """The language of what is said of form fields is told."""
    for annotation in subject.annotations:
        if Name.TU in annotation.obj and not _is_told(subject):
            yield Fault("nothing tells the language of a field's description", annotation.page)


def metadata_have_language(subject: Subject) -> Iterator[Fault]:
    """The language of the title is told."""
    if subject.metadata and not _is_told(subject):
        yield Fault("nothing tells the language of the metadata")
