"""Pictures of few colours with a palette."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from slidebuild.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

_FEW: Final = 256
_PNG: Final = 15
_NONE: Final = 1
"""Predictors (PDF 1.7, 7.4.4.4)."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A picture of few colours."""

    palette: bytes
    """Red, green and blue of each colour."""
    data: bytes
    """The pixels' numbers in it, deflated."""
    predictor: int


def indexed(image: Image) -> Indexed | None:
    """An RGB picture with a palette; None if it has more than 256 colours."""
    from PIL import Image as Images

    counted = image.getcolors(_FEW)
    if counted is None:
        return None
    colours = sorted(colour for _, colour in counted if isinstance(colour, tuple))
    palette = bytes(value for colour in colours for value in colour)
    holder = Images.new("P", (1, 1))
    holder.putpalette(palette)
    found = image.quantize(palette=holder, dither=Images.Dither.NONE)
    if found.convert("RGB").tobytes() != image.tobytes() or max(found.tobytes()) >= len(colours):
        return None
    numbers = Images.frombytes("L", image.size, found.tobytes())
    filtered, bare = _png_data(numbers), zlib.compress(numbers.tobytes(), 9)
    return Indexed(palette, filtered, _PNG) if len(filtered) <= len(bare) else Indexed(palette, bare, _NONE)


def _png_data(image: Image) -> bytes:
    """Filtered and deflated rows, as a PNG holds them."""
    out = BytesIO()
    image.save(out, "PNG", compress_level=9)
    data, at, found = out.getvalue(), 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            found.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(found)
