"""TrueType fonts as the browser embeds them: outlines by glyph number, taken apart and put together again.

Skia subsets a font anew for each file, but keeps the numbers of its glyphs, and no table that a PDF needs differs
between subsets of one font but by how many glyphs there are. So a few glyphs can be cut out of one subset, and several
subsets be united, soundly. (https://learn.microsoft.com/typography/opentype/spec/otff, PDF 1.7, 9.9)
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Mapping
from itertools import compress
from operator import lt, or_
from typing import Final

from slidebuild.records import dataclass
from slidebuild.sfnt import read_tables, truetype_file

_SAME: Final = ("cvt ", "fpgm", "head", "hhea", "maxp", "prep")
"""Tables that are the same in all subsets of a font; the rest is either made anew or of no use in a PDF."""
_VARYING: Final[Mapping[str, tuple[int, int]]] = {"head": (8, 12), "hhea": (34, 36), "maxp": (4, 6)}
"""Bytes of them that say how many glyphs there are, and the checksum."""
_LOCA_FORMAT: Final = 50
"""Place in `head` of how `loca` is written."""
_METRICS_COUNT: Final = 34
"""Place in `hhea` of how many glyphs have an advance of their own."""
_COMPOSITE_WORDS, _COMPOSITE_MORE = 0x0001, 0x0020
_COMPOSITE_SCALES: Final = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Flags of a part of a composite glyph, and the bytes of what they announce."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph."""

    outline: bytes
    advance: int
    """In the font's units."""
    bearing: int


@dataclass(frozen=True, slots=True)
class Typeface:
    """Some glyphs of a font."""

    tables: tuple[tuple[str, bytes], ...]
    """What all subsets of the font share: tells it from other fonts."""
    glyphs: Mapping[int, Glyph]

    @classmethod
    def read(cls, data: bytes) -> Typeface | None:
        """The glyphs of a font file; None for one that is no TrueType font with plain outlines."""
        try:
            found = read_tables(data)
            if "glyf" not in found or "loca" not in found or "fvar" in found:
                return None
            tables: dict[str, bytearray] = {name: bytearray(found[name]) for name in _SAME if name in found}
            glyphs = _glyphs(tables, found["loca"], found["glyf"], found["hmtx"])
        except (KeyError, struct.error, IndexError, ValueError):
            return None
        for name, (start, end) in _VARYING.items():
            tables[name][start:end] = bytes(end - start)
        tables["head"][_LOCA_FORMAT : _LOCA_FORMAT + 2] = b"\0\1"
        return cls(tuple((name, bytes(table)) for name, table in tables.items()), glyphs)

    @property
    def units(self) -> int:
        """Units an em."""
        found: int = struct.unpack_from(">H", dict(self.tables)["head"], 18)[0]
        return found

    def only(self, numbers: Iterable[int]) -> Typeface:
        """The glyphs of those numbers, with what they are composed of, and the one for missing glyphs."""
        found: dict[int, Glyph] = {}
        waiting = [0, *numbers]
        while waiting:
            number = waiting.pop()
            if number in self.glyphs and number not in found:
                found[number] = self.glyphs[number]
                waiting += _components(found[number].outline)
        return Typeface(self.tables, dict(sorted(found.items())))

    def united(self, other: Typeface) -> Typeface | None:
        """The glyphs of both; None when they are no subsets of one font."""
        if self.tables != other.tables:
            return None
        if any(other.glyphs[number] != self.glyphs[number] for number in self.glyphs.keys() & other.glyphs.keys()):
            return None
        return Typeface(self.tables, dict(sorted({**self.glyphs, **other.glyphs}.items())))

    def file(self) -> bytes:
        """As a font file. The same glyphs give the same bytes."""
        count = max(self.glyphs, default=0) + 1
        tables = {name: bytearray(table) for name, table in self.tables}
        for name, (start, end) in _VARYING.items():
            if name != "head":
                tables[name][start:end] = struct.pack(">H", count)
        outlines, places, metrics = bytearray(), array("I"), bytearray(4 * count)
        for number in sorted(self.glyphs):
            glyph = self.glyphs[number]
            _fill(places, number + 1, len(outlines))
            outlines += glyph.outline + bytes(-len(glyph.outline) % 4)
            struct.pack_into(">Hh", metrics, 4 * number, glyph.advance, glyph.bearing)
        _fill(places, count + 1, len(outlines))
        tables |= {"glyf": outlines, "hmtx": metrics, "loca": bytearray(_swapped(places).tobytes())}
        return truetype_file({name: bytes(table) for name, table in tables.items()})


def _fill(places: array[int], count: int, value: int) -> None:
    """Make so many of them: those that are missing are gaps, most of a subset, and all alike."""
    places.extend(array("I", [value]) * (count - len(places)))


def _glyphs(tables: Mapping[str, bytearray], loca: bytes, glyf: bytes, hmtx: bytes) -> dict[int, Glyph]:
    """Glyphs with an outline or an advance: gaps have neither.

    Gaps are most of a subset: of each table all numbers are read at once.
    """
    is_long = struct.unpack_from(">h", tables["head"], _LOCA_FORMAT)[0] == 1
    places = _swapped(array("I" if is_long else "H", loca))
    scale = 1 if is_long else 2
    measured = struct.unpack_from(">H", tables["hhea"], _METRICS_COUNT)[0]
    count = len(places) - 1
    advances = _swapped(array("H", hmtx[: measured * 4]))[::2]
    bearings = _swapped(array("h", hmtx[: measured * 4]))[1::2]
    if count > measured:  # those beyond have the advance of the last
        advances.extend(advances[-1:] * (count - measured))
        bearings.extend(_swapped(array("h", hmtx[measured * 4 : (measured * 2 + (count - measured)) * 2])))
    if len(advances) < count or len(bearings) < count:
        raise IndexError
    is_there = map(or_, advances, map(lt, places, places[1:]))
    return {
        number: Glyph(glyf[places[number] * scale : places[number + 1] * scale], advances[number], bearings[number])
        for number in compress(range(count), is_there)
    }


def _components(outline: bytes) -> list[int]:
    """The glyphs that a glyph is composed of; none for one with contours of its own."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, at = [], 10
    while True:
        flags, number = struct.unpack_from(">HH", outline, at)
        found.append(number)
        at += 8 if flags & _COMPOSITE_WORDS else 6
        at += next((size for flag, size in _COMPOSITE_SCALES if flags & flag), 0)
        if not flags & _COMPOSITE_MORE:
            return found


def _swapped(numbers: array[int]) -> array[int]:
    """Between the font's byte order and the machine's."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
