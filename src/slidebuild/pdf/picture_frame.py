"""One frame of a picture that moves, through Pillow."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

    from slidebuild.pdf.poster import Moment

_HASTY: Final = 10
"""Milliseconds. Browsers show frames that are to last no longer for 100 ms."""
_MOST: Final = 4_000_000_000
"""Pixels of all frames together that are unpacked to get at one: some ten seconds."""


def picture_frame(data: bytes, moment: Moment) -> bytes | None:
    """A frame of a GIF, APNG, WebP or AVIF as a PNG; None when the picture can't be read.

    A moment beyond the end is the last frame: loops are not counted. Nor is one given of so many frames that to get at
    it would take minutes.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            pixels = picture.width * picture.height
            if pixels > (Image.MAX_IMAGE_PIXELS or 0):
                return None
            if moment != "first" and pixels * getattr(picture, "n_frames", 1) > _MOST:
                return None
            _seek(picture, moment)
            frame = picture.convert("RGBA")
    except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    out = BytesIO()
    frame.save(out, "PNG")
    return out.getvalue()


def _seek(picture: Image, moment: Moment) -> None:
    last = getattr(picture, "n_frames", 1) - 1
    if moment == "last":
        picture.seek(last)
    if isinstance(moment, str):
        return
    left = moment * 1000
    for index in range(last + 1):
        picture.seek(index)
        picture.load()  # Pillow knows the duration of a WebP frame only once it is decoded
        duration = float(picture.info.get("duration", 0))
        left -= duration if duration > _HASTY else 100
        if left < 0:
            return
