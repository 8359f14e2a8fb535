"""Boxes that mean nothing go, text that stands in none gets a paragraph."""

from __future__ import annotations

from typing import Final

from slidebuild.pdf.structure import Content, Element, Reference, Tree

INLINE: Final = frozenset(
    ("Span", "Em", "Strong", "Sub", "Code", "Quote", "Link", "Note", "FENote", "Reference", "BibEntry", "Annot")
)
"""Types that stand within a line. (PDF 1.7, 14.8.4.4, and those of PDF 2.0 that the browser writes)"""
_PICTURES: Final = frozenset(("Figure", "Formula", "Form"))
_BOXES: Final = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Aside"))
"""Types that hold blocks, not text."""
_KEPT_EMPTY: Final = frozenset(("TD", "TH"))


def dissolve_boxes(tree: Tree) -> None:
    """Take out tags that say nothing (`<div>`, `<span>` and each piece of a line), and those that hold nothing."""
    for element in reversed([tree.root, *tree.walk()]):
        kids: list[Element | Content | Reference] = []
        for kid in element.kids:
            if not isinstance(kid, Element) or (kid.kids and kid.kind != "NonStruct"):
                kids.append(kid)
            elif kid.kind == "NonStruct":
                kids += kid.kids
            elif kid.kind in _KEPT_EMPTY:
                kids.append(kid)
        element.kids = kids


def make_paragraphs(tree: Tree) -> None:
    """Text that stands beside blocks becomes a paragraph: a run of text, with what stands in its lines."""
    for element in list(tree.walk()):
        if element.kind in _BOXES and any(not isinstance(kid, Element) or kid.kind in INLINE for kid in element.kids):
            _group(tree, element)


def _group(tree: Tree, box: Element) -> None:
    kids: list[Element | Content | Reference] = []
    line: list[Element | Content | Reference] = []
    for kid in (*box.kids, None):
        if kid is not None and (not isinstance(kid, Element) or kid.kind in INLINE | _PICTURES):
            line.append(kid)
            continue
        if all(isinstance(part, Element) and part.kind in _PICTURES for part in line):
            kids += line
        else:
            kids.append(tree.new("P", line))
        line = []
        if kid is not None:
            kids.append(kid)
    box.kids = kids
