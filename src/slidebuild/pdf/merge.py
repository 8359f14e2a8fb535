"""Printed slides put together to one file with their tags, the targets of their links, and fonts that all share.

What `finish` makes of it is what it makes of a file that was printed at once. Tags: PDF 1.7, 14.7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from slidebuild.pdf.drawn import Drawn, unpack_drawn
from slidebuild.pdf.font_parts import Embedded, Faces, unite_fonts
from slidebuild.pdf.page_cut import box_name
from slidebuild.pdf.part import Part
from slidebuild.pdf.structure import elements_of, is_element, kids_of
from slidebuild.pdf.survey import LinkBox, Survey
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A slide that was read."""

    file: Pdf
    tags: Object
    keys: int
    """How many keys into the parent tree there are."""
    holders: list[Object]
    """What has such keys, but for the page: forms and links."""
    fonts: list[Embedded]


class Binder:
    """Puts slides together. All but those after one that is missing can be done while that is printed.

    Slides may be added in any order; they are bound in theirs, so that objects always have the same numbers.
    """

    def __init__(self) -> None:
        self._merged = Pdf.new()
        self._root = self._merged.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = self._merged.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._faces = Faces()
        self._waiting: dict[int, _Leaf] = {}
        self._bound = 0
        """How many are. Their files are let go: what the new one needs of them it holds itself."""
        self._tops: list[Object] = []
        self._targets: dict[str, Object] = {}
        self._fonts: list[Embedded] = []
        self._keys = 0
        self.drawn: dict[str, Drawn] = {}
        """What content draws, by its digest."""

    def add(self, index: int, part: Part) -> None:
        """Take in the slide of a place (0-based), unless it was."""
        if index in self._waiting or index < self._bound:
            return
        file = Pdf.open(BytesIO(part.pdf))
        tags = file.Root.StructTreeRoot
        _prefix_headers(tags, f"{index}:".encode())
        keys = int(tags.ParentTreeNextKey)
        del tags[Name.ParentTree]
        self._waiting[index] = _Leaf(file, tags, keys, _holders(file, tags), list(self._faces.embedded(file)))
        self.drawn.update(unpack_drawn(part.drawn))
        while (leaf := self._waiting.pop(self._bound, None)) is not None:
            self._bind(leaf)

    def merge(self, parts: Sequence[Part]) -> Pdf:
        """All pages, and all their tags in one document. The same parts give the same file, in whatever order added."""
        for index, part in enumerate(parts):
            self.add(index, part)
        merged = self._merged
        merged.Root[Name.Dests] = merged.make_indirect(Dictionary(self._targets))
        self._document[Name.K] = Array(self._tops)
        self._root[Name.K] = self._document
        merged.Root[Name.StructTreeRoot] = self._root
        unite_fonts(merged, self._fonts)
        self._fonts.clear()  # the glyphs of all slides
        self._faces = Faces()
        return merged

    def _bind(self, leaf: _Leaf) -> None:
        """Give the new file the next page, with its tags."""
        merged, single = self._merged, leaf.file
        for holder in (single.pages[0].obj, *leaf.holders):
            for key in ("/StructParents", "/StructParent"):
                if key in holder:
                    holder[key] = int(holder[key]) + self._keys
        self._keys += leaf.keys
        merged.pages.append(single.pages[0])
        page = merged.pages[-1].obj
        for name, place in single.Root.get(Name.Dests, Dictionary()).items():
            self._targets.setdefault(name, Array([page, *list(place)[1:]]))
        self._targets[f"/{box_name(self._bound)}"] = Array([page, Name.Fit])
        tops = kids_of(merged.copy_foreign(leaf.tags))
        for element in tops:
            element[Name.P] = self._document
        self._tops += tops
        self._fonts += [font.within(merged) for font in leaf.fonts]
        self._bound += 1


def merged_survey(parts: Sequence[Part], size: tuple[float, float]) -> Survey:
    """What is known of the slides of a merged file."""
    links = (LinkBox(index, name, x, y) for index, part in enumerate(parts) for name, x, y in part.links)
    findings = tuple(finding.on(index) for index, part in enumerate(parts) for finding in part.findings)
    return Survey(tuple(part.box for part in parts), (size,) * len(parts), tuple(links), findings)


def _holders(pdf: Pdf, tags: Object) -> list[Object]:
    """What a slide's tags hold that has keys into the parent tree, but for the page.

    Forms hold marked content as pages do (of what is translucent or blended), and links have keys, too.
    """
    page = pdf.pages[0].obj.objgen
    found: dict[tuple[int, int], Object] = {}
    for element in elements_of(tags):
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and not is_element(kid):
                holder = kid.get("/Stm", kid.get("/Obj"))
                if holder is not None and holder.objgen != page:
                    found[holder.objgen] = holder
    return list(found.values())


def _prefix_headers(tags: Object, prefix: bytes) -> None:
    """Make the names of a slide's table headers its own."""
    for element in elements_of(tags):
        if "/ID" in element:
            element["/ID"] = String(prefix + bytes(element["/ID"]))
        attributes = element.get("/A")
        if attributes is None:
            continue
        for entry in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(entry, Dictionary) and "/Headers" in entry:
                entry["/Headers"] = Array([String(prefix + bytes(old)) for old in entry["/Headers"]])
