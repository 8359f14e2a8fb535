"""Rules about links, fields and other annotations. ISO 14289-1, 7.18."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Stream

from slidebuild.patterns import regex
from slidebuild.pdf.ua.drawing import Holder, draw
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Annotation, Subject

_KNOWN: Final = frozenset(
    (
        *("Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline"),
        *("Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Sound", "Movie", "Widget"),
        *("Screen", "PrinterMark", "TrapNet", "Watermark", "3D", "Redact"),
    )
)
"""PDF 1.7, table 169."""
_HIDDEN: Final = 1 << 1
_MEDIA_TYPE: Final = regex(r"[-\w+.]+/[-\w+.]+")


def _owner(subject: Subject, annotation: Annotation) -> str:
    element = subject.annotation_owners.get(annotation.obj.objgen)
    return subject.standard(element) if element is not None else ""


def _is_shown(subject: Subject, annotation: Annotation) -> bool:
    if int(annotation.obj.get(Name.F, 0)) & _HIDDEN:
        return False
    page = subject.pages[annotation.page]
    box = subject.pdf.pages[annotation.page].cropbox if Name.MediaBox in page else None
    rect = annotation.obj.get(Name.Rect)
    if box is None or not isinstance(rect, Array) or len(rect) != 4:
        return True
    left, bottom, right, top = (float(value) for value in box)
    x1, y1, x2, y2 = (float(value) for value in rect)
    return max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > bottom and min(y1, y2) < top


def _words(subject: Subject, annotation: Annotation) -> str:
    element = subject.annotation_owners.get(annotation.obj.objgen)
    return str(annotation.obj.get(Name.Contents, "")) or (element.alternative if element is not None else "")


def _others(subject: Subject, *but: str) -> Iterator[Annotation]:
    """Annotations that are shown, but for some types and those that only belong to another."""
    for annotation in subject.annotations:
        if annotation.subtype not in ("Popup", *but) and _is_shown(subject, annotation):
            yield annotation


def _of_type(subject: Subject, subtype: str) -> Iterator[Annotation]:
    return (annotation for annotation in subject.annotations if annotation.subtype == subtype)


def annotations_have_tags(subject: Subject) -> Iterator[Fault]:
    """An annotation that is no link or field stands in an Annot."""
    for annotation in _others(subject, "Widget", "Link", "PrinterMark"):
        if _owner(subject, annotation) != "Annot":
            yield Fault(f"a {annotation.subtype} annotation stands in no Annot", annotation.page)


def annotations_are_described(subject: Subject) -> Iterator[Fault]:
    """An annotation that is no field has a description."""
    for annotation in _others(subject, "Widget", "Link", "PrinterMark"):
        if not _words(subject, annotation).strip():
            yield Fault(f"a {annotation.subtype} annotation has no description", annotation.page)


def fields_are_described(subject: Subject) -> Iterator[Fault]:
    """A field of a form has a description."""
    for annotation in _of_type(subject, "Widget"):
        field: Object | None = annotation.obj
        found = ""
        while field is not None and not found:
            found, field = str(field.get(Name.TU, "")), field.get(Name.Parent)
        element = subject.annotation_owners.get(annotation.obj.objgen)
        if _is_shown(subject, annotation) and not found and not (element is not None and element.alternative):
            yield Fault("a field has no description", annotation.page)


def unknown_annotations_are_described(subject: Subject) -> Iterator[Fault]:
    """An annotation of a type that PDF does not know is tagged and described, too."""
    for annotation in _others(subject, *_KNOWN):
        if _owner(subject, annotation) != "Annot" or not _words(subject, annotation).strip():
            yield Fault(f"an annotation of the unknown type {annotation.subtype or '(none)'}", annotation.page)


def no_trap_nets(subject: Subject) -> Iterator[Fault]:
    """No annotation is made for printing presses."""
    for annotation in _of_type(subject, "TrapNet"):
        yield Fault("a TrapNet annotation", annotation.page)


def _tab_orders(subject: Subject) -> Iterator[tuple[int, Object | None]]:
    for page in dict.fromkeys(annotation.page for annotation in subject.annotations):
        yield page, subject.pages[page].get(Name.Tabs)


def pages_have_tab_order(subject: Subject) -> Iterator[Fault]:
    """A page with annotations tells the order of tabbing."""
    for page, order in _tab_orders(subject):
        if order is None:
            yield Fault("a page with annotations has no /Tabs", page)


def tab_order_is_that_of_tags(subject: Subject) -> Iterator[Fault]:
    """The order of tabbing is that of the tags."""
    for page, order in _tab_orders(subject):
        if order is not None and order != Name.S:
            yield Fault(f"/Tabs is {order}, not /S", page)


def fields_have_tags(subject: Subject) -> Iterator[Fault]:
    """A field stands in a Form."""
    for annotation in _of_type(subject, "Widget"):
        if _is_shown(subject, annotation) and _owner(subject, annotation) != "Form":
            yield Fault("a field stands in no Form", annotation.page)


def links_have_tags(subject: Subject) -> Iterator[Fault]:
    """A link stands in a Link."""
    for annotation in _of_type(subject, "Link"):
        if _is_shown(subject, annotation) and _owner(subject, annotation) != "Link":
            yield Fault("a link stands in no Link", annotation.page)


def links_are_described(subject: Subject) -> Iterator[Fault]:
    """A link has a description in /Contents."""
    for annotation in _of_type(subject, "Link"):
        if _is_shown(subject, annotation) and not str(annotation.obj.get(Name.Contents, "")).strip():
            yield Fault("a link has no description", annotation.page)


def _clips(subject: Subject) -> Iterator[tuple[int, Object]]:
    """Media clips that annotations play (PDF 1.7, 13.2.4)."""
    for annotation in subject.annotations:
        action = annotation.obj.get(Name.A)
        rendition = action.get(Name.R) if isinstance(action, Dictionary) else None
        clip = rendition.get(Name.C) if isinstance(rendition, Dictionary) else None
        if isinstance(clip, Dictionary):
            yield annotation.page, clip


def clips_have_types(subject: Subject) -> Iterator[Fault]:
    """A media clip tells its type."""
    for page, clip in _clips(subject):
        if not _MEDIA_TYPE.fullmatch(str(clip.get(Name.CT, ""))):
            yield Fault("a media clip does not tell its type", page)


def clips_are_described(subject: Subject) -> Iterator[Fault]:
    """A media clip has alternative texts."""
    for page, clip in _clips(subject):
        if not any(str(text) for text in clip.get(Name.Alt, Array())):
            yield Fault("a media clip has no alternative text", page)


def attached_files_have_names(subject: Subject) -> Iterator[Fault]:
    """A file attached to a page has its names."""
    for annotation in _of_type(subject, "FileAttachment"):
        file = annotation.obj.get(Name.FS)
        if not isinstance(file, Dictionary) or not all(str(file.get(key, "")) for key in ("/F", "/UF")):
            yield Fault("an attached file has no names", annotation.page)


def printer_marks_have_no_tags(subject: Subject) -> Iterator[Fault]:
    """Marks for printing presses are no content."""
    for annotation in _of_type(subject, "PrinterMark"):
        if _owner(subject, annotation):
            yield Fault("a PrinterMark annotation has a tag", annotation.page)


def printer_marks_are_artifacts(subject: Subject) -> Iterator[Fault]:
    """What marks for printing presses draw is an artifact."""
    for annotation in _of_type(subject, "PrinterMark"):
        look = annotation.obj.get(Name.AP, Dictionary()).get(Name.N)
        if isinstance(look, Stream) and draw(look, {look.objgen: Holder.read(look, {})}, ()).unmarked:
            yield Fault("a PrinterMark annotation draws what is no artifact", annotation.page)
