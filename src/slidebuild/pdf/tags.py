"""The structure tree of a printed file: what the browser wrote, made what PDF/UA-1 (ISO 14289-1) asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from slidebuild.pdf.artifacts import mark_artifacts
from slidebuild.pdf.drawn_once import draw_tags_once
from slidebuild.pdf.structure import Content, Element, Reference, Tree, first_page, set_text
from slidebuild.pdf.tag_blocks import dissolve_boxes, make_paragraphs
from slidebuild.pdf.tag_headings import settle_headings
from slidebuild.pdf.tag_links import settle_link_tags
from slidebuild.pdf.tag_lists import settle_lists
from slidebuild.pdf.tag_pictures import drop_content, plain_content, settle_pictures
from slidebuild.pdf.tag_tables import attributes, header_cells, settle_tables

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {"Em": "Span", "Strong": "Span", "Sub": "Span", "Title": "H1", "Aside": "Div", "FENote": "Note"}
)
"""PDF 2.0 types that Chromium writes into older files, and what stands for them; poppler drops their text else."""


def mark_content(tree: Tree) -> None:
    """Let all that pages draw have a tag or be an artifact. No page depends on another."""
    draw_tags_once(tree.pdf)
    running = settle_pictures(tree)
    drop_content(tree, mark_artifacts(tree.pdf, running, plain_content(tree)))


def settle_tags(pdf: Pdf, titles: Sequence[str] | None, lang: str, *, is_marked: bool = False) -> None:
    """Arrange the tags and mark all else as artifact, unless that was done (`mark_content`).

    `titles` are those of the pages, each of which becomes a section; None leaves sections as they are. What varies from
    run to run is made steady. Works on what the browser printed, on merged slides, and again on its own result.
    """
    tree = Tree.read(pdf)
    if not is_marked:
        mark_content(tree)
    dissolve_boxes(tree)
    _make_sections(tree, titles, lang)
    settle_link_tags(tree)
    settle_tables(tree)
    settle_lists(tree)
    settle_headings(tree)
    make_paragraphs(tree)
    _name_notes(tree)
    _name_headers(tree)
    _write_names(tree)
    used = {element.kind for element in tree.walk()} & ROLES.keys()
    if used:
        tree.root.obj[Name.RoleMap] = Dictionary({f"/{kind}": Name(f"/{ROLES[kind]}") for kind in sorted(used)})
    tree.write()
    for page in pdf.pages:
        page.obj[Name.Tabs] = Name.S


def _make_sections(tree: Tree, titles: Sequence[str] | None, lang: str) -> None:
    """One document, and in it a section a page; the browser's own box for a slide becomes the section."""
    tops = tree.root.elements
    if len(tops) != 1 or tops[0].kind != "Document":
        tree.root.kids = [tree.new("Document", tree.root.kids)]
    (document,) = tree.root.elements
    if titles is None:
        return
    found: dict[tuple[int, int], list[Element | Content | Reference]] = {page.obj.objgen: [] for page in tree.pdf.pages}
    for kid in document.kids:
        page = first_page(kid) if isinstance(kid, Element) else kid.page
        if page is not None:
            found[page.objgen].append(kid)
    document.kids = []
    for kids, title in zip(found.values(), titles, strict=True):
        if not kids:
            continue
        first = kids[0]
        section = (
            first if len(kids) == 1 and isinstance(first, Element) and first.kind == "Sect" else tree.new("Sect", kids)
        )
        set_text(section, Name.T, title)
        set_text(section, Name.Lang, lang)
        document.kids.append(section)


def _name_headers(tree: Tree) -> None:
    """Name header cells by their order.

    Chromium names them after nodes in its memory (`node00000031`), which differs from run to run.
    """
    found = list(header_cells(tree.root))
    names = {bytes(element.obj[Name.ID]): f"th{count:06}" for count, element in enumerate(found, 1)}
    for element in found:
        element.obj[Name.ID] = String(names[bytes(element.obj[Name.ID])])
    for element in tree.walk():
        for entry in attributes(element) if element.kind in ("TD", "TH") else ():
            if Name.Headers in entry:
                known = [names[bytes(old)] for old in entry[Name.Headers] if bytes(old) in names]
                if known:
                    entry[Name.Headers] = Array([String(name) for name in known])
                else:
                    del entry[Name.Headers]


def _name_notes(tree: Tree) -> None:
    """Notes have names of their own (ISO 14289-1, 7.9)."""
    notes = (element for element in tree.walk() if ROLES.get(element.kind, element.kind) == "Note")
    for count, element in enumerate(notes, 1):
        element.obj[Name.ID] = String(f"note{count:06}")


def _write_names(tree: Tree) -> None:
    """The index of all elements with a name."""
    if Name.IDTree in tree.root.obj:
        del tree.root.obj[Name.IDTree]
    named = {str(element.obj[Name.ID]): element.obj for element in tree.walk() if Name.ID in element.obj}
    if named:
        index = NameTree.new(tree.pdf)
        for name in sorted(named):
            index[name] = named[name]
        tree.root.obj[Name.IDTree] = index.obj
