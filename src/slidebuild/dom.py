"""The only door to the HTML5 parser (selectolax over Lexbor): trees as a browser's `innerHTML` would make them.

A tree's root is a `<div>` that stands for the element whose `innerHTML` was assigned; it is never part of the output.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from slidebuild.patterns import regex

Node = LexborNode
"""An element, text or comment of a tree. It lives as long as its tree's root does."""

_SURROGATE: Final = regex("[\ud800-\udfff]")

VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements without an end tag."""


class _Documents(threading.local):
    """The document that the next trees are made in. Making one takes ten times as long as parsing a slide."""

    document: LexborHTMLParser | None = None
    trees: int = 0


_DOCUMENTS: Final = _Documents()
_TREES_IN_A_DOCUMENT: Final = 64
"""Then another one is begun: the memory of a document is given back when all of its trees are gone."""


def _new_root() -> Node:
    if _DOCUMENTS.document is None or _DOCUMENTS.trees >= _TREES_IN_A_DOCUMENT:
        _DOCUMENTS.document = LexborHTMLParser("<div></div>", is_fragment=True, scripting=True)
        _DOCUMENTS.trees = 0
    _DOCUMENTS.trees += 1
    return _DOCUMENTS.document.create_node("div")


def parse(html: str) -> Node:
    """The tree of a fragment, as `div.innerHTML = html` makes it in a browser with scripting on.

    Lone surrogates, which no UTF-8 page can hold, become U+FFFD.
    """
    root = _new_root()
    if html:
        root.inner_html = _SURROGATE.sub("\ufffd", html)
    return root


def parse_document(html: str) -> Node:
    """The `<html>` element of a whole page, as a browser with scripting on reads it."""
    root = LexborHTMLParser(html, scripting=True).root
    if root is None:
        raise RuntimeError("the HTML parser made no tree of a page")
    return root


def inner_html(node: Node) -> str:
    """The HTML of a node's children."""
    return node.inner_html or ""


_LEADING_BREAK: Final = regex(r"(<(?:pre|textarea|listing)(?: [^>]*)?>)\n")


def serialise(tree: Node) -> str:
    """A tree's HTML that `parse` makes the same tree of: a line break right after `<pre>` would be dropped."""
    return _LEADING_BREAK.sub(r"\1\n\n", inner_html(tree))


def outer_html(node: Node) -> str:
    """The HTML of the node itself; for a text node its escaped text."""
    return node.html or ""


def set_inner_html(node: Node, html: str) -> None:
    """Replace a node's children by those of a fragment, parsed in the context of the node."""
    node.inner_html = html


def children(node: Node) -> Iterator[Node]:
    """Child nodes, text included. The node yielded may be removed or replaced while iterating."""
    child = node.first_child
    while child is not None:
        after = child.next
        yield child
        child = after


def walk(root: Node) -> Iterator[Node]:
    """All descendants in document order, text included, without recursion; don't change the tree meanwhile."""
    node = root.first_child
    while node is not None:
        yield node
        below = node.first_child
        if below is not None:
            node = below
            continue
        while node.next is None:
            node = node.parent
            if node is None or node.mem_id == root.mem_id:
                return
        node = node.next


def select(root: Node, selector: str) -> list[Node]:
    """Descendant elements that match a CSS selector, in document order (never the root itself)."""
    if root.first_child is None:  # most slides have no notes
        return []
    return [node for node in root.css(selector) if node.mem_id != root.mem_id]


def is_text(node: Node) -> bool:
    """Whether this is a text node."""
    return bool(node.is_text_node)


def is_element(node: Node) -> bool:
    """Whether this is an element."""
    return bool(node.is_element_node)


def tag(node: Node) -> str:
    """Lower-case name of an element (SVG names keep their case), `-text` or `-comment` otherwise."""
    return node.tag or ""


def text(node: Node) -> str:
    """All text below the node (or of the text node itself), nothing added between elements."""
    if is_text(node):
        return node.text_content or ""
    return "".join(child.text_content or "" for child in walk(node) if child.is_text_node)


def attribute(node: Node, name: str) -> str | None:
    """Value of an attribute: None when it is not there, an empty string when it has no value."""
    attributes = node.attributes
    if name not in attributes:
        return None
    return attributes[name] or ""


def set_attribute(node: Node, name: str, value: str) -> None:
    """Set an attribute."""
    node.attrs[name] = value


def remove_attribute(node: Node, name: str) -> None:
    """Drop an attribute, if it is there."""
    if name in node.attributes:
        del node.attrs[name]


def classes(node: Node) -> list[str]:
    """Class names of an element, in the order written."""
    return (attribute(node, "class") or "").split()


def replace(node: Node, html: str) -> None:
    """Put a fragment's nodes in the place of a node."""
    fragment = parse(html)
    for child in children(fragment):
        node.insert_before(child)
    node.decompose()


def insert_before(node: Node, html: str) -> None:
    """Put a fragment's nodes before a node."""
    for child in children(parse(html)):
        node.insert_before(child)


def remove(node: Node) -> None:
    """Take a node and all below it out of its tree."""
    node.decompose()


_TEXT_SPECIAL: Final = regex("[&<>\u00a0]")
_ATTRIBUTE_SPECIAL: Final = regex('[&"<>\u00a0]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\u00a0": "&nbsp;"}


def escape(value: str) -> str:
    """Text as HTML (the serialisation rules of the HTML standard, section 13.3)."""
    return _TEXT_SPECIAL.sub(lambda m: _ENTITIES[m[0]], value)


def escape_attribute(value: str) -> str:
    """Text for a double-quoted attribute value."""
    return _ATTRIBUTE_SPECIAL.sub(lambda m: _ENTITIES[m[0]], value)
