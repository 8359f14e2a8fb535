"""Pictures, formulas and running text: the marks left on the page become tags, and artifacts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pikepdf import Array, Dictionary, Name

from slidebuild.pdf.artifacts import Place, Running
from slidebuild.pdf.marks import Mark
from slidebuild.pdf.structure import Content, Element, Reference, Tree, content_below, set_text, walk

_DRAWN: Final = frozenset(("Figure", "Formula", "Form", "Lbl"))
"""Types whose content may be nothing but paths."""
_PT: Final = 0.75
"""Points in a CSS px."""


def settle_pictures(tree: Tree) -> dict[Place, Running]:
    """Turn marked figures into what they are; the content that was told to be running text, now without a tag."""
    running: dict[Place, Running] = {}
    for element in list(tree.walk()):
        if element.kind != "Figure":
            continue
        mark = Mark.read(element.alternative)
        if mark is None:
            _settle_box(element)
            continue
        set_text(element, Name.Alt, mark.text)
        if mark.kind == "Header" or mark.kind == "Footer":
            running |= _take_out(element, mark.kind)
        else:
            element.kind = "Figure" if mark.kind == "figure" else "Formula"
            element.kids = _flat(element)
            _set_bounds(element, mark)
    return running


def plain_content(tree: Tree) -> set[Place]:
    """The content that is text, if it is anything: not of pictures, form fields and the labels of lists."""
    return {
        (kid.holder.objgen, kid.number)
        for element in tree.walk()
        if element.kind not in _DRAWN
        for kid in element.kids
        if isinstance(kid, Content)
    }


def drop_content(tree: Tree, places: Collection[Place]) -> None:
    """Take tags away from content."""
    for element in tree.walk():
        if any(isinstance(kid, Content) for kid in element.kids):
            element.kids = [
                kid
                for kid in element.kids
                if not isinstance(kid, Content) or (kid.holder.objgen, kid.number) not in places
            ]


def _settle_box(element: Element) -> None:
    """`<figure>` is a figure to the browser, with the picture and its caption in it: it is a box for them."""
    if element.elements and not element.alternative:
        element.kind = "Div"


def _take_out(element: Element, place: Running) -> dict[Place, Running]:
    contents = list(content_below(element))
    element.kids = []
    return {(kid.holder.objgen, kid.number): place for kid in contents if isinstance(kid, Content)}


def _flat(element: Element) -> list[Element | Content | Reference]:
    """What an alternative stands for needs no tags, but links do: they can be followed."""
    links = [inner for inner in walk(element) if inner.kind == "Link"]
    linked = {id(kid) for link in links for kid in content_below(link)}
    for link in links:
        link.kids = list(content_below(link))
    return [*(kid for kid in content_below(element) if id(kid) not in linked), *links]


def _set_bounds(element: Element, mark: Mark) -> None:
    """/BBox: where the picture is on its page (PDF 1.7, 14.8.5.4.3: required of illustrations)."""
    page = next((kid.page for kid in content_below(element)), None)
    if mark.box is None or page is None:
        return
    x, y, width, height = (value * _PT for value in mark.box)
    top = float(page[Name.MediaBox][3])
    bounds = (x, top - y - height, x + width, top - y)
    entry = Dictionary(O=Name.Layout, BBox=Array([round(value, 2) for value in bounds]))
    element.obj[Name.A] = Array([entry])
