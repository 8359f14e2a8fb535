"""The fonts of a printed file, reduced to what a page shows, and united again for the pages of a deck.

Only composite fonts with static TrueType outlines are united; others stay as they are. Chromium's widths are no guide:
Skia writes wrong ones for glyphs that the file does not show, so all come from the font itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.text_map import read_texts, write_texts
from slidebuild.pdf.typeface import Typeface
from slidebuild.records import dataclass

_NO_TAG: Final = "AAAAAA"
"""Tag of a subset that belongs to one page."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NO_BOX: Final = (0, 0, 0, 0)
"""A font's box that says nothing (PDF 1.7, 9.6.5): a Type 3 font's depends on what else it holds."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A composite TrueType font of a file."""

    font: Object
    face: Typeface
    texts: Mapping[int, str]

    def within(self, pdf: Pdf) -> Embedded:
        """The same font in a file that its page was copied to."""
        return Embedded(pdf.copy_foreign(self.font), self.face, self.texts)

    @property
    def name(self) -> str:
        """Its name, without a tag."""
        return str(self.font.BaseFont).removeprefix("/").partition("+")[2]

    @property
    def identity(self) -> tuple[object, ...]:
        """What fonts must share to be subsets of one."""
        descriptor = self.font.DescendantFonts[0].FontDescriptor
        said = (str(descriptor.get(key)) for key in (Name.Flags, Name.StemV, Name.ItalicAngle, Name.CapHeight))
        box = tuple(descriptor.get(Name.FontBBox, Array()))
        return self.name, tuple(said), tuple(map(str, box)), self.face.tables


