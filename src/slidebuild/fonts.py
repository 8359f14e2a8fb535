"""Fonts that travel with a deck: cut down to the characters it shows, as WOFF2 (the door to fontTools for text fonts).

The same input gives the same bytes: no time stamps, no hinting, tables in a fixed order. Variable fonts are pinned to
one weight, because Chromium prints them as Type 3 fonts; the PDF then holds plain TrueType.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

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


class FontError(Exception):
    """A file that is no usable font; the message says why."""


def needed_characters(text: Iterable[str]) -> frozenset[str]:
    """What a font must hold to show texts: their characters and `BASE_CHARACTERS`, without control characters."""
    return BASE_CHARACTERS.union(*text) - frozenset(map(chr, range(0x20)))


@lru_cache(maxsize=64)
def subset(data: bytes, characters: frozenset[str], weight: int = 400) -> bytes:
    """The font (TrueType, OpenType or WOFF2) as WOFF2 with those of the characters that it has.

    `weight` (100 to 900) says where to pin the `wght` axis of a variable font; other axes take their default.
    Raises FontError.
    """
    from fontTools import subset as subsetter
    from fontTools.ttLib import TTFont, TTLibError

    # instancer and subsetter report dropped tables and overlaps as they go
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=True)
        options = subsetter.Options()
        options.hinting = False
        options.layout_features = list(FEATURES)
        options.notdef_outline = True
        options.name_IDs = ["*"]  # looking for names in use takes longer than all the rest
        options.drop_tables += ["FFTM", "DSIG", "STAT", "meta"]
        worker = subsetter.Subsetter(options)
        worker.populate(unicodes=[ord(character) for character in characters])
        worker.subset(font)
        _name(font, weight)
        if "fvar" in font:
            font = _pinned(font, weight)
        font.flavor = "woff2"
        output = io.BytesIO()
        font.save(output, reorderTables=True)
    except (TTLibError, KeyError, ValueError, AssertionError, EOFError) as error:
        raise FontError(str(error) or type(error).__name__) from error
    return output.getvalue()


def has_characters(data: bytes) -> frozenset[str]:
    """The characters that a font has glyphs for. Raises FontError."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        return frozenset(map(chr, TTFont(io.BytesIO(data), lazy=True).getBestCmap() or ()))
    except (TTLibError, KeyError, AssertionError) as error:
        raise FontError(str(error) or type(error).__name__) from error


def _pinned(font: TTFont, weight: int) -> TTFont:
    """A variable font fixed at a weight."""
    from fontTools.varLib import instancer

    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    limits = {tag: axis.defaultValue for tag, axis in axes.items()}
    if "wght" in axes:
        limits["wght"] = min(max(weight, axes["wght"].minValue), axes["wght"].maxValue)
    return instancer.instantiateVariableFont(font, limits, overlap=instancer.OverlapMode.KEEP_AND_SET_FLAGS)


_RESERVED: Final = re.compile(r"reserved font name", re.IGNORECASE)


def _name(font: TTFont, weight: int) -> None:
    """Say in the PostScript name, which PDFs show, what weight a variable font was pinned to.

    A subset is a modified version: under the OFL (section 3) it may not carry a name that its authors reserved.
    """
    names = font["name"]
    reserved = any(_RESERVED.search(record.toUnicode()) for record in names.names if record.nameID in (0, 13))
    family = "Subset" if reserved else (names.getDebugName(16) or names.getDebugName(1) or "Font")
    for record in names.names:
        if reserved and record.nameID in (1, 3, 4, 16, 18, 21, 25):
            record.string = family
        if record.nameID == 6 and (reserved or "fvar" in font):
            record.string = f"{family.replace(' ', '')}-{weight}"
