"""What stands for a large picture while a page is measured: an empty one of its size, unpacked in no time."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final

from slidebuild.pdf.resample import Size

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


@lru_cache(maxsize=256)
def stand_in(size: Size) -> bytes:
    """A blank PNG of one bit a pixel (https://www.w3.org/TR/png-3/)."""
    width, height = size
    rows = bytes((1 + (width + 7) // 8) * height)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