class Faces:
    """Font files that were read, each once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Typeface | None] = {}

    def read(self, font: Object) -> Typeface | None:
        """The glyphs of a composite font; None when it is another kind."""
        file = _font_file(font)
        if file is None:
            return None
        raw = file.read_raw_bytes()
        digest = sha256(raw).digest()
        if digest not in self._known:
            self._known[digest] = Typeface.read(file.read_bytes())
        return self._known[digest]

    def embedded(self, pdf: Pdf) -> Iterator[Embedded]:
        """The composite TrueType fonts of a file."""
        for obj in pdf.objects:
            if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Font and obj.get(Name.Subtype) == Name.Type0:
                face = self.read(obj)
                if face is not None:
                    texts = read_texts(obj.ToUnicode.read_bytes()) if Name.ToUnicode in obj else {}
                    yield Embedded(obj, face, texts)


def reduce_font(pdf: Pdf, font: Object, codes: Collection[int], faces: Faces) -> bool:
    """Take out of a font what no code shows; False for a font of a kind that cannot be reduced."""
    if font.get(Name.Subtype) == Name.Type3:
        _reduce_drawn(pdf, font, codes)
        return True
    face = faces.read(font)
    if face is None:
        return False
    known = read_texts(font.ToUnicode.read_bytes()) if Name.ToUnicode in font else {}
    texts = {code: known[code] for code in sorted(codes) if code in known}
    name = str(font.BaseFont).removeprefix("/").partition("+")[2]
    _write(pdf, font, face.only(codes), texts, name, _NO_TAG)
    return True


def unite_fonts(pdf: Pdf, fonts: Iterable[Embedded]) -> None:
    """Give all subsets of a font among those of a file the same font file, with the glyphs of all."""
    groups: dict[tuple[object, ...], list[Embedded]] = {}
    for embedded in fonts:
        groups.setdefault(embedded.identity, []).append(embedded)
    for group in groups.values():
        for face, members in _united(group):
            texts = {code: text for member in members for code, text in member.texts.items()}
            first = members[0].font
            _write(pdf, first, face, texts, members[0].name)
            for member in members[1:]:
                for key in (Name.BaseFont, Name.DescendantFonts, Name.ToUnicode):
                    if key in first:
                        member.font[key] = first[key]


def font_bytes(pdf: Pdf) -> dict[str, int]:
    """What the fonts of a file take, by name, in bytes as stored; Type 3 fonts together as `drawn glyphs`."""
    sizes: dict[str, int] = {}
    seen: set[tuple[int, int]] = set()
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Font:
            name, streams = _stored(obj)
            for stream in streams:
                if stream.objgen not in seen:
                    seen.add(stream.objgen)
                    sizes[name] = sizes.get(name, 0) + len(stream.read_raw_bytes())
    return dict(sorted(sizes.items()))


def _stored(font: Object) -> tuple[str, list[Stream]]:
    if font.get(Name.Subtype) == Name.Type3:
        return "drawn glyphs", [glyph for glyph in font.CharProcs.values() if isinstance(glyph, Stream)]
    name = str(font.get(Name.BaseFont, "/?")).removeprefix("/")
    descriptor = font.get(Name.FontDescriptor, Dictionary())
    found = (font.get(Name.ToUnicode), *(descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")))
    return name.partition("+")[2] or name, [stream for stream in found if isinstance(stream, Stream)]


def _united(group: Iterable[Embedded]) -> list[tuple[Typeface, list[Embedded]]]:
    """Subsets put together; one whose glyphs or texts are other ones under the same number stays apart."""
    found: list[tuple[Typeface, dict[int, str], list[Embedded]]] = []
    for embedded in group:
        for place, (face, texts, members) in enumerate(found):
            agree = all(texts.get(code, text) == text for code, text in embedded.texts.items())
            union = face.united(embedded.face) if agree else None
            if union is not None:
                found[place] = (union, texts | dict(embedded.texts), [*members, embedded])
                break
        else:
            found.append((embedded.face, dict(embedded.texts), [embedded]))
    return [(face, members) for face, _, members in found]


def _font_file(font: Object) -> Stream | None:
    """The TrueType file of a composite font whose codes are glyph numbers."""
    if font.get(Name.Subtype) != Name.Type0 or font.get(Name.Encoding) != Name("/Identity-H"):
        return None
    kind = font.DescendantFonts[0]
    if kind.get(Name.Subtype) != Name.CIDFontType2 or kind.get(Name.CIDToGIDMap, Name.Identity) != Name.Identity:
        return None
    file = kind.get(Name.FontDescriptor, Dictionary()).get(Name.FontFile2)
    return file if isinstance(file, Stream) else None


def _write(
    pdf: Pdf, font: Object, face: Typeface, texts: Mapping[int, str], family: str, tag: str | None = None
) -> None:
    """Let a composite font be the glyphs of a face, under its own name and a tag that tells its subset from others."""
    file = face.file()
    name = f"{tag or _tag(file)}+{family}"
    old = font.DescendantFonts[0]
    descriptor = Dictionary(dict(old.FontDescriptor.items()))
    descriptor[Name.FontName] = Name(f"/{name}")
    descriptor[Name.FontFile2] = pdf.make_stream(file, Length1=len(file))
    kind = Dictionary(dict(old.items()))
    kind[Name.BaseFont] = Name(f"/{name}")
    kind[Name.FontDescriptor] = pdf.make_indirect(descriptor)
    kind[Name.DW] = 0
    kind[Name.W] = _widths(face)
    font[Name.BaseFont] = Name(f"/{name}")
    font[Name.DescendantFonts] = Array([pdf.make_indirect(kind)])
    if texts:
        font[Name.ToUnicode] = pdf.make_stream(write_texts(texts, 2))
    elif Name.ToUnicode in font:
        del font[Name.ToUnicode]


def _widths(face: Typeface) -> Array:
    """Advances in thousandths of an em, runs of neighbours together (PDF 1.7, 9.7.4.3)."""
    runs: list[tuple[int, list[Decimal]]] = []
    for number, glyph in face.glyphs.items():
        width = (Decimal(glyph.advance * 1000) / face.units).quantize(Decimal("0.001")).normalize()
        if runs and number == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(width)
        else:
            runs.append((number, [width]))
    return Array([part for first, widths in runs for part in (first, Array([_plain(width) for width in widths]))])


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _tag(file: bytes) -> str:
    """Six letters that tell subsets of a font apart (PDF 1.7, 9.6.4), by their content."""
    digest = int.from_bytes(sha256(file).digest()[:8], "big")
    return "".join(_LETTERS[digest // 26**place % 26] for place in range(6))


def _reduce_drawn(pdf: Pdf, font: Object, codes: Collection[int]) -> None:
    """A Type 3 font with the glyphs of some codes (PDF 1.7, 9.6.5)."""
    names = _differences(font.Encoding.get(Name.Differences, Array()))
    first = int(font.FirstChar)
    widths = list(font.Widths)
    kept = [code for code in sorted(codes) if code in names and f"/{names[code]}" in font.CharProcs]
    low, high = (kept[0], kept[-1]) if kept else (0, 0)
    font[Name.CharProcs] = Dictionary({f"/{names[code]}": font.CharProcs[f"/{names[code]}"] for code in kept})
    font[Name.Encoding] = Dictionary(
        Type=Name.Encoding, Differences=Array([part for code in kept for part in (code, Name(f"/{names[code]}"))])
    )
    at = {code: widths[code - first] for code in kept if 0 <= code - first < len(widths)}
    font[Name.FirstChar], font[Name.LastChar] = low, high
    font[Name.Widths] = Array([at.get(code, 0) for code in range(low, high + 1)])
    font[Name.FontBBox] = Array(list(_NO_BOX))
    if Name.ToUnicode in font:
        known = read_texts(font.ToUnicode.read_bytes())
        texts = {code: known[code] for code in kept if code in known}
        if texts:
            font[Name.ToUnicode] = pdf.make_stream(write_texts(texts, 1))
        else:
            del font[Name.ToUnicode]


def _differences(entries: Object) -> dict[int, str]:
    names: dict[int, str] = {}
    code = 0
    for entry in entries:
        if isinstance(entry, Name):
            names[code] = str(entry).removeprefix("/")
            code += 1
        else:
            code = int(entry)
    return names
