"""Rules about fonts. ISO 14289-1, 7.21; fonts that no page shows text in are not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Stream

from slidebuild.pdf.shown import unicode_map
from slidebuild.pdf.ua.font import IDENTITY, Font
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject

_LATIN: Final = frozenset(("/MacRomanEncoding", "/WinAnsiEncoding", "/MacExpertEncoding"))
_ASIAN: Final = frozenset(("GB1", "CNS1", "Japan1", "Korea1"))
_FORBIDDEN: Final = frozenset("\ufeff\ufffe")


def _fonts(subject: Subject, *kinds: str) -> Iterator[Font]:
    """Fonts of some types; of any without types."""
    return (font for font in subject.fonts if not kinds or font.kind in kinds)


def _system(holder: Object, key: str) -> str:
    return str(holder.get(Name.CIDSystemInfo, Dictionary()).get(key, ""))


def _embedded_maps(subject: Subject) -> Iterator[tuple[Font, Object]]:
    for font in _fonts(subject, "Type0"):
        encoding = font.obj.get(Name.Encoding)
        if isinstance(encoding, Stream):
            yield font, encoding


def registries_agree(subject: Subject) -> Iterator[Fault]:
    """A composite font and its CMap name the same registry."""
    for font, cmap in _embedded_maps(subject):
        if _system(font.program_owner, "/Registry") != _system(cmap, "/Registry"):
            yield Fault(f"{font.name} and its CMap name different registries", font.page)


def orderings_agree(subject: Subject) -> Iterator[Fault]:
    """A composite font and its CMap name the same ordering."""
    for font, cmap in _embedded_maps(subject):
        if _system(font.program_owner, "/Ordering") != _system(cmap, "/Ordering"):
            yield Fault(f"{font.name} and its CMap name different orderings", font.page)


def supplements_agree(subject: Subject) -> Iterator[Fault]:
    """A composite font has the characters of its CMap's supplement."""
    for font, cmap in _embedded_maps(subject):
        own, other = (_system(holder, "/Supplement") or "0" for holder in (font.program_owner, cmap))
        if int(own) < int(other):
            yield Fault(f"{font.name} has an older supplement than its CMap", font.page)


def glyph_maps_are_told(subject: Subject) -> Iterator[Fault]:
    """A composite TrueType font has a glyph map."""
    for font in _fonts(subject, "Type0"):
        owner = font.program_owner
        if owner.get(Name.Subtype) == Name.CIDFontType2 and Name.CIDToGIDMap not in owner:
            yield Fault(f"{font.name} has no /CIDToGIDMap", font.page)


def glyph_maps_are_right(subject: Subject) -> Iterator[Fault]:
    """A glyph map is a stream, or the name Identity."""
    for font in _fonts(subject, "Type0"):
        found = font.program_owner.get(Name.CIDToGIDMap)
        if found is not None and not isinstance(found, Stream) and found != Name.Identity:
            yield Fault(f"the /CIDToGIDMap of {font.name} is {found}", font.page)


def character_maps_are_embedded(subject: Subject) -> Iterator[Fault]:
    """A CMap is embedded, or one that viewers know."""
    for font in _fonts(subject, "Type0"):
        encoding = font.obj.get(Name.Encoding)
        if not isinstance(encoding, Stream) and str(encoding) not in IDENTITY and not _is_predefined(str(encoding)):
            yield Fault(f"{font.name} uses the CMap {encoding}, which is not embedded", font.page)


def _is_predefined(name: str) -> bool:
    """PDF 1.7, table 118: names of Chinese, Japanese and Korean CMaps."""
    stems = (
        "GB",
        "UniGB",
        "B5",
        "HKscs",
        "ETen",
        "CNS",
        "UniCNS",
        "83pv",
        "90ms",
        "90pv",
        "Add",
        "EUC",
        "Ext",
        "UniJIS",
    )
    return name in ("/H", "/V") or (
        name.removeprefix("/").startswith((*stems, "KSC", "UniKS")) and name.endswith(("-H", "-V"))
    )


