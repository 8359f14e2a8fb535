"""What glyphs read as: values that stand for no character replaced.

Glyphs that only the font itself reaches, such as the pieces of a long brace, get the value zero from the browser.
PDF/UA asks for one that says so: U+FFFD. (ISO 14289-1, 7.21.7)
"""

from __future__ import annotations

import re
from typing import Final

from pikepdf import Dictionary, Name, Pdf, Stream

from slidebuild.patterns import regex

_SECTION: Final = regex(rb"beginbf(?P<kind>char|range)(?P<body>.*?)endbf(?:char|range)", re.DOTALL)
_CHAR: Final = regex(rb"(<[0-9A-Fa-f]+>\s*)<(?:0000|FEFF|FFFE)>", re.IGNORECASE)
_RANGE: Final = regex(rb"(<([0-9A-Fa-f]+)>\s*<\2>\s*)<(?:0000|FEFF|FFFE)>", re.IGNORECASE)
_UNKNOWN: Final = rb"\1<FFFD>"


def settle_unicode_maps(pdf: Pdf) -> None:
    """Give each glyph a value that a reader may be told."""
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Font:
            cmap = obj.get(Name.ToUnicode)
            if isinstance(cmap, Stream):
                data = cmap.read_bytes()
                settled = _SECTION.sub(_settled, data)
                if settled != data:
                    cmap.write(settled)


def _settled(section: re.Match[bytes]) -> bytes:
    pattern = _CHAR if section["kind"] == b"char" else _RANGE
    start, end = (
        section[0][: section.start("body") - section.start()],
        section[0][section.end("body") - section.start() :],
    )
    return start + pattern.sub(_UNKNOWN, section["body"]) + end
