"""What the codes of a font read as: the ToUnicode CMap as a table, and back. PDF 1.7, 9.10.3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from slidebuild.patterns import regex

_SECTION: Final = regex(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHAR: Final = regex(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE: Final = regex(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\]]*)\])")
_TEXT: Final = regex(rb"<([0-9A-Fa-f]*)>")
_MOST: Final = 100
"""Entries of a section (Adobe Technical Note 5411)."""
_FRAME: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
{space}
endcodespacerange
{sections}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def read_texts(cmap: bytes) -> Mapping[int, str]:
    """Codes to what they read as, in hexadecimal UTF-16."""
    texts: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        if kind == b"char":
            texts |= {int(code, 16): text.decode().upper() for code, text in _CHAR.findall(body)}
        else:
            for first, last, text, several in _RANGE.findall(body):
                codes = range(int(first, 16), int(last, 16) + 1)
                found = _TEXT.findall(several) if several else _following(text, len(codes))
                texts |= {code: text.decode().upper() for code, text in zip(codes, found, strict=False)}
    return texts


def write_texts(texts: Mapping[int, str], width: int) -> bytes:
    """The CMap of a table; `width`: bytes of a code."""
    digits = width * 2
    sections = ""
    table = sorted(texts.items())
    for start in range(0, len(table), _MOST):
        entries = table[start : start + _MOST]
        lines = "".join(f"<{code:0{digits}X}> <{text}>\n" for code, text in entries)
        sections += f"{len(entries)} beginbfchar\n{lines}endbfchar\n"
    space = f"<{'0' * digits}> <{'F' * digits}>"
    return _FRAME.format(space=space, sections=sections).encode("ascii")


def _following(text: bytes, count: int) -> Iterator[bytes]:
    """The last 16 bits count up."""
    head, last = text[:-4], int(text[-4:] or b"0", 16)
    return (head + b"%04X" % (last + offset) for offset in range(count))
