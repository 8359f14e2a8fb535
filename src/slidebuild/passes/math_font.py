"""The font for formulas: STIX Two Math, mended for browsers and cut down to what a deck shows, and the CSS around it.

The font is that of the package `ziamath` (STIX Two Math 2.11, SIL Open Font License 1.1, © The STIX Fonts Project
Authors). It travels with the deck under another name, as a modified version should; copyright and licence stay in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.fonts import has_characters, open_font
from slidebuild.installed import PACKAGE
from slidebuild.woff2 import pack

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from uharfbuzz import Face

FAMILY: Final = "sb-math"

_PRIMES: Final = "′″‴⁗‵"
_COMBINING: Final = (*range(0x300, 0x30D), *range(0x330, 0x333), 0x20D6, 0x20D7, 0x20DB, 0x20DC, 0x20E1, 0x20EE, 0x20EF)
_WIDER_FORMS: Final = {"˜": 0x303, "ˇ": 0x30C}
"""Accents that browsers stretch -> the combining accents to which the font gives the wider forms."""
_BARS: Final = frozenset((0x305, 0x332, 0x203E))
_BEARING: Final = 20
"""Room on each side of an accent, in thousandths of an em."""

_ALWAYS: Final = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ()[]{}|/+-−=<>.,:;!?'\"*&%$#@"
    "𝑎𝑏𝑐𝑑𝑒𝑓𝑔ℎ𝑖𝑗𝑘𝑙𝑚𝑛𝑜𝑝𝑞𝑟𝑠𝑡𝑢𝑣𝑤𝑥𝑦𝑧𝐴𝐵𝐶𝐷𝐸𝐹𝐺𝐻𝐼𝐽𝐾𝐿𝑀𝑁𝑂𝑃𝑄𝑅𝑆𝑇𝑈𝑉𝑊𝑋𝑌𝑍√‾¯∂∑′→±×·≤≥≠∞∈"
)
"""In every subset, so that editing a formula seldom asks for another font."""


def italic(letter: str) -> str:
    """The mathematical italic that a browser shows for a single-letter `<mi>` (MathML Core, appendix C.1)."""
    code = ord(letter)
    if letter in _ITALIC_ODD:
        return chr(_ITALIC_ODD[letter])
    for first, last, target in _ITALIC_RANGES:
        if ord(first) <= code <= ord(last):
            return chr(target + code - ord(first))
    return letter


_ITALIC_RANGES: Final = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC))
_ITALIC_ODD: Final = {"h": 0x210E, "ı": 0x1D6A4, "ȷ": 0x1D6A5, "ϴ": 0x1D6F3, "∇": 0x1D6FB, "∂": 0x1D715} | {
    letter: 0x1D716 + place for place, letter in enumerate("ϵϑϰϕϱϖ")
}


def font_path() -> Path:
    """The installed font file. `ziamath` is found but not imported: that takes 0.2 s and warns from Python 3.11 on."""
    found = find_spec("ziamath")
    folders = found.submodule_search_locations if found is not None else None
    if not folders:
        raise ModuleNotFoundError("ziamath, which brings the font for formulas, is not installed", name="ziamath")
    return Path(folders[0], "fonts", "STIXTwoMath-Regular.ttf")


@lru_cache(maxsize=8)
def math_font(characters: frozenset[str], cache: Cache = NO_CACHE, lasting: Cache = NO_CACHE) -> bytes:
    """A WOFF2 font with the MATH table that holds `characters` and all their larger forms; same bytes each time.

    It is cut out of `whole_math_font` in some 30 ms, most of which HarfBuzz and Brotli take to be loaded: `cache` keeps
    it.
    """
    key = entry_key("math-font", "".join(sorted(characters)))
    kept = cache.get(key)
    if kept is None:
        kept = pack(_cut(whole_math_font(lasting), characters | _ALWAYS)[0])
        cache.put(key, kept)
    return kept


@lru_cache(maxsize=2)
def whole_math_font(lasting: Cache = NO_CACHE) -> bytes:
    """All that the font has, mended, as plain TrueType, for a page that does not leave the machine.

    Making it takes some 0.2 s: `lasting` keeps what depends on nothing but what is installed.
    """
    key = entry_key("mended-math-font")
    kept = lasting.get(key)
    if kept is None:
        kept = _mended()
        lasting.put(key, kept)
    return kept


def _mended() -> bytes:
    original = font_path().read_bytes()
    plain, primes = _cut(original, has_characters(original), _PRIMES)
    font = open_font(plain)
    _mend_primes(font, primes)
    _mend_accents(font)
    _mend_wide_accents(font)
    _mend_arrows(font)
    _mend_widths(font)
    _mend_constants(font)
    _rename(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _cut(font: bytes, characters: frozenset[str], primes: str = "") -> tuple[bytes, dict[int, int]]:
    """A font with some characters and their larger forms, and the glyphs of it that primes should have."""
    import uharfbuzz

    face = uharfbuzz.Face(font)
    alternates = _script_alternates(face, primes)
    order = uharfbuzz.SubsetInput()
    order.unicode_set.update(map(ord, characters))
    order.glyph_set.update(alternates.values())
    order.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    order.layout_feature_tag_set.clear()
    order.name_id_set.update((0, 1, 2, 4, 6, 13, 14))
    # GDEF stays: it calls combining accents base glyphs; without it HarfBuzz takes their width away again
    order.drop_table_tag_set.update(int.from_bytes(table, "big") for table in (b"DSIG", b"GPOS", b"GSUB"))
    plan = uharfbuzz.SubsetPlan(face, order)
    places = plan.old_to_new_glyph_mapping
    cut = plan.execute()
    return cut.blob.data, {prime: places[glyph] for prime, glyph in alternates.items()}


def _script_alternates(face: Face, characters: str) -> dict[int, int]:
    """Code points -> glyphs of their forms for superscripts (feature `ssty`)."""
    import uharfbuzz

    font = uharfbuzz.Font(face)
    found: dict[int, int] = {}
    for character in characters:
        text = uharfbuzz.Buffer()
        text.add_str(character)
        text.guess_segment_properties()
        text.script = "Zmth"
        uharfbuzz.shape(font, text, {"ssty": True})
        found[ord(character)] = text.glyph_infos[0].codepoint
    return found


def _mend_primes(font: TTFont, primes: Mapping[int, int]) -> None:
    """Give primes the shapes meant for superscripts, which Chromium does not ask for."""
    for table in font["cmap"].tables:
        for prime in primes.keys() & table.cmap.keys():
            table.cmap[prime] = font.getGlyphName(primes[prime])


def _mend_accents(font: TTFont) -> None:
    """Give combining marks, which hang to the left of their zero width, a width, and centre them in it.

    Browsers centre an accent over its base by its width.
    """
    names = font.getBestCmap()
    glyphs, metrics = font["glyf"], font["hmtx"]
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    places = dict(zip(attachment.TopAccentCoverage.glyphs, attachment.TopAccentAttachment, strict=True))
    shifts: dict[str, int] = {}
    for glyph in _with_variants(font, [names[code] for code in _COMBINING if code in names]):
        shape = glyphs[glyph]
        if shape.numberOfContours > 0 and metrics[glyph][0] == 0:
            shifts[glyph] = _BEARING - shape.xMin
            shape.coordinates.translate((shifts[glyph], 0))
            shape.recalcBounds(glyphs)
            metrics[glyph] = (shape.xMax + _BEARING, shape.xMin)
            if glyph in places:
                places[glyph].Value = metrics[glyph][0] // 2
    _shift_components(font, shifts)


def _shift_components(font: TTFont, shifts: dict[str, int]) -> None:
    """Leave letters with accents as they are although the accents they are made of have moved."""
    glyphs = font["glyf"]
    for name in glyphs.keys():  # noqa: SIM118 (a table is no mapping)
        if name in shifts or _is_simple(glyphs.glyphs[name]):
            continue
        shape = glyphs[name]
        if shape.isComposite():
            for component in shape.components:
                component.x -= shifts.get(component.glyphName, 0)


def _is_simple(shape: Any) -> bool:
    """Whether a glyph has contours of its own. Reading all of them takes 0.3 s, their first two bytes tell as well."""
    data = getattr(shape, "data", None)
    return data is not None and (len(data) < 2 or data[0] < 0x80)


def _with_variants(font: TTFont, names: list[str]) -> Iterator[str]:
    """Glyphs and their wider forms, each once."""
    variants = font["MATH"].table.MathVariants
    wider = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    seen: dict[str, None] = dict.fromkeys(names)
    for name in names:
        if name in wider:
            seen.update((record.VariantGlyph, None) for record in wider[name].MathGlyphVariantRecord)
    return iter(seen)


def _mend_wide_accents(font: TTFont) -> None:
    """Let the accents that browsers stretch have the wider forms, and bars their exact length.

    MathML Core stretches `˜` and `ˇ`, not the combining U+0303 and U+030C to which the font gives wider forms. Bars
    come in steps of half an em beside the assembly that has every length.
    """
    variants = font["MATH"].table.MathVariants
    names = font.getBestCmap()
    wider = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    for spacing, combining in _WIDER_FORMS.items():
        wider[names[ord(spacing)]] = wider.pop(names[combining])
    for bar in names.keys() & _BARS:
        construction = wider[names[bar]]
        construction.MathGlyphVariantRecord = construction.MathGlyphVariantRecord[:1]
        construction.VariantCount = 1
    variants.HorizGlyphCoverage.glyphs = sorted(wider, key=font.getGlyphID)
    variants.HorizGlyphConstruction = [wider[glyph] for glyph in variants.HorizGlyphCoverage.glyphs]
    variants.HorizGlyphCount = len(wider)


def _mend_arrows(font: TTFont) -> None:
    """Where the last part of a stretched arrow says it joins on its right, swap its connectors.

    Three right arrows of STIX Two Math 2.11 have this slip, and Chromium then never stretches them.
    """
    for construction in font["MATH"].table.MathVariants.HorizGlyphConstruction:
        assembly: Any = construction.GlyphAssembly
        if assembly is None or len(assembly.PartRecords) < 2:
            continue
        last = assembly.PartRecords[-1]
        if last.StartConnectorLength == 0 and last.EndConnectorLength > 0:
            last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0


_BRACKETS: Final = "()[]{}"
_WIDEST_FORM: Final = 6
"""The form of a bracket, counted from 0, than which none is wider: it is 2.1 em high."""
_WIDEST_RADICAL: Final = 900
"""In thousandths of an em; the smallest has 794."""


def _mend_widths(font: TTFont) -> None:
    """Let tall brackets and radicals be little wider than small ones.

    Chromium 156 gives each of them the width of the widest form there is: behind √x would be a gap of 0.4 em.
    """
    names, metrics = font.getBestCmap(), font["hmtx"]
    variants = font["MATH"].table.MathVariants
    taller = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    for character in _BRACKETS + "√":
        construction = taller[names[ord(character)]]
        forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        widest = _WIDEST_RADICAL if character == "√" else metrics[forms[_WIDEST_FORM]][0]
        for glyph in dict.fromkeys([*forms, *(part.glyph for part in construction.GlyphAssembly.PartRecords)]):
            _narrow(font, glyph, widest)


def _narrow(font: TTFont, glyph: str, widest: int) -> None:
    """Scale a glyph across so that it is at most so wide."""
    glyphs, metrics = font["glyf"], font["hmtx"]
    shape, width = glyphs[glyph], metrics[glyph][0]
    if width > widest and shape.numberOfContours > 0:
        shape.coordinates.scale((widest / width, 1))
        shape.coordinates.toInt()
        shape.recalcBounds(glyphs)
        metrics[glyph] = (widest, shape.xMin)


_CONSTANTS: Final = {"SuperscriptBaselineDropMax": 386, "SubscriptBaselineDropMin": 30, "StretchStackTopShiftUp": 100}
"""In thousandths of an em. TeX shifts scripts of a single letter by a fixed amount; browsers also count its ink, which
put the index of `y` below that of `x` and lifted exponents of brackets. The third is the height of labels on arrows."""


def _mend_constants(font: TTFont) -> None:
    """Set the constants of the MATH table to values that suit the layout rules of MathML Core."""
    for name, value in _CONSTANTS.items():
        getattr(font["MATH"].table.MathConstants, name).Value = value


def _rename(font: TTFont) -> None:
    """Call the font what the CSS calls it."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 4, 6):
            record.string = FAMILY


def math_css(font_address: str) -> str:
    """The style sheet of formulas; `font_address` is where the page finds `math_font`, as a URL."""
    css = (PACKAGE / "passes" / "math.css").read_text(encoding="utf-8")
    return css.replace("$font", font_address.replace("\\", "%5C").replace('"', "%22").replace("\n", "%0A"))
