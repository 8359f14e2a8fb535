"""What an embedded TrueType font says of its glyphs. (OpenType 1.9: head, maxp, hhea, hmtx, cmap)"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class TrueType:
    """Tables of a font file."""

    tables: dict[bytes, bytes]

    @classmethod
    def read(cls, data: bytes) -> TrueType | None:
        """The font; None for what is none."""
        try:
            if data[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
                return None
            (count,) = struct.unpack_from(">H", data, 4)
            entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
            font = cls({tag: data[start : start + length] for tag, _, start, length in entries})
            return font if {b"head", b"maxp", b"hhea", b"hmtx"} <= font.tables.keys() else None
        except struct.error:
            return None

    @property
    def glyphs(self) -> int:
        """How many glyphs it has."""
        return int(struct.unpack_from(">H", self.tables[b"maxp"], 4)[0])

    def width(self, glyph: int) -> float:
        """Of a glyph, in thousandths of its size; the last width told holds for all that follow."""
        (units,) = struct.unpack_from(">H", self.tables[b"head"], 18)
        (told,) = struct.unpack_from(">H", self.tables[b"hhea"], 34)
        (width,) = struct.unpack_from(">H", self.tables[b"hmtx"], 4 * min(glyph, told - 1))
        return float(width * 1000 / units)

    @property
    def encodings(self) -> list[tuple[int, int]]:
        """Platform and encoding of each table in `cmap`."""
        return list(self._encodings())

    def _encodings(self) -> Iterator[tuple[int, int]]:
        data = self.tables.get(b"cmap", b"")
        if len(data) < 4:
            return
        (count,) = struct.unpack_from(">H", data, 2)
        for number in range(count):
            platform, encoding = struct.unpack_from(">HH", data, 4 + 8 * number)
            yield platform, encoding
