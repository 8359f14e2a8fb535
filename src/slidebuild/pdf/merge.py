"""Slides printed alone, put together to one file with their tags and the targets of their links.

What `finish` makes of it is what it makes of a file that was printed at once. Tags: PDF 1.7, 14.7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from slidebuild.pdf.part import Part
from slidebuild.pdf.survey import LinkBox, Survey
from slidebuild.pdf.tags import elements


def merge(parts: Sequence[Part], titles: Sequence[str]) -> Pdf:
    """All pages, each slide's tags in a section of their own. The same parts give the same file."""
    merged = Pdf.new()
    root = merged.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = merged.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    sections: list[Object] = []
    numbers: list[object] = []
    targets: dict[str, Object] = {}
    for index, (part, title) in enumerate(zip(parts, titles, strict=True)):
        single = Pdf.open(BytesIO(part.pdf))  # stays open: pages taken from it are read when the file is written
        offset = len(numbers) // 2
        tags = _renumber(single, offset, f"{index}:".encode())
        merged.pages.append(single.pages[0])
        page = merged.pages[-1].obj
        for name, place in single.Root.get(Name.Dests, Dictionary()).items():
            targets.setdefault(name, Array([page, *list(place)[1:]]))
        targets[f"/sb-page-{index}"] = Array([page, Name.Fit])
        if tags is not None:
            copied = merged.copy_foreign(tags)
            numbers += _parents(copied, offset)
            sections += _sections(copied, document, title)
    merged.Root[Name.Dests] = merged.make_indirect(Dictionary(targets))
    if sections:
        document[Name.K] = Array(sections)
        root[Name.K] = document
        root[Name.ParentTree] = merged.make_indirect(Dictionary(Nums=Array(numbers)))
        root[Name.ParentTreeNextKey] = len(numbers) // 2
        merged.Root[Name.StructTreeRoot] = root
        merged.Root[Name.MarkInfo] = Dictionary(Marked=True)
    return merged


def merged_survey(parts: Sequence[Part], size: tuple[float, float]) -> Survey:
    """What is known of the slides of a merged file."""
    links = (LinkBox(index, name, x, y) for index, part in enumerate(parts) for name, x, y in part.links)
    return Survey(tuple(part.box for part in parts), (size,) * len(parts), tuple(links))


def _renumber(pdf: Pdf, offset: int, prefix: bytes) -> Object | None:
    """Make a slide's keys into the parent tree, and the names of its table headers, its own; its structure tree.

    Forms hold marked content too (of what is translucent or blended), so they have keys as pages and links do.
    """
    for obj in pdf.objects:
        if hasattr(obj, "keys"):
            for key in (Name.StructParents, Name.StructParent):
                if key in obj:
                    obj[key] = int(obj[key]) + offset
    tree = pdf.Root.get(Name.StructTreeRoot)
    if tree is None or Name.ParentTree not in tree or Name.K not in tree:
        return None
    if Name.IDTree in tree:
        del tree[Name.IDTree]
        for element in elements(tree):
            _prefix_headers(element, prefix)
    return tree


def _prefix_headers(element: Object, prefix: bytes) -> None:
    if Name.ID in element:
        element[Name.ID] = String(prefix + bytes(element[Name.ID]))
    attributes = element.get(Name.A, Array())
    for entry in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(entry, Dictionary) and Name.Headers in entry:
            entry[Name.Headers] = Array([String(prefix + bytes(old)) for old in entry[Name.Headers]])


def _parents(tree: Object, offset: int) -> list[object]:
    """Keys and values of the slide's parent tree, in turn; keys that it skips lead nowhere."""
    found = {int(key): value for key, value in NumberTree(tree[Name.ParentTree]).items()}
    return [part for key in range(max(found, default=-1) + 1) for part in (key + offset, found.get(key, Array()))]


def _sections(tree: Object, document: Object, title: str) -> list[Object]:
    """The slide's tags as a section of the document."""
    kids = tree[Name.K]
    found = list(kids) if isinstance(kids, Array) else [kids]
    for element in found:
        element[Name.P] = document
        if element.get(Name.S) == Name.Document:
            element[Name.S] = Name.Sect
            if title:
                element[Name.T] = String(title)
    return found
