"""Fonts that travel with a deck: cut down to the characters it shows, as WOFF2 (HarfBuzz and fontTools).

A page to print needs neither: it never leaves the machine, and the browser cuts its fonts itself.

The same input gives the same bytes: no time stamps, no hinting. Variable fonts are pinned to
one weight, because Chromium prints them as Type 3 fonts; the PDF then holds plain TrueType.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.patterns import regex
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

BASE_CHARACTERS: Final = frozenset(
    chr(code)
    for first, last in ((0x20, 0x7E), (0xA0, 0xFF), (0x152, 0x153), (0x178, 0x178), (0x2010, 0x2015), (0x2018, 0x201E))
    for code in range(first, last + 1)
) | frozenset("•…‹›€™→−")
"""Always kept, so that typing another letter seldom means another font file: ASCII, Latin-1, Œ, dashes, quotes."""

FEATURES: Final = ("case", "ccmp", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk", "subs", "sups", "tnum")
"""OpenType features kept. Programming ligatures (`calt`) are not: code is shown as it is typed."""


_LICENCES: Final = (
    (r"Open Font License|scripts\.sil\.org/OFL|openfontlicense", "OFL-1.1"),
    (r"Apache License", "Apache-2.0"),
    (r"Ubuntu Font Licen[cs]e", "Ubuntu-font-1.0"),
)
"""What licences say of themselves -> their SPDX identifier."""


class FontError(Exception):
    """A file that is no usable font; the message says why."""


def needed_characters(text: Iterable[str]) -> frozenset[str]:
    """What a font must hold to show texts: their characters and `BASE_CHARACTERS`, without control characters."""
    return BASE_CHARACTERS.union(*text) - frozenset(map(chr, range(0x20)))


def subset(data: bytes, characters: frozenset[str], weight: int = 400, cache: Cache = NO_CACHE) -> bytes:
    """The font (TrueType, OpenType or WOFF2) as WOFF2 with those of the characters that it has.

    `weight` (100 to 900) says where to pin the `wght` axis of a variable font; other axes take their default.
    HarfBuzz cuts (some 3 ms where fontTools takes 400), compressing takes 0.1 s: `cache` keeps what was made.
    Raises FontError.
    """
    key = entry_key("font", data, "".join(sorted(characters)), str(weight))
    return _kept(key, cache, lambda: _packed(data, characters, weight))


def whole(data: bytes, weight: int = 400, cache: Cache = NO_CACHE) -> bytes:
    """The font with all its characters, else as `subset` makes it, but as plain TrueType or OpenType.

    It does not depend on what a deck shows, and takes a tenth of the time. Raises FontError.
    """
    return _kept(entry_key("whole-font", data, str(weight)), cache, lambda: _whole(data, weight))


def _kept(key: str, cache: Cache, make: Callable[[], bytes]) -> bytes:
    found = cache.get(key)
    if found is None:
        found = make()
        cache.put(key, found)
    return found


@lru_cache(maxsize=64)
def _packed(data: bytes, characters: frozenset[str], weight: int) -> bytes:
    return _cut(data, characters, weight, "woff2")


@lru_cache(maxsize=64)
def _whole(data: bytes, weight: int) -> bytes:
    return _cut(data, has_characters(data), weight, None)


def _cut(data: bytes, characters: frozenset[str], weight: int, flavor: Literal["woff2"] | None) -> bytes:
    import uharfbuzz

    face = uharfbuzz.Face(_plain(data))
    order = uharfbuzz.SubsetInput()
    order.unicode_set.update(ord(character) for character in characters)
    order.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    order.layout_feature_tag_set.clear()
    order.layout_feature_tag_set.update(_tag(feature) for feature in FEATURES)
    order.name_id_set.update((0, 1, 2, 3, 4, 5, 6, 13, 14, 16))
    order.drop_table_tag_set.update(_tag(table) for table in ("DSIG", "FFTM", "STAT", "meta"))
    is_variable = bool(face.axis_infos)
    if is_variable:
        order.pin_all_axes_to_default(face)
        for axis in face.axis_infos:
            if axis.tag == "wght":
                order.pin_axis_location(face, "wght", min(max(float(weight), axis.min_value), axis.max_value))
    try:
        cut = uharfbuzz.subset(face, order).blob.data
        font = open_font(cut)
        _name(font, weight if is_variable else None)
        font.flavor = flavor
        output = io.BytesIO()
        font.save(output)
    except _faults() as error:
        raise FontError(str(error) or type(error).__name__) from error
    return output.getvalue()


_LOADING: Final = Lock()


def open_font(data: bytes) -> TTFont:
    """A font as fontTools has it, that keeps its dates and bounding boxes when it is saved. Any thread may call this.

    What reads and writes its tables is loaded here, by one thread at a time: where two load the module of a table,
    fontTools may look for it in its package before it is there (AttributeError, `getTableModule` of version 4).
    Raises what fontTools raises for a file that is no font: TTLibError and others.
    """
    from fontTools.ttLib import TTFont, getTableClass

    with _LOADING:
        import fontTools.ttLib.woff2  # noqa: F401 (it loads tables of its own, on saving too)

        font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
        for tag in font.reader.keys():  # noqa: SIM118 (no mapping)
            getTableClass(tag)
    return font


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms a font may be used, as the font itself says."""

    name: str
    """SPDX identifier of a usual licence, else the font's own words; empty when it says nothing."""
    url: str
    copyright: str


