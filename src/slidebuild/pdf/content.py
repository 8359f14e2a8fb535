"""What a content stream draws, and between which marks: enough to tag it and to check its tags.

The stream is cut by one regular expression with a match for each operator that matters: pikepdf's own parser makes an
object of every number, which takes twice as long for drawings of a megabyte. PDF 1.7, 7.8.2, 8.2 and 14.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from pikepdf import Array, Object, Stream

from slidebuild.patterns import regex

Kind = Literal["paint", "text", "font", "draw", "begin", "mark", "end", "text-begin", "text-end"]
"""`paint`: a path, shading or inline picture; `text`: text shown; `draw`: an XObject; `begin`: marked content with a
property list; `mark`: marked content without; `end`: of marked content."""

_SPACE: Final = rb"\x00\t\n\f\r "
_STRING: Final = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
_OPERANDS: Final = (
    rb"(?:[" + _SPACE + rb"0-9.+\-\[\]]++|/[^" + _SPACE + rb"()<>\[\]{}/%]*+|<<|>>|<[0-9A-Fa-f" + _SPACE + rb"]*+>|"
    rb"" + _STRING + rb"|%[^\r\n]*+|(?:true|false|null)(?![A-Za-z0-9*]))*+"
)
_END: Final = rb"(?![A-Za-z0-9*'\"])"
_SILENT: Final = (
    rb"(?:"
    + _OPERANDS
    + rb"(?:q|Q|cm|[wJjMi]|d[01]?|ri|gs|CS|cs|SCN?|scn?|[Gg]|RG|rg|[Kk]|T[cwzLrsdDm]|T\*|MP|DP|BX|EX)"
    rb"" + _END + rb")*+"
)
_PATH: Final = rb"(?:" + _OPERANDS + rb"(?:[mlcvyhW]|re|W\*)" + _END + rb")*+"
_OPERATOR: Final = regex(
    _SILENT
    + rb"(?P<operands>[" + _SPACE + rb"]*+" + _OPERANDS + rb")"
    + rb"(?:(?P<path>(?:[mlcvyhW]|re|W\*)" + _END + _PATH + rb")(?P<tail>" + _OPERANDS
    + rb"(?:[SsFBb]|f\*?|[Bb]\*|(?P<none>n))" + _END + rb")?|(?P<name>[A-Za-z'\"][A-Za-z0-9*]*+))",
    re.DOTALL,
)  # fmt: skip
_PICTURE_END: Final = regex(rb"[" + _SPACE + rb"]EI(?=[" + _SPACE + rb"]|\Z)")
_KINDS: Final[dict[bytes, Kind]] = {
    **dict.fromkeys((b"S", b"s", b"F", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"BI"), "paint"),
    **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), "text"),
    b"Tf": "font",
    b"Do": "draw",
    b"BDC": "begin",
    b"BMC": "mark",
    b"EMC": "end",
    b"BT": "text-begin",
    b"ET": "text-end",
}


class Piece(NamedTuple):
    """An operator with its operands; a path with all that it is made of."""

    kind: Kind
    start: int
    """Offset of the first operand."""
    end: int
    operands: bytes

    @property
    def name(self) -> str:
        """The first operand as a name: of an XObject, a font, or what content is marked as; empty for none."""
        found = _NAME.match(self.operands)
        return _HASH.sub(lambda match: bytes([int(match[1], 16)]), found[1]).decode("latin-1") if found else ""

    @property
    def mcid(self) -> int | None:
        """The number of marked content, where it is written in the stream itself."""
        found = _MCID.search(self.operands)
        return int(found[1]) if found else None


_NAME: Final = regex(rb"[" + _SPACE + rb"]*(/[^" + _SPACE + rb"()<>\[\]{}/%]*)")
_HASH: Final = regex(rb"#([0-9A-Fa-f]{2})")
_MCID: Final = regex(rb"/MCID[" + _SPACE + rb"]+(\d+)")


def pieces(data: bytes) -> Iterator[Piece]:
    """What a stream paints and marks, in order; what only sets colours or clips is left out."""
    at = 0
    while found := _OPERATOR.match(data, at):
        at = found.end()
        operands, path, tail, none, name = found.groups()
        if path is not None:
            if tail is not None and none is None:
                yield Piece("paint", found.start(1), at, b"")
            continue
        kind = _KINDS.get(name)
        if name == b"BI":
            picture = _PICTURE_END.search(data, at)
            at = picture.end() if picture else len(data)
        if kind is not None:
            yield Piece(kind, found.start(1), at, operands)


def content_bytes(holder: Object) -> bytes:
    """The content of a page or form; several streams of a page are one (PDF 1.7, 7.8.2). Raises PdfError."""
    if isinstance(holder, Stream):
        return holder.read_bytes()
    contents = holder.get("/Contents")
    if isinstance(contents, Array):
        return b"\n".join(part.read_bytes() for part in contents if isinstance(part, Stream))
    return contents.read_bytes() if isinstance(contents, Stream) else b""
