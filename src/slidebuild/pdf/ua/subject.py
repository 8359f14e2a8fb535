"""A file as the rules see it: its tags with their standard types, what its pages draw, its annotations and fonts.

All is read when a rule first asks for it, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.drawn import Drawn
from slidebuild.pdf.structure import Content, Element, Reference, Tree, content_below
from slidebuild.pdf.ua.drawing import Drawing, Holder, Key, draw
from slidebuild.pdf.ua.font import Font, shown_fonts
from slidebuild.records import dataclass

STANDARD: Final = frozenset(
    (
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH"),
        *("TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    )
)
"""Structure types of PDF 1.7, 14.8.4."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation on a page."""

    obj: Object
    page: int
    """0-based."""

    @property
    def subtype(self) -> str:
        """`Link`, `Widget`, …"""
        return str(self.obj.get(Name.Subtype, "/"))[1:]


@dataclass(frozen=True, eq=False)
class Subject:
    """A file to check."""

    pdf: Pdf
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    """What content draws that was read before, by its digest."""

    @cached_property
    def pages(self) -> list[Object]:
        """The pages, in order."""
        return [page.obj for page in self.pdf.pages]

    @cached_property
    def numbers(self) -> Mapping[Key, int]:
        """Page -> its 0-based number."""
        return {page.objgen: number for number, page in enumerate(self.pages)}

    @cached_property
    def root(self) -> Element:
        """The structure tree root, whose kids are the tags."""
        return Tree.read(self.pdf).root if Name.StructTreeRoot in self.pdf.Root else Element("", Dictionary())

    @cached_property
    def elements(self) -> list[Element]:
        """All tags in document order."""
        found: list[Element] = []
        waiting = list(reversed(self.root.elements))
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting.extend(reversed(element.elements))
        return found

    @cached_property
    def parents(self) -> Mapping[int, Element]:
        """The parent of each tag, by `id`."""
        return {id(kid): parent for parent in (self.root, *self.elements) for kid in parent.elements}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The role map, names without slash."""
        found = self.root.obj.get(Name.RoleMap)
        return {key[1:]: str(value)[1:] for key, value in found.items()} if isinstance(found, Dictionary) else {}

    def standard(self, element: Element) -> str:
        """The standard type that a tag stands for; empty when it stands for none."""
        kind, seen = element.kind, set[str]()
        while kind not in STANDARD and kind in self.roles and kind not in seen:
            seen.add(kind)
            kind = self.roles[kind]
        return kind if kind in STANDARD else ""

    def kids(self, element: Element) -> list[str]:
        """Standard types of the tags in a tag; transparent ones stand for what they hold."""
        found: list[str] = []
        waiting = list(reversed(element.elements))
        while waiting:
            kid = waiting.pop()
            kind = self.standard(kid)
            if kind in ("NonStruct", "Private"):
                waiting.extend(reversed(kid.elements))
            else:
                found.append(kind)
        return found

    def parent(self, element: Element) -> str:
        """Standard type of what holds a tag, transparent ones left out; empty at the root."""
        above = self.parents.get(id(element))
        while above is not None and self.standard(above) in ("NonStruct", "Private"):
            above = self.parents.get(id(above))
        return self.standard(above) if above is not None else ""

    def of_kind(self, *kinds: str) -> Iterator[Element]:
        """All tags of some standard types."""
        return (element for element in self.elements if self.standard(element) in kinds)

    def page_of(self, element: Element) -> int | None:
        """The 0-based page that a tag begins on."""
        found = next(content_below(element), None)
        page = found.page if found is not None else element.obj.get(Name.Pg)
        return self.numbers.get(page.objgen) if page is not None else None

    @cached_property
    def owners(self) -> Mapping[tuple[Key, int], Element]:
        """The tag of marked content, by the page or form that holds it and its number."""
        return {
            (kid.holder.objgen, kid.number): element
            for element in self.elements
            for kid in element.kids
            if isinstance(kid, Content)
        }

    @cached_property
    def annotation_owners(self) -> Mapping[Key, Element]:
        """The tag that an annotation belongs to."""
        return {
            kid.annotation.objgen: element
            for element in self.elements
            for kid in element.kids
            if isinstance(kid, Reference)
        }

    @cached_property
    def annotations(self) -> list[Annotation]:
        """All annotations, page by page."""
        return [
            Annotation(annotation, number)
            for number, page in enumerate(self.pages)
            for annotation in page.get(Name.Annots, Array())
            if isinstance(annotation, Dictionary)
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        """What each page draws, forms included."""
        holders: dict[Key, Holder] = {}
        found = []
        for page in self.pages:
            waiting = [page]
            while waiting:
                holder = waiting.pop()
                if holder.objgen not in holders:
                    holders[holder.objgen] = Holder.read(holder, self.drawn)
                    waiting += [form for form, _ in holders[holder.objgen].drawn_forms]
            found.append(draw(page, holders, self.owners.keys()))
        return found

    def own_language(self, element: Element) -> str:
        """The language that a tag tells itself; empty when it tells none."""
        return self._own_languages.get(id(element), "")

    def language(self, element: Element) -> str:
        """The language of a tag: its own, that of a tag above it, or the file's; empty when nothing tells."""
        return self._languages[id(element)]

    @cached_property
    def _own_languages(self) -> Mapping[int, str]:
        """Of the tags that tell one, by `id`."""
        told = ((id(element), element.obj.get(Name.Lang)) for element in (self.root, *self.elements))
        return {key: str(found) for key, found in told if found is not None}

    @cached_property
    def _languages(self) -> Mapping[int, str]:
        """Of all tags, by `id`: those above a tag stand before it."""
        found = {id(self.root): self.own_language(self.root) or str(self.pdf.Root.get(Name.Lang, ""))}
        for above in (self.root, *self.elements):
            for element in above.elements:
                found[id(element)] = self.own_language(element) or found[id(above)]
        return found

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """Fonts that pages show text in."""
        return shown_fonts(self.drawings)

    @cached_property
    def metadata(self) -> bytes:
        """The XMP of the file; empty when there is none."""
        found = self.pdf.Root.get(Name.Metadata)
        return found.read_bytes() if isinstance(found, Stream) else b""
