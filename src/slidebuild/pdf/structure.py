"""The structure tree as plain objects, read from a file, rearranged, and written back. PDF 1.7, 14.7."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from slidebuild.records import dataclass

_Key: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content on a page, or in a form that the page draws."""

    page: Object
    number: int
    form: Object | None = None

    @property
    def holder(self) -> Object:
        """The page or form whose stream holds it."""
        return self.page if self.form is None else self.form


@dataclass(frozen=True, slots=True)
class Reference:
    """An annotation, such as a link."""

    page: Object
    annotation: Object


@dataclass(slots=True, eq=False)
class Element:
    """A tag. Its kind and kids may be changed; `obj` keeps all else that is said of it."""

    kind: str
    """Structure type, without the slash."""
    obj: Object
    kids: list[Element | Content | Reference] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """Its kids that are tags."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def alternative(self) -> str:
        """/Alt; empty for none."""
        return str(self.obj.get("/Alt", ""))


@dataclass(frozen=True, slots=True)
class Tree:
    """The tags of a file."""

    pdf: Pdf
    root: Element
    """The structure tree root itself, of kind ``."""

    @classmethod
    def read(cls, pdf: Pdf) -> Tree:
        """The tree of a file, empty if it has none. What refers to no page, and what stands twice, is left out."""
        obj = pdf.Root.get(Name.StructTreeRoot)
        if obj is None:
            obj = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root = Element("", obj)
        seen: set[_Key] = set()
        waiting = [root]
        while waiting:
            element = waiting.pop()
            page = element.obj.get("/Pg")
            for kid in kids_of(element.obj):
                found = _read(kid, page)
                if isinstance(found, Element):
                    if found.obj.is_indirect and found.obj.objgen in seen:
                        continue
                    seen.add(found.obj.objgen)
                    waiting.append(found)
                if found is not None:
                    element.kids.append(found)
        return cls(pdf, root)

    def new(self, kind: str, kids: list[Element | Content | Reference]) -> Element:
        """A tag that the file does not have yet."""
        return Element(kind, self.pdf.make_indirect(Dictionary(Type=Name.StructElem)), kids)

    def walk(self) -> Iterator[Element]:
        """All tags in document order, as they are now; without recursion."""
        return walk(self.root)

    def write(self) -> None:
        """Make this the tree of the file, with the parent tree that belongs to it."""
        owners: dict[int, Object] = {}
        contents: dict[int, dict[int, Object]] = {}
        for element in (self.root, *self.walk()):
            _write(element)
            for kid in element.kids:
                if isinstance(kid, Element):
                    kid.obj["/P"] = element.obj
                elif isinstance(kid, Reference):
                    owners[int(kid.annotation["/StructParent"])] = element.obj
                else:
                    contents.setdefault(int(kid.holder["/StructParents"]), {})[kid.number] = element.obj
        values: dict[int, object] = {**owners}
        for key, found in contents.items():
            values[key] = Array([found.get(number) for number in range(max(found) + 1)])
        numbers = [part for key in sorted(values) for part in (key, values[key])]
        self.root.obj[Name.ParentTree] = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.obj[Name.ParentTreeNextKey] = max(values, default=-1) + 1
        self.pdf.Root[Name.StructTreeRoot] = self.root.obj
        self.pdf.Root[Name.MarkInfo] = Dictionary(Marked=True)


def walk(top: Element) -> Iterator[Element]:
    """All tags below one, in document order."""
    waiting = list(reversed(top.elements))
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(element.elements))


def content_below(top: Element) -> Iterator[Content | Reference]:
    """All content of an element and of those below it, in document order."""
    waiting: list[Element | Content | Reference] = [top]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, Element):
            waiting.extend(reversed(kid.kids))
        else:
            yield kid


def first_page(top: Element) -> Object | None:
    """The page that an element begins on; None for one without content."""
    found = next(content_below(top), None)
    return found.page if found is not None else None


def next_key(pdf: Pdf) -> int:
    """A key into the parent tree that no page, form or annotation has."""
    keys = (
        int(obj[key])
        for obj in pdf.objects
        if isinstance(obj, Dictionary | Stream)
        for key in ("/StructParents", "/StructParent")
        if key in obj
    )
    return max(keys, default=-1) + 1


def set_text(element: Element, key: Name, text: str) -> None:
    """Set an entry of an element, or take it out."""
    if text:
        element.obj[key] = String(text)
    elif key in element.obj:
        del element.obj[key]


def elements_of(tree: Object) -> Iterator[Object]:
    """All tags of a tree as they stand in the file, in document order, without recursion."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if element is not tree:
            yield element
        waiting.extend(reversed([kid for kid in kids_of(element) if is_element(kid)]))


def is_element(kid: object) -> bool:
    """Whether what a tag holds is another tag."""
    return isinstance(kid, Dictionary) and "/S" in kid


def kids_of(obj: Object) -> list[Any]:
    """What a tag holds, as it stands in the file: other tags, numbers of marked content, references."""
    kids: Any = obj.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _read(kid: Any, page: Object | None) -> Element | Content | Reference | None:
    if isinstance(kid, int):
        return Content(page, kid) if page is not None else None
    if not isinstance(kid, Dictionary):
        return None
    if "/S" in kid:
        return Element(str(kid["/S"])[1:], kid)
    page = kid.get("/Pg", page)
    if page is None:
        return None
    if "/Obj" in kid:
        return Reference(page, kid["/Obj"])
    number: Any = kid.get("/MCID")
    return Content(page, number, kid.get("/Stm")) if isinstance(number, int) else None


def _write(element: Element) -> None:
    obj = element.obj
    if element.kind:
        obj["/S"] = Name(f"/{element.kind}")
    page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
    if page is not None:
        obj["/Pg"] = page
    elif "/Pg" in obj:
        del obj["/Pg"]
    kids = [_written(kid, page) for kid in element.kids]
    if kids:
        obj["/K"] = kids[0] if len(kids) == 1 else Array(kids)
    elif "/K" in obj:
        del obj["/K"]


def _written(kid: Element | Content | Reference, page: Object | None) -> object:
    match kid:
        case Element():
            return kid.obj
        case Reference():
            entry = Dictionary(Type=Name.OBJR, Obj=kid.annotation)
        case Content():
            if kid.form is None and page is not None and kid.page.objgen == page.objgen:
                return kid.number
            entry = Dictionary(Type=Name.MCR, MCID=kid.number)
            if kid.form is not None:
                entry["/Stm"] = kid.form
    if page is None or kid.page.objgen != page.objgen or isinstance(kid, Content):
        entry["/Pg"] = kid.page
    return entry
