"""Fonts as WOFF2 (https://www.w3.org/TR/WOFF2/): the tables of a TrueType or OpenType font, compressed as one.

fontTools writes WOFF2 too, after taking every glyph apart: of a font of 40 kB that takes ten times as long, and saves
a fifth of the bytes. Here `glyf` and `loca` stay as they are (their null transform).
"""

from __future__ import annotations

import struct
from typing import Final

from slidebuild.sfnt import read_tables

_SIGNATURE: Final = b"wOF2"
_ANY_TAG: Final = 63
"""Says in a table's flags that its tag follows (section 4.1)."""
_NULL_TRANSFORM: Final = {b"glyf": 3, b"loca": 3}
"""Version of the transform that is none, where that is not 0 (section 4.1)."""
_LOSSLESS: Final = 1 << 11
"""Flag in `head` of a font that was converted (section 5, as in the OpenType specification)."""
_QUALITY: Final = 9
"""Of Brotli: 11 takes four times as long and saves one twentieth."""


def pack(font: bytes) -> bytes:
    """A font file (one, no collection) as WOFF2; the same bytes each time. Raises ValueError for what is no font."""
    import brotli

    tables = _tables(font)
    entries = b"".join(_entry(tag, len(data)) for tag, data in tables)
    packed: bytes = brotli.compress(b"".join(data for _, data in tables), mode=brotli.MODE_FONT, quality=_QUALITY)
    unpacked = 12 + 16 * len(tables) + sum(len(data) + -len(data) % 4 for _, data in tables)
    length = 48 + len(entries) + len(packed)
    padding = bytes(-length % 4)
    header = struct.pack(
        ">4s4sIHHIIHHIIIII",
        _SIGNATURE,
        font[:4],
        length + len(padding),
        len(tables),
        0,
        unpacked,
        len(packed),
        *(0, 0),  # version of the font file, which says nothing
        *(0, 0, 0, 0, 0),  # no metadata, no private data
    )
    return header + entries + packed + padding


def _tables(font: bytes) -> list[tuple[bytes, bytes]]:
    """Tags and contents of a font's tables, `loca` right after `glyf` as section 5.3 wants it."""
    tables = {tag.encode("latin-1"): data for tag, data in sorted(read_tables(font).items())}
    if b"head" not in tables:
        raise ValueError("this is no font")
    (flags,) = struct.unpack_from(">H", tables[b"head"], 16)
    tables[b"head"] = tables[b"head"][:16] + struct.pack(">H", flags | _LOSSLESS) + tables[b"head"][18:]
    if b"loca" in tables:
        order = [tag for tag in tables if tag != b"loca"]
        order.insert(order.index(b"glyf") + 1, b"loca")
        return [(tag, tables[tag]) for tag in order]
    return list(tables.items())


def _entry(tag: bytes, length: int) -> bytes:
    """A table in the directory."""
    return bytes([_ANY_TAG | _NULL_TRANSFORM.get(tag, 0) << 6]) + tag + _base_128(length)


def _base_128(number: int) -> bytes:
    """A UIntBase128: seven bits a byte, the highest first; all but the last byte have their top bit set."""
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
