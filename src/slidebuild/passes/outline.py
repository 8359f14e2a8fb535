"""Outline pass: what a slide is called, in bookmarks, overviews and for screen readers."""

from __future__ import annotations

from slidebuild import dom
from slidebuild.patterns import regex
from slidebuild.slides import Slide

_SPACES = regex(r"\s+")


def slide_title(slide: Slide) -> str:
    """Plain text of the first heading of the highest level; else the property `title`, a picture's text, or the name.

    Formulas count as their TeX. Empty when there is nothing to go by.
    """
    written = slide.resolved.properties.get("title")
    if written:
        return written
    for level in range(1, 7):
        for heading in dom.select(slide.content, f"h{level}"):
            title = plain_text(heading)
            if title:
                return title
    for image in dom.select(slide.content, "img[alt]"):
        alt = _SPACES.sub(" ", dom.attribute(image, "alt") or "").strip()
        if alt:
            return alt
    if slide.resolved.name:
        return slide.resolved.name
    return plain_text(slide.content)[:60]


def plain_text(node: dom.Node) -> str:
    """Text of a node on one line; line breaks count as blanks, formulas as their TeX."""
    parts: list[str] = []
    child = node.first_child
    while child is not None:
        tex = dom.attribute(child, "data-tex") if dom.is_element(child) else None
        if tex is not None:
            parts.append(tex)
        elif dom.tag(child) == "br":
            parts.append(" ")
        elif dom.is_text(child):
            parts.append(dom.text(child))
        elif dom.is_element(child) and child.first_child is not None:
            child = child.first_child
            continue
        while child.next is None:
            child = child.parent
            if child is None or child.mem_id == node.mem_id:
                return _SPACES.sub(" ", "".join(parts)).strip()
        child = child.next
    return _SPACES.sub(" ", "".join(parts)).strip()
