"""Whatever is drawn is content with a tag or an artifact: decorations, which no reader shall hear about.

The browser marks what has a tag and leaves the rest as it is: boxes, rules, backgrounds, pictures with `alt=""`.
PDF/UA-1 (ISO 14289-1, 7.1) wants it marked, too. Only marks are added, nothing is drawn otherwise. PDF 1.7, 14.6 and
14.8.2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.content import Piece, content_bytes, pieces

Running: TypeAlias = Literal["Header", "Footer"]
"""Of what stands on every page: at its top, or at its bottom."""
Place: TypeAlias = tuple[tuple[int, int], int]
"""Of marked content: the page or form that holds it, and its number there."""

_ARTIFACT: Final = b"\n/Artifact BMC\n"
_END: Final = b"\nEMC\n"


def mark_artifacts(pdf: Pdf, running: Mapping[Place, Running]) -> None:
    """Mark all that is drawn without a mark as artifact, and `running`, which had tags, as artifact of every page."""
    forms = _forms(pdf)
    marked = _with_marks(forms)
    for page in pdf.pages:
        data = _marked(content_bytes(page.obj), page.obj, marked, _own(page.obj, running))
        if data is not None:
            page.obj[Name.Contents] = pdf.make_stream(data)
    for objgen in sorted(marked):
        form = forms[objgen]
        data = _marked(form.read_bytes(), form, marked, _own(form, running))
        if data is not None:
            form.write(data)


def xobjects(holder: Object) -> Mapping[str, Object]:
    """What a page or form may draw, by name."""
    found = (resources(holder) or Dictionary()).get(Name.XObject)
    return {name: obj for name, obj in found.items() if isinstance(obj, Stream)} if found is not None else {}


def is_form(obj: Object) -> bool:
    """Whether an XObject has content of its own."""
    return obj.get(Name.Subtype) == Name.Form


def resources(holder: Object) -> Object | None:
    """What the names in a page's or form's content stand for; pages inherit it from the nodes above (7.7.3.4)."""
    node: Object | None = holder
    while node is not None:
        if Name.Resources in node:
            return node[Name.Resources]
        node = node.get(Name.Parent) if not isinstance(node, Stream) else None
    return None


def _forms(pdf: Pdf) -> dict[tuple[int, int], Object]:
    """All forms that pages draw, and those drawn by forms."""
    found: dict[tuple[int, int], Object] = {}
    waiting: list[Object] = [page.obj for page in pdf.pages]
    while waiting:
        for obj in xobjects(waiting.pop()).values():
            if is_form(obj) and obj.objgen not in found:
                found[obj.objgen] = obj
                waiting.append(obj)
    return found


def _with_marks(forms: Mapping[tuple[int, int], Object]) -> set[tuple[int, int]]:
    """Forms that hold marked content, or draw forms that do: these are marked inside, the others as a whole."""
    marked = {
        objgen
        for objgen, form in forms.items()
        if any(is_mark(piece) for piece in pieces(form.read_bytes()) if piece.kind in ("begin", "mark"))
    }
    drawn = {objgen: [obj.objgen for obj in xobjects(form).values() if is_form(obj)] for objgen, form in forms.items()}
    while more := {objgen for objgen, inner in drawn.items() if objgen not in marked and not marked.isdisjoint(inner)}:
        marked |= more
    return marked


def is_mark(piece: Piece) -> bool:
    """Whether marked content has a tag or is an artifact; other marks say nothing of that."""
    return piece.name == "/Artifact" or piece.mcid is not None


def _own(holder: Object, running: Mapping[Place, Running]) -> Mapping[int, Running]:
    return {number: place for (objgen, number), place in running.items() if objgen == holder.objgen}


def _marked(data: bytes, holder: Object, marked: set[tuple[int, int]], running: Mapping[int, Running]) -> bytes | None:
    """A content stream with all its marks; None when none were missing."""
    whole = {name for name, obj in xobjects(holder).items() if obj.objgen not in marked}
    writing = _Writing(data, running)
    for piece in pieces(data):
        match piece.kind:
            case "begin" | "mark":
                writing.begin(piece)
            case "end":
                writing.end()
            case "text-begin" | "text-end":
                writing.close()
            case "paint" | "text":
                writing.paint(piece)
            case "draw" if piece.name in whole:
                writing.paint(piece)
            case "draw":
                writing.close()
            case "font":
                pass
    return writing.finish()


@dataclass(slots=True)
class _Writing:
    """Cuts a stream where marks are missing."""

    data: bytes
    running: Mapping[int, Running]

    _out: list[bytes] = field(default_factory=list)
    _copied: int = 0
    _open: list[bool] = field(default_factory=list)
    """For each mark that is open, whether it says what its content is."""
    _last: int | None = None
    """Where the last piece of an artifact begun here ends; None outside."""

    def begin(self, piece: Piece) -> None:
        self.close()
        self._open.append(is_mark(piece))
        place = self.running.get(piece.mcid) if piece.mcid is not None else None
        if place is not None:
            self._put(piece.start, f"\n/Artifact <</Type /Pagination /Subtype /{place}>>BDC".encode())
            self._copied = piece.end

    def end(self) -> None:
        self.close()
        if self._open:
            self._open.pop()

    def paint(self, piece: Piece) -> None:
        if any(self._open):
            return
        if self._last is None:
            self._put(piece.start, _ARTIFACT)
        self._last = piece.end

    def close(self) -> None:
        if self._last is not None:
            self._put(self._last, _END)
            self._last = None

    def finish(self) -> bytes | None:
        self.close()
        if not self._out:
            return None
        return b"".join((*self._out, self.data[self._copied :]))

    def _put(self, at: int, mark: bytes) -> None:
        self._out += (self.data[self._copied : at], mark)
        self._copied = at
