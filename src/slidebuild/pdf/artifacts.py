"""Whatever is drawn is content with a tag or an artifact: decorations, which no reader shall hear about.

The browser marks what has a tag and leaves the rest as it is: boxes, rules, backgrounds, pictures with `alt=""`.
PDF/UA-1 (ISO 14289-1, 7.1) wants it marked, too. Only marks are added, nothing is drawn otherwise. PDF 1.7, 14.6 and
14.8.2.2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.content import Piece, content_bytes, pieces
from slidebuild.records import dataclass

Running: TypeAlias = Literal["Header", "Footer"]
"""Of what stands on every page: at its top, or at its bottom."""
Key: TypeAlias = tuple[int, int]
"""Number and generation of an object."""
Place: TypeAlias = tuple[Key, int]
"""Of marked content: the page or form that holds it, and its number there."""

_ARTIFACT: Final = b"\n/Artifact BMC\n"
_END: Final = b"\nEMC\n"


def mark_artifacts(pdf: Pdf, running: Mapping[Place, Running], plain: Collection[Place]) -> set[Place]:
    """Mark all that is drawn without a mark as artifact, and `running`, which had tags, as artifact of every page.

    Of `plain` marked content, too, what is made of nothing but paths and pictures: backgrounds, rules and borders,
    which the browser counts to the box they belong to. Returns all places whose tags are to be taken away.
    """
    forms = page_forms(pdf)
    marked = forms_with_marks(forms)
    gone = set(running)
    plain_here, running_here = _by_holder(plain), _by_holder(running)
    for holder in (*(page.obj for page in pdf.pages), *(forms[objgen] for objgen in sorted(marked))):
        key = holder.objgen
        own = {number: running[key, number] for number in running_here.get(key, ())}
        drawn = xobjects(holder)
        whole = {name for name, obj in drawn.items() if obj.objgen not in marked}
        pictures = {name for name, obj in drawn.items() if not is_form(obj)}
        writing = _Writing(content_bytes(holder), own, plain_here.get(key, ()), whole, pictures)
        data = writing.run()
        gone |= {(key, number) for number in writing.dropped}
        if data is not None and isinstance(holder, Stream):
            holder.write(data)
        elif data is not None:
            holder[Name.Contents] = pdf.make_stream(data)
    return gone


def _by_holder(places: Iterable[Place]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    for holder, number in places:
        found.setdefault(holder, set()).add(number)
    return found


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


def page_forms(pdf: Pdf) -> dict[Key, Object]:
    """All forms that pages draw, and those drawn by forms."""
    found: dict[Key, Object] = {}
    waiting: list[Object] = [page.obj for page in pdf.pages]
    while waiting:
        for obj in xobjects(waiting.pop()).values():
            if is_form(obj) and obj.objgen not in found:
                found[obj.objgen] = obj
                waiting.append(obj)
    return found


def forms_with_marks(forms: Mapping[Key, Object]) -> set[Key]:
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


@dataclass(slots=True)
class _Mark:
    """Marked content that is open."""

    says: bool
    """Whether it has a tag or is an artifact."""
    number: int | None
    """Of plain content that may turn out to be a decoration."""
    start: int
    end: int
    """Of what begins it."""
    is_drawn: bool = False
    has_more: bool = False


@dataclass(slots=True)
class _Writing:
    """Writes a stream anew, with the marks that are missing."""

    data: bytes
    running: Mapping[int, Running]
    plain: Collection[int]
    whole: Collection[str]
    """Names of XObjects that have no marks inside."""
    pictures: Collection[str]
    """Names of those that are no forms."""
    dropped: set[int] = field(default_factory=set)
    """Plain content that was made of paths and pictures."""
    _edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    """What stands from here to there is to become this."""
    _open: list[_Mark] = field(default_factory=list)
    _last: int | None = None
    """Where the last piece of an artifact begun here ends; None outside."""

    def run(self) -> bytes | None:
        """The stream with all its marks; None when none were missing."""
        for piece in pieces(self.data):
            match piece.kind:
                case "begin" | "mark":
                    self._begin(piece)
                case "end":
                    self._end()
                case "text-begin" | "text-end":
                    self._close()
                case "paint" | "text":
                    self._paint(piece)
                case "draw" if piece.name in self.whole:
                    self._paint(piece)
                case "draw":
                    self._close()
                    self._note(is_plain=False)
                case "font":
                    pass
        self._close()
        if not self._edits:
            return None
        out: list[bytes] = []
        copied = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0]):  # those made first go first
            out += (self.data[copied:start], new)
            copied = end
        return b"".join((*out, self.data[copied:]))

    def _begin(self, piece: Piece) -> None:
        self._close()
        number = piece.mcid
        self._open.append(_Mark(is_mark(piece), number if number in self.plain else None, piece.start, piece.end))
        place = self.running.get(number) if number is not None else None
        if place is not None:
            new = f"\n/Artifact <</Type /Pagination /Subtype /{place}>>BDC"
            self._edits.append((piece.start, piece.end, new.encode()))

    def _end(self) -> None:
        self._close()
        mark = self._open.pop() if self._open else None
        if mark is not None and mark.number is not None and mark.is_drawn and not mark.has_more:
            self._edits.append((mark.start, mark.end, _ARTIFACT.rstrip()))
            self.dropped.add(mark.number)

    def _paint(self, piece: Piece) -> None:
        self._note(is_plain=piece.kind == "paint" or (piece.kind == "draw" and piece.name in self.pictures))
        if any(mark.says for mark in self._open):
            return
        if self._last is None:
            self._edits.append((piece.start, piece.start, _ARTIFACT))
        self._last = piece.end

    def _note(self, *, is_plain: bool) -> None:
        for mark in self._open:
            mark.is_drawn |= is_plain
            mark.has_more |= not is_plain

    def _close(self) -> None:
        if self._last is not None:
            self._edits.append((self._last, self._last, _END))
            self._last = None
