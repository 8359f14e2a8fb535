"""Lists as PDF wants them: L holds LI, LI holds Lbl and LBody. PDF 1.7, 14.8.4.3.3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from slidebuild.pdf.structure import Content, Element, Reference, Tree

_Kid = Element | Content | Reference


def settle_lists(tree: Tree) -> None:
    """Put what stands in lists and items where it belongs, and items without a list into one."""
    for element in list(tree.walk()):
        match element.kind:
            case "L":
                element.kids = list(_entries(tree, element))
            case "LI":
                element.kids = _item(tree, element.kids)
            case _:
                element.kids = list(_lists(tree, element))


def _entries(tree: Tree, element: Element) -> Iterator[_Kid]:
    """The entries of a list: what is none becomes the body of one."""
    for is_entry, kids in _runs(element.kids, lambda kid: kid.kind in ("LI", "L")):
        if is_entry:
            yield from kids
        else:
            yield tree.new("LI", _item(tree, kids))


def _item(tree: Tree, kids: list[_Kid]) -> list[_Kid]:
    """A label, if there is one, and a body with all the rest."""
    bodies = [kid for kid in kids if isinstance(kid, Element) and kid.kind == "LBody"]
    labels = [kid for kid in kids if isinstance(kid, Element) and kid.kind == "Lbl"]
    rest = [kid for kid in kids if not isinstance(kid, Element) or kid.kind not in ("Lbl", "LBody")]
    if rest:
        bodies = [tree.new("LBody", [*rest, *(kid for body in bodies for kid in body.kids)])]
    return [*labels[:1], *bodies]


def _lists(tree: Tree, element: Element) -> Iterator[_Kid]:
    """What is not in a list: items get one of their own, stray labels and bodies are text and boxes."""
    for is_item, kids in _runs(element.kids, lambda kid: kid.kind == "LI"):
        if is_item:
            items = [kid for kid in kids if isinstance(kid, Element)]
            for item in items:
                item.kids = _item(tree, item.kids)
            yield tree.new("L", list(items))
            continue
        for kid in kids:
            if isinstance(kid, Element) and kid.kind in ("Lbl", "LBody") and element.kind not in ("LI", "Note"):
                kid.kind = "Span" if kid.kind == "Lbl" else "Div"
            yield kid


def _runs(kids: list[_Kid], is_one: Callable[[Element], bool]) -> Iterator[tuple[bool, list[_Kid]]]:
    for found, run in groupby(kids, lambda kid: isinstance(kid, Element) and is_one(kid)):
        yield found, list(run)
