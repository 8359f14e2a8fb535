"""Checks of the finished file: one that fails them is not handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

Look: TypeAlias = Callable[[Pdf], object]


def faults(data: bytes, pages: int | None, box: tuple[Decimal, ...] | None, look: Look = lambda _: None) -> list[str]:
    """What is wrong with a file, in words; empty when nothing is.

    `pages`: how many there must be (None: any number but none), `box`: the MediaBox of each (None: all are alike),
    `look`: gets the file too, once it is open.
    """
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            look(pdf)
            return _faults(pdf, pages, box)
    except PdfError as error:
        return [f"it cannot be read: {error}"]


def _faults(pdf: Pdf, pages: int | None, box: tuple[Decimal, ...] | None) -> list[str]:
    found = list(_broken_streams(pdf))
    if len(pdf.pages) != (pages or len(pdf.pages) or 1):
        found.append(f"it has {len(pdf.pages)} pages, not {pages or 'one for each slide'}")
    for number, page in enumerate(pdf.pages, 1):
        if list(page.mediabox) != list(box or pdf.pages[0].mediabox):
            found.append(f"page {number} has the wrong size")
    found += [f"the font {name} is not embedded" for name in sorted(set(_loose_fonts(pdf)))]
    found += [f"the catalogue has no {key}" for key in ("/StructTreeRoot", "/Lang") if key not in pdf.Root]
    return found


def _broken_streams(pdf: Pdf) -> Iterator[str]:
    """Objects that cannot be read, and streams that cannot be unpacked.

    This is what `qpdf --check` does, but for the data of pictures: unpacking those of a deck takes a second and more,
    and they come as the browser wrote them.
    """
    for obj in pdf.objects:
        if isinstance(obj, Stream) and obj.get(Name.Subtype) != Name.Image:
            try:
                obj.read_bytes()
            except PdfError as error:
                yield f"the stream {obj.objgen[0]} cannot be unpacked: {error}"
    yield from (f"syntax: {warning}" for warning in pdf.get_warnings())


def _loose_fonts(pdf: Pdf) -> Iterator[str]:
    """Names of fonts whose shapes are not in the file (Type 3 fonts are made of drawing commands)."""
    for obj in pdf.objects:
        if not isinstance(obj, Dictionary) or obj.get(Name.Type) != Name.Font or obj.get(Name.Subtype) == Name.Type3:
            continue
        kinds = obj.get(Name.DescendantFonts)
        for font in kinds if isinstance(kinds, Array) else [obj]:
            if not _is_embedded(font):
                yield str(font.get(Name.BaseFont, "?")).removeprefix("/")


def _is_embedded(font: Object) -> bool:
    descriptor = font.get(Name.FontDescriptor)
    return descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