def writing_modes_agree(subject: Subject) -> Iterator[Fault]:
    """A CMap's dictionary and stream tell the same direction of writing."""
    for font, cmap in _embedded_maps(subject):
        data = cmap.read_bytes().split()
        inner = int(data[data.index(b"/WMode") + 1]) if b"/WMode" in data else 0
        if inner != int(cmap.get(Name.WMode, 0)):
            yield Fault(f"the CMap of {font.name} tells two directions of writing", font.page)


def character_maps_stand_alone(subject: Subject) -> Iterator[Fault]:
    """A CMap refers to none but those that viewers know."""
    for font, cmap in _embedded_maps(subject):
        other = cmap.get(Name.UseCMap)
        if other is not None and (
            isinstance(other, Stream) or not (str(other) in IDENTITY or _is_predefined(str(other)))
        ):
            yield Fault(f"the CMap of {font.name} refers to another", font.page)


def programs_are_embedded(subject: Subject) -> Iterator[Fault]:
    """The font is in the file."""
    for font in _fonts(subject):
        if font.kind != "Type3" and font.program is None:
            yield Fault(f"the font {font.name} is not embedded", font.page)


def glyphs_are_there(subject: Subject) -> Iterator[Fault]:
    """The font has all glyphs that are shown."""
    for font in _fonts(subject, "Type0"):
        program = font.truetype if font.glyphs is not None else None
        if program is not None and any(glyph >= program.glyphs for glyph in font.glyphs or ()):
            yield Fault(f"the font {font.name} lacks glyphs that are shown", font.page)


def widths_agree(subject: Subject) -> Iterator[Fault]:
    """The widths that the file tells are those of the font."""
    for font in _fonts(subject, "Type0"):
        program = font.truetype if font.glyphs is not None else None
        if program is None:
            continue
        told, usual = _widths(font.program_owner), float(font.program_owner.get(Name.DW, 1000))
        shown = [glyph for glyph in font.glyphs or () if glyph < program.glyphs]
        if any(abs(told.get(glyph, usual) - program.width(glyph)) > 1 for glyph in shown):
            yield Fault(f"the widths told for {font.name} are not those of the font", font.page)


def _widths(font: Object) -> dict[int, float]:
    """/W (PDF 1.7, 9.7.4.3)."""
    found: dict[int, float] = {}
    entries = list(font.get(Name.W, Array()))
    at = 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, Array):
            found |= {first + index: float(width) for index, width in enumerate(second)}
            at += 2
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(entries[at + 2]))
            at += 3
    return found


def latin_fonts_have_maps(subject: Subject) -> Iterator[Fault]:
    """A TrueType font of Latin text has a character map for it."""
    for font in _fonts(subject, "TrueType"):
        program = font.truetype
        if program is not None and not font.is_symbolic and not {(1, 0), (3, 1)} & set(program.encodings):
            yield Fault(f"the font {font.name} has no character map for Latin text", font.page)


def latin_fonts_have_encodings(subject: Subject) -> Iterator[Fault]:
    """A TrueType font of Latin text has an encoding."""
    for font in _fonts(subject, "TrueType"):
        if not font.is_symbolic and Name.Encoding not in font.obj:
            yield Fault(f"the font {font.name} has no /Encoding", font.page)


def latin_encodings_have_bases(subject: Subject) -> Iterator[Fault]:
    """An encoding of Latin text that is changed says what it is made of."""
    for font in _fonts(subject, "TrueType"):
        encoding = font.obj.get(Name.Encoding)
        if not font.is_symbolic and isinstance(encoding, Dictionary) and Name.BaseEncoding not in encoding:
            yield Fault(f"the encoding of {font.name} has no /BaseEncoding", font.page)


def latin_encodings_are_known(subject: Subject) -> Iterator[Fault]:
    """An encoding of Latin text is MacRoman or WinAnsi."""
    for font in _fonts(subject, "TrueType"):
        encoding = font.obj.get(Name.Encoding)
        base = encoding.get(Name.BaseEncoding) if isinstance(encoding, Dictionary) else encoding
        if not font.is_symbolic and base is not None and str(base) not in ("/MacRomanEncoding", "/WinAnsiEncoding"):
            yield Fault(f"the encoding of {font.name} is {base}", font.page)