def licence(data: bytes) -> Licence:
    """The licence of a font (name table, identifiers 13, 14 and 0 of the OpenType specification). Raises FontError."""
    try:
        names = open_font(data)["name"]
        text, url, copyright_ = (names.getDebugName(key) or "" for key in (13, 14, 0))
    except _faults() as error:
        raise FontError(str(error) or type(error).__name__) from error
    usual = next((name for pattern, name in _LICENCES if re.search(pattern, f"{text} {url}", re.IGNORECASE)), None)
    return Licence(usual or text.strip(), url.strip(), copyright_.strip())


def has_characters(data: bytes) -> frozenset[str]:
    """The characters that a font has glyphs for. Raises FontError."""
    try:
        return frozenset(map(chr, open_font(data).getBestCmap() or ()))
    except _faults() as error:
        raise FontError(str(error) or type(error).__name__) from error


def _tag(name: str) -> int:
    """An OpenType tag as HarfBuzz counts it."""
    return int.from_bytes(name.encode("ascii"), "big")


def _faults() -> tuple[type[Exception], ...]:
    """What HarfBuzz and fontTools raise for a file that is no font or a broken one."""
    from fontTools.ttLib import TTLibError

    return TTLibError, AssertionError, EOFError, LookupError, RuntimeError, ValueError, struct.error


def _plain(data: bytes) -> bytes:
    """A font without the WOFF wrapping, which HarfBuzz does not read. Raises FontError for what is no font."""
    try:
        font = open_font(data)
        if font.flavor is None:
            return data
        font.flavor = None
        output = io.BytesIO()
        font.save(output)
    except _faults() as error:
        raise FontError(str(error) or type(error).__name__) from error
    return output.getvalue()


_RESERVED: Final = regex(r"reserved font name", re.IGNORECASE)


def _name(font: TTFont, pinned: int | None) -> None:
    """Say in the PostScript name, which PDFs show, what weight a variable font was pinned to.

    A subset is a modified version: under the OFL (section 3) it may not carry a name that its authors reserved.
    """
    names = font["name"]
    reserved = any(_RESERVED.search(record.toUnicode()) for record in names.names if record.nameID in (0, 13))
    family = "Subset" if reserved else (names.getDebugName(16) or names.getDebugName(1) or "Font")
    for record in names.names:
        if reserved and record.nameID in (1, 3, 4, 16, 18, 21, 25):
            record.string = family
        if record.nameID == 6 and (reserved or pinned is not None):
            record.string = f"{family.replace(' ', '')}-{pinned or 'Regular'}"
