"""Captions pass: figures and tables bear the numbers that the deck counts, and links without a text say them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slidebuild import dom
from slidebuild.passes.counted import Numbers
from slidebuild.slides import Slide

_CAPTIONS: Final = "figcaption, .caption"
_KINDS: Final = (("figure", "img, svg, video, canvas, object, iframe, picture"), ("table", "table"))
"""What a caption stands beside makes its kind; a picture in a table is part of it no more than one beside it."""


def find_captions(slide: Slide) -> tuple[tuple[str, str, str], ...]:
    """The captions of a slide's content as `Counted` has them: of pictures and the like, and of tables.

    A caption belongs to the nearest element around it that holds any of these.
    """
    found: list[tuple[str, str, str]] = []
    for caption, kind, holder in _captions(slide.content):
        picture = next((dom.attribute(image, "src") for image in dom.select(holder, "img[src]")), None)
        found.append((kind, _id(caption, holder), picture or dom.text(caption).strip()))
    return tuple(found)


def number_captions(slide: Slide, numbers: Numbers) -> None:
    """Put a caption's number before it, as `<span class="sb-number">Figure 3:</span>`.

    `[](#id)`, a link without a text to a figure's or a table's id, says what it is called.
    """
    for (caption, _, _), number in zip(list(_captions(slide.content)), numbers.captions, strict=False):
        label = f'<span class="sb-number">{dom.escape(number)}</span> '
        dom.set_inner_html(caption, label + dom.inner_html(caption).lstrip())
    if not numbers.names:
        return
    for tree in slide.trees:
        for link in dom.select(tree, 'a[href^="#"]:empty'):
            name = numbers.names.get((dom.attribute(link, "href") or "")[1:])
            if name is not None:
                dom.set_inner_html(link, dom.escape(name))


def _captions(tree: dom.Node) -> Iterator[tuple[dom.Node, str, dom.Node]]:
    """Captions, what they are captions of, and the element that holds both. A caption in another one is none."""
    for caption in dom.select(tree, _CAPTIONS):
        around = list(_around(caption))
        if any(dom.tag(node) == "figcaption" or "caption" in dom.classes(node) for node in around):
            continue
        for holder in around:
            kind = next((kind for kind, selector in _KINDS if dom.select(holder, selector)), None)
            if kind is not None:
                yield caption, kind, holder
                break


def _around(node: dom.Node) -> Iterator[dom.Node]:
    """The elements that a node stands in, the nearest first, the root of its tree last."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _id(caption: dom.Node, holder: dom.Node) -> str:
    """What leads to a figure: the id of its caption, of the element around both, or of what stands in it."""
    candidates = [caption, *([holder] if dom.tag(holder) in ("figure", "table") else [])]
    candidates += dom.select(holder, "img[id], svg[id], table[id], video[id]")
    return next((found for node in candidates if (found := dom.attribute(node, "id"))), "")
