"""Forms with tags are drawn once: the browser draws masked boxes twice, with the mask and with its inverse.

What is drawn again is a copy without marks, so that its text is read once. ISO 14289-1, 7.20.
"""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.artifacts import Key, forms_with_marks, is_form, page_forms, xobjects
from slidebuild.pdf.content import content_bytes, pieces


def draw_tags_once(pdf: Pdf) -> None:
    """Let everything but the first drawing of a form with marks draw a copy of it that has none."""
    forms = page_forms(pdf)
    marked = forms_with_marks(forms)
    if not marked:
        return
    copies: dict[Key, Object] = {}
    drawn: set[Key] = set()
    for holder in (*(page.obj for page in pdf.pages), *(forms[key] for key in sorted(marked))):
        again: dict[str, Key] = {}
        names = {name: obj.objgen for name, obj in xobjects(holder).items() if obj.objgen in marked}
        data = content_bytes(holder) if names else b""
        out: list[bytes] = []
        copied = 0
        for piece in pieces(data):
            key = names.get(piece.name) if piece.kind == "draw" else None
            if key is not None and key in drawn:
                name = f"/SbCopy{key[0]}"
                again[name] = key
                out += (data[copied : piece.start], f"\n{name} Do".encode())
                copied = piece.end
            elif key is not None:
                drawn.add(key)
        if again:
            _write(pdf, holder, b"".join((*out, data[copied:])))
            for key in again.values():
                _copy(pdf, forms[key], marked, copies)
            _add(holder, {name: copies[key] for name, key in again.items()})


def _copy(pdf: Pdf, form: Object, marked: set[Key], copies: dict[Key, Object]) -> None:
    """A form, and all forms with marks that it draws, without marks."""
    waiting, made = [form], []
    while waiting:
        original = waiting.pop()
        if original.objgen in copies:
            continue
        kept = {key: value for key, value in original.items() if key not in ("/Length", "/Filter", "/StructParents")}
        bare = pdf.make_indirect(Stream(pdf, _without_marks(original.read_bytes()), kept))
        copies[original.objgen] = bare
        made.append(bare)
        waiting += [obj for obj in xobjects(original).values() if is_form(obj) and obj.objgen in marked]
    for bare in made:
        _add(bare, {name: copies[obj.objgen] for name, obj in xobjects(bare).items() if obj.objgen in copies})


def _without_marks(data: bytes) -> bytes:
    out: list[bytes] = []
    copied = 0
    for piece in pieces(data):
        if piece.kind in ("begin", "mark", "end"):
            out.append(data[copied : piece.start])
            copied = piece.end
    return b"\n".join((*out, data[copied:]))


def _add(holder: Object, found: Mapping[str, Object]) -> None:
    """Put XObjects into the resources of a holder, which others may share."""
    if found:
        resources = Dictionary({**holder.get(Name.Resources, Dictionary())})
        resources[Name.XObject] = Dictionary({**resources.get(Name.XObject, Dictionary()), **found})
        holder[Name.Resources] = resources


def _write(pdf: Pdf, holder: Object, data: bytes) -> None:
    if isinstance(holder, Stream):
        holder.write(data)
    else:
        holder[Name.Contents] = pdf.make_stream(data)
