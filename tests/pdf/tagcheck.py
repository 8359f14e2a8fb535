"""Whether all tags of a PDF hold together: marked content, parent tree, structure elements, annotations."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, Stream, parse_content_stream


def elements(pdf: Pdf) -> Iterator[Object]:
    stack = [pdf.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        yield element
        stack += [kid for kid in reversed(kids(element)) if isinstance(kid, Dictionary) and Name.S in kid]


def kids(element: Object) -> list[Object]:
    found = element.get(Name.K, Array())
    return list(found) if isinstance(found, Array) else [found]


def tag_faults(pdf: Pdf) -> list[str]:
    """What is wrong, in words."""
    check = _Check(pdf)
    for element in elements(pdf):
        for kid in kids(element):
            check.kid(kid, element)
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            check.expect(annotation.objgen in check.named, "a link has no element")
            check.expect(Name.Contents in annotation, "a link has no description")
    for holder, number in marked(pdf):
        check.expect((holder.objgen, number) in check.holders, f"content {number} of {holder.objgen} has no element")
    return check.faults


class _Check:
    def __init__(self, pdf: Pdf) -> None:
        self.parents = dict(NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.holders: set[object] = set()
        self.named: set[object] = set()
        self.faults: list[str] = []

    def expect(self, is_right: bool, fault: str) -> None:
        if not is_right:
            self.faults.append(fault)

    def kid(self, kid: Object, element: Object) -> None:
        is_dictionary = isinstance(kid, Dictionary)
        if is_dictionary and Name.S in kid:
            self.expect(kid.P.objgen == element.objgen, f"{kid.S} has another parent")
            return
        page = kid.get(Name.Pg, element.get(Name.Pg)) if is_dictionary else element.Pg
        self.expect(page.objgen in self.pages, f"{element.S} stands on no page of the file")
        if is_dictionary and kid.get(Name.Type) == Name.OBJR:
            self.named.add(kid.Obj.objgen)
            owner = self.parents[int(kid.Obj.StructParent)]
        else:
            holder = kid.get(Name.Stm, page) if is_dictionary else page
            number = int(kid.MCID) if is_dictionary else int(kid)
            self.holders.add((holder.objgen, number))
            owner = self.parents[int(holder.StructParents)][number]
        self.expect(owner.objgen == element.objgen, f"content of {element.S} belongs to another element")


def marked(pdf: Pdf) -> Iterator[tuple[Object, int]]:
    forms = [obj for obj in pdf.objects if isinstance(obj, Stream) and obj.get(Name.Subtype) == Name.Form]
    for holder in (*(page.obj for page in pdf.pages), *forms):
        for operands, operator in parse_content_stream(holder):
            if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and Name.MCID in operands[1]:
                yield holder, int(operands[1].MCID)
