"""Links in the structure tree: each annotation has its tag, each tag its annotation. ISO 14289-1, 7.18.5."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

from slidebuild.pdf.structure import Content, Element, Reference, Tree, next_key


def settle_link_tags(tree: Tree) -> None:
    """Forget annotations that were taken out; what is no link any more is text; links without a tag get one."""
    pages = _pages(tree.pdf)
    held: set[tuple[int, int]] = set()
    for element in list(tree.walk()):
        element.kids = [kid for kid in element.kids if not isinstance(kid, Reference) or _is_there(kid, pages)]
        found = [kid for kid in element.kids if isinstance(kid, Reference)]
        if element.kind == "Link":
            held |= {kid.annotation.objgen for kid in found}
            if not found:
                element.kind = "Span"
    key = next_key(tree.pdf)
    for page in tree.pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            if annotation.get(Name.Subtype) == Name.Link and annotation.objgen not in held and annotation.is_indirect:
                annotation[Name.StructParent] = key
                link = tree.new("Link", [Reference(page.obj, annotation)])
                _section(tree, page.obj).kids.append(tree.new("P", [link]))
                key += 1


def _pages(pdf: Pdf) -> dict[tuple[int, int], tuple[int, int]]:
    """The page of each annotation that a page shows."""
    return {
        annotation.objgen: page.obj.objgen for page in pdf.pages for annotation in page.obj.get(Name.Annots, Array())
    }


def _is_there(kid: Reference, pages: dict[tuple[int, int], tuple[int, int]]) -> bool:
    return isinstance(kid.annotation, Dictionary) and kid.annotation.objgen in pages


def _section(tree: Tree, page: Object) -> Element:
    """What holds the tags of a page, as near to the root as can be."""
    top = next(iter(tree.root.elements))
    for element in top.elements:
        found: list[Element | Content | Reference] = [element]
        while found and isinstance(found[0], Element):
            found = found[0].kids
        if found and not isinstance(found[0], Element) and found[0].page.objgen == page.objgen:
            return element
    return top
