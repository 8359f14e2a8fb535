"""A font that pages show text in, and what they show in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Stream

from slidebuild.pdf.ua.drawing import Drawing
from slidebuild.pdf.ua.truetype import TrueType
from slidebuild.records import dataclass

IDENTITY: Final = frozenset(("/Identity-H", "/Identity-V"))
"""CMaps that leave codes as they are."""
_SYMBOLIC: Final = 1 << 2


@dataclass(frozen=True, eq=False)
class Font:
    """A font that pages show text in."""

    obj: Object
    codes: frozenset[int]
    """All that are shown in it."""
    page: int
    """The first, 0-based."""

    @property
    def name(self) -> str:
        """As the file calls it."""
        return str(self.obj.get(Name.BaseFont, self.obj.get(Name.Name, "/?")))[1:]

    @property
    def kind(self) -> str:
        """`Type0`, `TrueType`, …"""
        return str(self.obj.get(Name.Subtype, "/"))[1:]

    @property
    def program_owner(self) -> Object:
        """The font that has a descriptor: a composite font's is that of its part."""
        parts = self.obj.get(Name.DescendantFonts)
        return parts[0] if isinstance(parts, Array) and len(parts) else self.obj

    @property
    def descriptor(self) -> Object:
        """The font descriptor, empty when there is none."""
        return self.program_owner.get(Name.FontDescriptor, Dictionary())

    @property
    def program(self) -> Object | None:
        """The font file, if it is embedded."""
        return next(
            (self.descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in self.descriptor), None
        )

    @cached_property
    def truetype(self) -> TrueType | None:
        """The font file, when it is TrueType."""
        found = self.descriptor.get(Name.FontFile2)
        return TrueType.read(found.read_bytes()) if isinstance(found, Stream) else None

    @property
    def glyphs(self) -> frozenset[int] | None:
        """Glyphs that are shown, where they can be told: composite TrueType fonts whose codes are glyphs."""
        is_plain = (
            str(self.obj.get(Name.Encoding)) in IDENTITY and self.program_owner.get(Name.Subtype) == Name.CIDFontType2
        )
        return self.codes if is_plain and self.program_owner.get(Name.CIDToGIDMap) == Name.Identity else None

    @property
    def is_symbolic(self) -> bool:
        """Whether its characters are not those of Latin text."""
        return bool(int(self.descriptor.get(Name.Flags, 0)) & _SYMBOLIC)


def shown_fonts(drawings: Iterable[Drawing]) -> tuple[Font, ...]:
    """All fonts that the pages of a file show text in."""
    first: dict[tuple[int, int], tuple[Object, int]] = {}
    shown: dict[tuple[int, int], list[frozenset[int]]] = {}
    for page, drawing in enumerate(drawings):
        for font, codes in drawing.shown:
            first.setdefault(font.objgen, (font, page))
            shown.setdefault(font.objgen, []).append(codes)
    return tuple(
        Font(font, frozenset().union(*shown[key]), page) for key, (font, page) in sorted(first.items(), key=_key)
    )


def _key(item: tuple[tuple[int, int], tuple[Object, int]]) -> tuple[int, int]:
    return item[0]
