"""Slides that were printed together, each cut out as it would be had it been printed alone.

What a page holds does not depend on the pages beside it (`Sheet.css` sees to that), but its names do: those of
resources, keys into the parent tree, table headers; and fonts hold what other pages show. All of that is made the
page's own here, so that the same slide gives the same bytes however many were printed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Final, TypeAlias
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, PdfError, Stream, String

from slidebuild.pdf.artifacts import page_forms
from slidebuild.pdf.drawn import pack_drawn
from slidebuild.pdf.font_parts import Faces, reduce_font
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.printed import Printed
from slidebuild.pdf.resource_names import Renaming, Unreadable
from slidebuild.pdf.shrink import shrink_images
from slidebuild.pdf.structure import Element, Reference, Tree, content_below
from slidebuild.pdf.tags import mark_content
from slidebuild.pdf.unicode_maps import settle_unicode_maps
from slidebuild.records import dataclass

_Key: TypeAlias = tuple[int, int]
Fill: TypeAlias = Callable[[int, Pdf], bool]
"""Completes the page of a slide (0-based) that was cut out; False if that cannot be."""

OWN: Final = "slidebuild-page:"
"""Scheme that stands for the deck's own address in links until they are settled."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A page that was cut out."""

    pdf: bytes
    """A file of its own."""
    drawn: bytes
    """What its content draws (`pack_drawn`)."""


def cut_pages(printed: Printed, sheet: Sheet, fill: Fill | None = None) -> Iterator[Cut | None] | None:
    """The pages of a printed file as files of their own; None when they are not one a slide and of the sheet's size.

    A page is None that cannot be told from those beside it (it has to be printed alone), or that `fill` refuses.
    """
    try:
        pdf = Pdf.open(BytesIO(printed.data))
    except PdfError:
        return None
    if len(pdf.pages) != len(printed.slides) or any(tuple(page.mediabox) != sheet.printed_box for page in pdf.pages):
        pdf.close()
        return None
    return _pages(pdf, printed, fill)


def box_name(index: int) -> str:
    """What leads to the slide of a number (0-based), in a link of a page that was cut out."""
    return f"sb-page-{index}"


def own_address(uri: str) -> str | None:
    """The relative address that stands for the deck's own in a link of a page that was cut out."""
    return uri.removeprefix(OWN) if uri.startswith(OWN) else None


def _pages(pdf: Pdf, printed: Printed, fill: Fill | None) -> Iterator[Cut | None]:
    with pdf:
        shrink_images(pdf)
        _settle_targets(pdf, printed)
        tops = _tops(Tree.read(pdf))
        places: dict[_Key, dict[str, Object]] = {}
        boxes = set(printed.survey.ids)  # these are known by the slides' numbers
        for name, place in pdf.Root.get(Name.Dests, Dictionary()).items():
            if unquote(name.removeprefix("/")) in boxes:
                continue
            places.setdefault(place[0].objgen, {})[name] = place
        faces, is_alone = Faces(), len(pdf.pages) == 1
        for index, page in zip(printed.slides, pdf.pages, strict=True):
            key = page.obj.objgen
            own = tops.get(key, [])
            try:
                found = _cut(page, own, places.get(key, {}), faces, is_alone=is_alone) if own is not None else None
            except (PdfError, Unreadable):
                found = None
            is_filled = found is not None and (fill is None or fill(index, found))
            yield _finished(found) if found is not None and is_filled else None


def _tops(tree: Tree) -> dict[_Key, list[Element] | None]:
    """The highest tags below the document of each page; None for pages that share one with others."""
    found: dict[_Key, list[Element] | None] = {}
    for top in (top for document in tree.root.elements for top in document.elements):
        pages = list(dict.fromkeys(kid.page.objgen for kid in content_below(top)))
        for page in pages:
            own = found.setdefault(page, [])
            if len(pages) > 1:
                found[page] = None
            elif own is not None:
                own.append(top)
    return found


def _cut(page: Page, tops: list[Element], places: Mapping[str, Object], faces: Faces, *, is_alone: bool) -> Pdf | None:
    """The page in a file of its own; None when one of its fonts may hold what other pages show."""
    single = Pdf.new()
    single.pages.append(page)
    own = single.pages[0].obj
    renaming = Renaming()
    renaming.page(own)
    for font, codes in list(renaming.used.values()):
        if not reduce_font(single, font, codes, faces) and not is_alone:
            return None
        if font.get(Name.Subtype) == Name.Type3:
            renaming.drawn_font(font)
    if places:
        single.Root[Name.Dests] = Dictionary({name: Array([own, *list(at)[1:]]) for name, at in sorted(places.items())})
    settle_unicode_maps(single)
    _take_tags(single, tops)
    return single


def _take_tags(single: Pdf, tops: list[Element]) -> None:
    """Give the page its tags, with keys and names of its own, and mark what has none."""
    root = single.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    copies = []
    for top in tops:
        if Name.P in top.obj:
            del top.obj[Name.P]  # else all other pages' tags would come along
        copies.append(single.copy_foreign(top.obj))
    root[Name.K] = Array(copies)
    single.Root[Name.StructTreeRoot] = root
    for obj in single.objects:
        if isinstance(obj, Dictionary | Stream):
            for key in (Name.StructParents, Name.StructParent):
                if key in obj:
                    del obj[key]
    tree = Tree.read(single)
    _number(tree)
    _name_headers(tree)
    mark_content(tree)
    tree.write()


def _number(tree: Tree) -> None:
    """Keys into the parent tree, in the order of the tags."""
    count = 0
    for kid in content_below(tree.root):
        holder, key = (
            (kid.annotation, Name.StructParent) if isinstance(kid, Reference) else (kid.holder, Name.StructParents)
        )
        if key not in holder:
            holder[key] = count
            count += 1


def _name_headers(tree: Tree) -> None:
    """Chromium names header cells after nodes in its memory (`node00000031`)."""
    named = [element for element in tree.walk() if Name.ID in element.obj]
    names = {bytes(element.obj[Name.ID]): f"th{count}" for count, element in enumerate(named)}
    for element in named:
        element.obj[Name.ID] = String(names[bytes(element.obj[Name.ID])])
    for element in tree.walk():
        attributes = element.obj.get(Name.A, Array())
        for entry in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(entry, Dictionary) and Name.Headers in entry:
                known = [names[bytes(old)] for old in entry[Name.Headers] if bytes(old) in names]
                entry[Name.Headers] = Array([String(name) for name in known])


def _settle_targets(pdf: Pdf, printed: Printed) -> None:
    """Let links lead to slides by their numbers, and to the deck's own address by `OWN`.

    The box of a slide has its own id only where the slide was printed; the address is a secret of the session.
    """
    places = {id_: index for index, id_ in enumerate(printed.survey.ids)}
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, []):
            to = places.get(unquote(str(annotation.get(Name.Dest, "/")).removeprefix("/")))
            if to is not None:
                annotation[Name.Dest] = Name(f"/{box_name(to)}")
            action = annotation.get(Name.A)
            if action is not None and Name.URI in action:
                own = printed.relative(str(action.URI))
                action.URI = action.URI if own is None else String(OWN + own)


def _finished(pdf: Pdf) -> Cut:
    out = BytesIO()
    with pdf:
        drawn = pack_drawn((pdf.pages[0].obj, *page_forms(pdf).values()))
        pdf.save(
            out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable
        )  # numbered as they are reached
    return Cut(out.getvalue(), drawn)
