"""Pages of a finished PDF put on the sheets of a hand-out, with their links and tags.

Each page becomes a form XObject: nothing is drawn anew, so a slide looks as it does in the PDF itself. What hangs on
the page moves along: annotations by their rectangles, tags with the form (`imposed_tags`). PDF 1.7, 8.10, 14.7.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from slidebuild.pdf.imposed_tags import merge_tags, offset_keys
from slidebuild.pdf.layout import MARGIN, RULE, Layout
from slidebuild.pdf.structure import elements_of
from slidebuild.records import dataclass

_PT: float = 0.75
"""Points in a CSS px."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a slide stands: 0-based sheet, and in points from the sheet's left lower corner its left lower corner."""

    sheet: int
    x: float
    y: float
    scale: float
    origin: tuple[float, float]
    """The corner of the slide's own MediaBox."""
    width: float
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the slide, on the sheet."""
        return self.x + (x - self.origin[0]) * self.scale, self.y + (y - self.origin[1]) * self.scale

    @property
    def matrix(self) -> tuple[float, ...]:
        """From the slide to the sheet, as `cm` takes it."""
        x, y = self.place(0, 0)
        return self.scale, 0, 0, self.scale, x, y


def impose(
    pdf: Pdf,
    printed_sheets: bytes,
    sheet: Layout,
    titles: Sequence[str],
    links: Sequence[str],
) -> tuple[Slot, ...]:
    """Turn the pages of `pdf` into sheets; where each slide stands.

    `printed_sheets` is the printed page of `handout_page`: the destination `sb-slot-N` tells the sheet of slide N.
    `titles` are those of the slides, `links` what the links of the notes read.
    """
    count = len(pdf.pages)
    with Pdf.open(BytesIO(printed_sheets)) as printed:
        offset_keys(printed, _next_key(pdf))
        slots = tuple(_slots(pdf, printed, sheet))
        for page in printed.pages:
            pdf.pages.append(page)
        tags = pdf.copy_foreign(printed.Root.StructTreeRoot) if Name.StructTreeRoot in printed.Root else None
    old = list(pdf.pages)[:count]
    new = list(pdf.pages)[count:]
    numbers = {page.obj.objgen: index for index, page in enumerate(old)}
    forms: list[Object] = []
    for index, (page, slot) in enumerate(zip(old, slots, strict=True)):
        target = new[slot.sheet]
        form = page.as_form_xobject()
        if Name.StructParents in page.obj:
            form[Name.StructParents] = page.obj[Name.StructParents]
        forms.append(form)
        target.add_resource(form, Name.XObject, Name(f"/SbSlide{index}"))
        target.contents_add(_drawing(index, slot, sheet).encode("ascii"), prepend=True)
    for target in new:
        _settle_notes_links(target, new, slots)
    for page, slot in zip(old, slots, strict=True):
        _move_annotations(page, new[slot.sheet], slot)
    for target in new:
        _retarget(target, numbers, new, slots)
    _move_bounds(pdf, {page.obj.objgen: slot for page, slot in zip(old, slots, strict=True)})
    moved = [(page.obj, new[slot.sheet].obj, form) for page, slot, form in zip(old, slots, forms, strict=True)]
    merge_tags(pdf, tags, moved, titles, links)
    del pdf.pages[:count]
    return slots


def _slots(pdf: Pdf, printed: Pdf, sheet: Layout) -> Iterator[Slot]:
    """Chromium tells the sheet rightly, but not the place on it: margins are left out of what it writes."""
    places = printed.Root.get(Name.Dests, Dictionary())
    sheets = {page.obj.objgen: index for index, page in enumerate(printed.pages)}
    for index, page in enumerate(pdf.pages):
        at = places[f"/sb-slot-{index}"]
        left, bottom, right, _ = (float(value) for value in page.mediabox)
        width, height = sheet.slide[0] * _PT, sheet.slide[1] * _PT
        number = sheets[at[0].objgen]
        x, y = sheet.places[index % len(sheet.places)]
        top = float(printed.pages[number].mediabox[3]) - (MARGIN + y) * _PT
        origin = (left, bottom)
        yield Slot(number, (MARGIN + x) * _PT, top - height, width / (right - left), origin, width, height)


def _next_key(pdf: Pdf) -> int:
    """A key that no page, form or annotation has in the parent tree."""
    keys = (
        int(obj[key])
        for obj in pdf.objects
        if isinstance(obj, Dictionary) or hasattr(obj, "keys")
        for key in (Name.StructParents, Name.StructParent)
        if key in obj
    )
    return max(keys, default=-1) + 1


def _drawing(index: int, slot: Slot, sheet: Layout) -> str:
    """The slide, its frame, and the ruled lines beside it."""
    matrix = " ".join(f"{value:.5f}" for value in slot.matrix)
    frame = f"{slot.x:.3f} {slot.y:.3f} {slot.width:.3f} {slot.height:.3f} re S"
    left, right, count = sheet.rules
    top = slot.y + slot.height
    lines = " ".join(
        f"{slot.x + left * _PT:.3f} {y:.3f} m {slot.x + right * _PT:.3f} {y:.3f} l S"
        for y in (top - RULE * _PT * number for number in range(1, count + 1))
    )
    return f"q {matrix} cm /SbSlide{index} Do Q\n/Artifact BMC q 0.5 w 0.6 G {frame} 0.75 G {lines} Q EMC\n"


def _move_annotations(page: Page, sheet: Page, slot: Slot) -> None:
    found = page.obj.get(Name.Annots)
    if found is None:
        return
    kept = list(sheet.obj.get(Name.Annots, Array()))
    for annotation in found:
        for key in (Name.Rect, Name.QuadPoints):
            if key in annotation:
                values = [float(value) for value in annotation[key]]
                points = (slot.place(*values[at : at + 2]) for at in range(0, len(values), 2))
                annotation[key] = Array([round(value, 3) for point in points for value in point])
        if Name.P in annotation:
            annotation[Name.P] = sheet.obj
        kept.append(annotation)
    sheet.obj[Name.Annots] = Array(kept)
    sheet.obj[Name.Tabs] = Name.S


def _move_bounds(pdf: Pdf, slots: Mapping[tuple[int, int], Slot]) -> None:
    """Where figures and formulas are is told in points of the page, too."""
    for element in elements_of(pdf.Root.StructTreeRoot) if Name.StructTreeRoot in pdf.Root else ():
        attributes = element.get(Name.A)
        slot = slots.get(element[Name.Pg].objgen) if Name.Pg in element else None
        for entry in attributes if isinstance(attributes, Array) and slot is not None else ():
            if Name.BBox in entry and slot is not None:
                left, bottom, right, top = (float(value) for value in entry[Name.BBox])
                corners = (*slot.place(left, bottom), *slot.place(right, top))
                entry[Name.BBox] = Array([round(value, 2) for value in corners])


def _settle_notes_links(sheet: Page, sheets: Sequence[Page], slots: Sequence[Slot]) -> None:
    """Links of the notes to slides: named when they were printed, now explicit."""
    for annotation in sheet.obj.get(Name.Annots, Array()):
        name = str(annotation.get(Name.Dest, "")).removeprefix("/")
        if name.startswith("sb-slot-"):
            annotation[Name.Dest] = destination(slots[int(name.removeprefix("sb-slot-"))], sheets)


def _retarget(sheet: Page, numbers: dict[tuple[int, int], int], sheets: Sequence[Page], slots: Sequence[Slot]) -> None:
    """Page jumps of slides lead to where the slide, or the place on it, stands now."""
    for annotation in sheet.obj.get(Name.Annots, Array()):
        target = annotation.get(Name.Dest)
        if not isinstance(target, Array) or target[0].objgen not in numbers:
            continue
        slot = slots[numbers[target[0].objgen]]
        if target[1] == Name.XYZ and len(target) > 3:
            x, y = slot.place(float(target[2]), float(target[3]))
            annotation[Name.Dest] = Array([sheets[slot.sheet].obj, Name.XYZ, round(x, 3), round(y, 3), 0])
        else:
            annotation[Name.Dest] = destination(slot, sheets)


def destination(slot: Slot, sheets: Sequence[Page]) -> Array:
    """The explicit destination of a slide on its sheet."""
    return Array([sheets[slot.sheet].obj, Name.XYZ, round(slot.x, 3), round(slot.y + slot.height, 3), 0])
