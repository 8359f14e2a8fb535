"""The structure tree of a hand-out: the sheets' own tags, each slide's in a section before its number.

A slide's content is a form now, so its marked content is addressed by form and sheet (`/MCR` with `/Stm`); its numbers
and its entry in the parent tree stay. PDF 1.7, 14.7.4.2 to 14.7.4.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from slidebuild.pdf.structure import elements_of, is_element, kids_of

Moved = tuple[Object, Object, Object]
"""A page, the sheet it stands on, the form it became."""

_SLOT = "sb-slot-"


def offset_keys(pdf: Pdf, offset: int) -> None:
    """Raise all keys into the parent tree, so that those of two files go together."""
    for obj in pdf.objects:
        if hasattr(obj, "keys"):
            for key in (Name.StructParents, Name.StructParent):
                if key in obj:
                    obj[key] = int(obj[key]) + offset
    tree = pdf.Root.get(Name.StructTreeRoot)
    if tree is not None and Name.ParentTree in tree:
        moved = [item for key, value in _parents(tree) for item in (key + offset, value)]
        tree[Name.ParentTree] = pdf.make_indirect(Dictionary(Nums=Array(moved)))


def merge_tags(
    pdf: Pdf, sheets: Object | None, moved: Sequence[Moved], titles: Sequence[str], links: Sequence[str]
) -> None:
    """Put the slides' tags into those of the sheets, which become the file's."""
    slides = pdf.Root.get(Name.StructTreeRoot)
    if sheets is None or slides is None:
        return
    subtrees = _by_page(slides, [page for page, _, _ in moved])
    for (page, sheet, form), elements in zip(moved, subtrees, strict=True):
        for element in elements:
            _move(element, page, sheet, form)
    _describe_links(sheets, links)
    for element in list(elements_of(sheets)):
        label = str(element.get(Name.Alt, ""))
        if element.get(Name.S) == Name.Figure and label.startswith(_SLOT):
            index = int(label.removeprefix(_SLOT))
            element[Name.S] = Name.P
            del element[Name.Alt]
            _insert_section(pdf, element, subtrees[index], titles[index])
    numbers = [item for key, value in sorted([*_parents(slides), *_parents(sheets)], key=_key) for item in (key, value)]
    sheets[Name.ParentTree] = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    sheets[Name.ParentTreeNextKey] = int(numbers[-2]) + 1 if numbers else 0
    if Name.RoleMap in slides:
        sheets[Name.RoleMap] = slides[Name.RoleMap]
    pdf.Root[Name.StructTreeRoot] = sheets
    pdf.Root[Name.MarkInfo] = Dictionary(Marked=True)


def _key(entry: tuple[int, Object]) -> int:
    return entry[0]


def _parents(tree: Object) -> Iterator[tuple[int, Object]]:
    if Name.ParentTree in tree:
        yield from NumberTree(tree[Name.ParentTree]).items()


def _insert_section(pdf: Pdf, number: Object, elements: Sequence[Object], title: str) -> None:
    """A slide's tags, before the paragraph with its number."""
    if not elements:
        return
    parent = number[Name.P]
    section = elements[0]
    if len(elements) > 1 or section.get(Name.S) != Name.Sect:
        section = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array(elements)))
        for element in elements:
            element[Name.P] = section
    section[Name.P] = parent
    if title:
        section[Name.T] = String(title)
    kids = kids_of(parent)
    at = next(index for index, kid in enumerate(kids) if isinstance(kid, Dictionary) and kid.objgen == number.objgen)
    parent[Name.K] = Array([*kids[:at], section, *kids[at:]])


def _by_page(tree: Object, pages: Sequence[Object]) -> list[list[Object]]:
    """For each page the largest elements that hold nothing of another one, in order; empty elements are left out."""
    order = list(elements_of(tree))
    used: dict[tuple[int, int], set[tuple[int, int]]] = {element.objgen: set() for element in order}
    for element in reversed(order):
        own = used[element.objgen]
        for kid in kids_of(element):
            own |= used[kid.objgen] if is_element(kid) else _page_of(kid, element)
    index = {page.objgen: number for number, page in enumerate(pages)}
    found: list[list[Object]] = [[] for _ in pages]
    stack = [tree]
    while stack:
        element = stack.pop()
        at = used.get(element.objgen, set())
        if element.objgen in used and len(at) == 1 and element.get(Name.S) != Name.Document:
            found[index[next(iter(at))]].append(element)
        elif element.objgen not in used or at:
            stack.extend(reversed([kid for kid in kids_of(element) if is_element(kid)]))
    return found


def _page_of(kid: Object, element: Object) -> set[tuple[int, int]]:
    page = kid.get(Name.Pg) if isinstance(kid, Dictionary) else None
    page = element.get(Name.Pg) if page is None else page
    return set() if page is None else {page.objgen}


def _move(top: Object, page: Object, sheet: Object, form: Object) -> None:
    """Address the content of an element, and of all below it, by the form on its sheet."""
    stack = [top]
    while stack:
        element = stack.pop()
        kids: list[object] = []
        for kid in kids_of(element):
            if isinstance(kid, Dictionary):
                if is_element(kid):
                    stack.append(kid)
                else:
                    kid[Name.Pg] = sheet
                    if kid.get(Name.Type) == Name.MCR and Name.Stm not in kid:
                        kid[Name.Stm] = form
                kids.append(kid)
            else:
                kids.append(Dictionary(Type=Name.MCR, Pg=sheet, Stm=form, MCID=int(kid)))
        if kids:
            element[Name.K] = Array(kids)
        if Name.Pg in element and element[Name.Pg].objgen == page.objgen:
            element[Name.Pg] = sheet


def _describe_links(tree: Object, links: Sequence[str]) -> None:
    """What each link of the notes reads: their order in the tree is that of the page."""
    elements = [element for element in elements_of(tree) if element.get(Name.S) == Name.Link]
    known: Mapping[int, str] = dict(enumerate(links)) if len(elements) == len(links) else {}
    for index, element in enumerate(elements):
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR:
                address = str(kid.Obj.A.get(Name.URI, "")) if Name.A in kid.Obj else ""
                kid.Obj[Name.Contents] = String(known.get(index) or address or "link")