def changed_encodings_can_be_looked_up(subject: Subject) -> Iterator[Fault]:
    """A font whose encoding is changed has a Unicode character map."""
    for font in _fonts(subject, "TrueType"):
        encoding, program = font.obj.get(Name.Encoding), font.truetype
        is_changed = isinstance(encoding, Dictionary) and Name.Differences in encoding and not font.is_symbolic
        if is_changed and program is not None and (3, 1) not in program.encodings:
            yield Fault(f"the font {font.name} has no Unicode character map", font.page)


def symbols_have_no_encodings(subject: Subject) -> Iterator[Fault]:
    """A TrueType font of symbols has no encoding."""
    for font in _fonts(subject, "TrueType"):
        if font.is_symbolic and Name.Encoding in font.obj:
            yield Fault(f"the symbolic font {font.name} has an /Encoding", font.page)


def symbols_have_maps(subject: Subject) -> Iterator[Fault]:
    """A TrueType font of symbols has a character map."""
    for font in _fonts(subject, "TrueType"):
        program = font.truetype
        if program is not None and font.is_symbolic and not program.encodings:
            yield Fault(f"the symbolic font {font.name} has no character map", font.page)


def symbol_maps_are_told_apart(subject: Subject) -> Iterator[Fault]:
    """A TrueType font of symbols has one character map, or one for symbols."""
    for font in _fonts(subject, "TrueType"):
        program = font.truetype
        if program is not None and font.is_symbolic and len(program.encodings) > 1 and (3, 0) not in program.encodings:
            yield Fault(f"the symbolic font {font.name} has several character maps, none for symbols", font.page)


def fonts_can_be_read(subject: Subject) -> Iterator[Fault]:
    """A font tells what its characters read as."""
    for font in _fonts(subject):
        if Name.ToUnicode not in font.obj and not _is_readable(font):
            yield Fault(f"nothing tells what the characters of {font.name} read as", font.page)


def _is_readable(font: Font) -> bool:
    """Without a map: by a common encoding, or as one of the Asian collections."""
    encoding = font.obj.get(Name.Encoding)
    if font.kind == "Type0":
        return _system(font.program_owner, "/Ordering") in _ASIAN
    base = encoding.get(Name.BaseEncoding) if isinstance(encoding, Dictionary) else encoding
    return font.kind != "Type3" and (str(base) in _LATIN or (font.kind != "TrueType" and not font.is_symbolic))


def _maps(subject: Subject) -> Iterator[tuple[Font, dict[int, str]]]:
    for font in _fonts(subject):
        found = font.obj.get(Name.ToUnicode)
        if isinstance(found, Stream):
            yield font, dict(unicode_map(found.read_bytes()))


def characters_can_be_read(subject: Subject) -> Iterator[Fault]:
    """Each character shown reads as something."""
    for font, readings in _maps(subject):
        missing = sorted(code for code in font.codes if not readings.get(code))
        if missing:
            codes_told = ", ".join(f"{code:04X}" for code in missing[:3]) + (", …" if len(missing) > 3 else "")
            yield Fault(f"nothing tells what {codes_told} of {font.name} reads as", font.page)


def no_zero_readings(subject: Subject) -> Iterator[Fault]:
    """No character reads as U+0000."""
    for font, readings in _maps(subject):
        if any("\0" in text for text in readings.values()):
            yield Fault(f"a character of {font.name} reads as U+0000", font.page)


def no_mark_readings(subject: Subject) -> Iterator[Fault]:
    """No character reads as U+FEFF or U+FFFE."""
    for font, readings in _maps(subject):
        if any(not _FORBIDDEN.isdisjoint(text) for text in readings.values()):
            yield Fault(f"a character of {font.name} reads as U+FEFF or U+FFFE", font.page)


def no_missing_glyphs(subject: Subject) -> Iterator[Fault]:
    """No text shows the box for what a font lacks."""
    for font in _fonts(subject):
        if font.glyphs is not None and 0 in font.glyphs:
            yield Fault(f"the font {font.name} lacks a character that is shown", font.page)
