"""The structure tree: what varies between runs made steady, types that viewers don't know mapped to ones they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf, String

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {"/Em": "/Span", "/Strong": "/Span", "/Sub": "/Span", "/Title": "/H1", "/Aside": "/Div", "/FENote": "/Note"}
)
"""PDF 2.0 types that Chromium writes into older files, and what stands for them; poppler drops their text else."""


def settle_tags(pdf: Pdf, dropped: frozenset[int]) -> None:
    """Name table headers by their order, map roles, forget links that were taken out (by /StructParent key)."""
    tree = pdf.Root.get(Name.StructTreeRoot)
    if tree is None:
        _write_empty_tree(pdf)
        return
    headers: dict[bytes, Object] = {}
    used: set[str] = set()
    holders: list[Object] = []
    for element in elements(tree):
        used.add(str(element.get(Name.S)))
        if Name.ID in element:
            headers[bytes(element[Name.ID])] = element
        if Name.A in element:
            holders.append(element)
        _forget(element, dropped)
    _rename_headers(pdf, tree, headers, holders)
    roles = {kind: Name(ROLES[kind]) for kind in sorted(used & ROLES.keys())}
    if roles:
        tree[Name.RoleMap] = Dictionary(roles)
    if dropped and Name.ParentTree in tree:
        parents = NumberTree(tree[Name.ParentTree])
        for key in sorted(dropped):
            parents.pop(key, None)


def _write_empty_tree(pdf: Pdf) -> None:
    """A deck without any text or described picture gets no tags from the browser; it is a tagged file all the same."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array())))
    document = Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array())
    tree[Name.K] = pdf.make_indirect(document)
    pdf.Root[Name.StructTreeRoot] = tree
    pdf.Root[Name.MarkInfo] = Dictionary(Marked=True)


def elements(tree: Object) -> Iterator[Object]:
    """All elements of a structure tree in document order, without recursion."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if element is not tree:
            yield element
        children = [kid for kid in _kids(element) if isinstance(kid, Dictionary) and Name.S in kid]
        stack.extend(reversed(children))


def _kids(element: Object) -> list[Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _rename_headers(pdf: Pdf, tree: Object, headers: Mapping[bytes, Object], holders: list[Object]) -> None:
    """Chromium names header cells after nodes in its memory (`node00000031`), which differs from run to run."""
    names = {old: f"th{count:06}" for count, old in enumerate(headers, 1)}
    for old, element in headers.items():
        element[Name.ID] = String(names[old])
    for element in holders:
        attributes = element[Name.A]
        for entry in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(entry, Dictionary) and Name.Headers in entry:
                known = [names[bytes(old)] for old in entry[Name.Headers] if bytes(old) in names]
                entry[Name.Headers] = Array([String(name) for name in known])
    if Name.IDTree in tree:
        del tree[Name.IDTree]
    if headers:
        index = NameTree.new(pdf)
        for old, element in headers.items():
            index[names[old]] = element
        tree[Name.IDTree] = index.obj


def _forget(element: Object, dropped: frozenset[int]) -> None:
    """Take references to dropped links out of an element. What is no link any more, or never was, becomes text."""
    kids = _kids(element)
    kept = [kid for kid in kids if not _is_dropped(kid, dropped)]
    if element.get(Name.S) == Name.Link and not any(_is_reference(kid) for kid in kept):
        element[Name.S] = Name.Span
    if len(kept) == len(kids):
        return
    if kept:
        element[Name.K] = Array(kept)
    else:
        del element[Name.K]


def _is_reference(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


def _is_dropped(kid: Object, dropped: frozenset[int]) -> bool:
    if not _is_reference(kid):
        return False
    annotation = kid.get(Name.Obj)
    return isinstance(annotation, Dictionary) and int(annotation.get(Name.StructParent, -1)) in dropped
