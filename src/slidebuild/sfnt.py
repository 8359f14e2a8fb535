"""Files of TrueType and OpenType fonts: a directory and tables. (https://learn.microsoft.com/typography/opentype/spec/otff)

fontTools reads and writes them too; what it loads to do so takes 20 ms.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Mapping
from typing import Final

TRUETYPE: Final = b"\0\1\0\0"
_VERSIONS: Final = (TRUETYPE, b"true", b"OTTO")
_HEADER, _ENTRY = struct.Struct(">4sHHHH"), struct.Struct(">4sIII")
_WHOLE: Final = 0xB1B0AFBA
"""What the numbers of a whole file add up to."""
_ADJUSTMENT: Final = slice(8, 12)
"""Place in `head` of what makes them so."""


def read_tables(font: bytes) -> dict[str, bytes]:
    """The tables of a font file (one, no collection) by their tags. Raises ValueError for what is no font."""
    try:
        version, count, *_ = _HEADER.unpack_from(font)
        entries = [_ENTRY.unpack_from(font, _HEADER.size + _ENTRY.size * number) for number in range(count)]
    except struct.error as error:
        raise ValueError("this is no font") from error
    if version not in _VERSIONS or any(start + length > len(font) for _, _, start, length in entries):
        raise ValueError("this is no font")
    return {tag.decode("latin-1"): font[start : start + length] for tag, _, start, length in entries}


def truetype_file(tables: Mapping[str, bytes]) -> bytes:
    """A font file with these tables, `head` among them, in the order of their tags."""
    content = {tag: tables[tag] for tag in sorted(tables)}
    content["head"] = _adjusted(content["head"], 0)
    start = _HEADER.size + _ENTRY.size * len(content)
    directory, left = _header(len(content)), _WHOLE
    for tag, data in content.items():
        checksum = _checksum(data)
        directory += _ENTRY.pack(tag.encode("latin-1"), checksum, start, len(data))
        start += len(_padded(data))
        left -= checksum
    content["head"] = _adjusted(content["head"], (left - _checksum(directory)) & 0xFFFFFFFF)
    return directory + b"".join(map(_padded, content.values()))


def _header(count: int) -> bytes:
    """The number of tables, and what a search that halves them needs."""
    steps = count.bit_length() - 1
    return _HEADER.pack(TRUETYPE, count, 16 << steps, steps, 16 * count - (16 << steps))


def _adjusted(head: bytes, number: int) -> bytes:
    return head[: _ADJUSTMENT.start] + struct.pack(">I", number) + head[_ADJUSTMENT.stop :]


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _checksum(data: bytes) -> int:
    numbers = array("I", _padded(data))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) & 0xFFFFFFFF
