"""Printed slides put together to one file with their tags, the targets of their links, and fonts that all share.

What `finish` makes of it is what it makes of a file that was printed at once. Tags: PDF 1.7, 14.7.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from slidebuild.pdf.font_parts import unite_fonts
from slidebuild.pdf.page_cut import box_name
from slidebuild.pdf.part import Part
from slidebuild.pdf.structure import is_element, kids_of
from slidebuild.pdf.survey import LinkBox, Survey


class Binder:
    """Puts slides together; what is there can be opened while others are still printed."""

    def __init__(self) -> None:
        self._opened: dict[int, Pdf] = {}

    def open(self, parts: Mapping[int, Part]) -> None:
        """Read some of the slides that are to be put together, by their places."""
        for index, part in parts.items():
            self._opened[index] = Pdf.open(BytesIO(part.pdf))

    def merge(self, parts: Sequence[Part]) -> Pdf:
        """All pages, and all their tags in one document. The same parts give the same file, opened before or not."""
        self.open({index: part for index, part in enumerate(parts) if index not in self._opened})
        merged = _joined(self._opened.pop(index) for index in range(len(parts)))
        unite_fonts(merged)
        return merged


def _joined(singles: Iterable[Pdf]) -> Pdf:
    """All pages and tags. The files stay open: pages taken from them are read when the new one is written."""
    merged = Pdf.new()
    root = merged.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = merged.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    tops: list[Object] = []
    targets: dict[str, Object] = {}
    keys = 0
    for index, single in enumerate(singles):
        tags = single.Root.StructTreeRoot
        _renumber(single, tags, keys, f"{index}:".encode())
        keys += int(tags.ParentTreeNextKey)
        merged.pages.append(single.pages[0])
        page = merged.pages[-1].obj
        for name, place in single.Root.get(Name.Dests, Dictionary()).items():
            targets.setdefault(name, Array([page, *list(place)[1:]]))
        targets[f"/{box_name(index)}"] = Array([page, Name.Fit])
        tops += _tops(merged.copy_foreign(tags), document)
    merged.Root[Name.Dests] = merged.make_indirect(Dictionary(targets))
    document[Name.K] = Array(tops)
    root[Name.K] = document
    merged.Root[Name.StructTreeRoot] = root
    return merged


def merged_survey(parts: Sequence[Part], size: tuple[float, float]) -> Survey:
    """What is known of the slides of a merged file."""
    links = (LinkBox(index, name, x, y) for index, part in enumerate(parts) for name, x, y in part.links)
    findings = tuple(finding.on(index) for index, part in enumerate(parts) for finding in part.findings)
    return Survey(tuple(part.box for part in parts), (size,) * len(parts), tuple(links), findings)


def _renumber(pdf: Pdf, tags: Object, offset: int, prefix: bytes) -> None:
    """Make a slide's keys into the parent tree, and the names of its table headers, its own.

    Forms hold marked content too (of what is translucent or blended), so they have keys as pages and links do.
    """
    page = pdf.pages[0].obj
    holders: dict[tuple[int, int], Object] = {page.objgen: page}
    waiting = [tags]
    while waiting:
        for kid in kids_of(waiting.pop()):
            if not isinstance(kid, Dictionary):
                continue
            if is_element(kid):
                _prefix_headers(kid, prefix)
                waiting.append(kid)
            elif (holder := kid.get(Name.Stm, kid.get(Name.Obj))) is not None:
                holders[holder.objgen] = holder
    for holder in holders.values():
        for key in (Name.StructParents, Name.StructParent):
            if key in holder:
                holder[key] = int(holder[key]) + offset
    del tags[Name.ParentTree]


def _prefix_headers(element: Object, prefix: bytes) -> None:
    if Name.ID in element:
        element[Name.ID] = String(prefix + bytes(element[Name.ID]))
    attributes = element.get(Name.A)
    if attributes is None:
        return
    for entry in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(entry, Dictionary) and Name.Headers in entry:
            entry[Name.Headers] = Array([String(prefix + bytes(old)) for old in entry[Name.Headers]])


def _tops(tags: Object, document: Object) -> list[Object]:
    """The highest tags of a slide, below the document now."""
    found = kids_of(tags)
    for element in found:
        element[Name.P] = document
    return found
