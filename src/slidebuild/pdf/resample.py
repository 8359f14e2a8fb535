"""Pictures in fewer pixels. The same picture and size give the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from slidebuild.cache import Cache, entry_key
from slidebuild.pdf.picture_file import FORMATS, Size
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

_GAIN: Final = 0.9
"""A picture that takes more than this share of its former bytes did not gain."""
_HOPELESS: Final = 0.25
"""A PNG of fewer bits for each pixel that is printed is a drawing so plain that in fewer pixels it takes no less."""
_QUALITY: Final = 88
_LEVEL: Final = 2
"""Of zlib: the browser unpacks the picture at once and deflates it anew."""


@dataclass(frozen=True, slots=True)
class Resized:
    """A picture in fewer pixels, not yet a file."""

    image: Image
    kind: str
    """Of the file it was: PNG, JPEG or WEBP."""
    is_photo: bool
    """Whether it was compressed with losses, and may be so again."""
    profile: bytes | None
    """ICC profile of its colours."""

    def has_gained(self, now: int, before: int) -> bool:
        """Whether so many bytes are worth it. WebP goes into a PDF unpacked and deflated: fewer pixels always gain."""
        return self.kind == "WEBP" or now <= before * _GAIN


def resample(
    pictures: Mapping[str, bytes], wanted: Iterable[tuple[str, Size]], cache: Cache
) -> Mapping[tuple[str, Size], bytes]:
    """The pictures that became smaller files, by address and size; made in threads, or taken from the cache."""
    todo = sorted(set(wanted))
    with ThreadPoolExecutor(os.cpu_count() or 1, "slidebuild-pictures") as pool:
        made = pool.map(lambda one: resampled(pictures[one[0]], one[1], cache), todo)
        return {one: data for one, data in zip(todo, made, strict=True) if data is not None}


def may_gain(data: bytes, size: Size) -> bool:
    """Whether a picture might become smaller in that size: trying takes a tenth of a second."""
    return not data.startswith(b"\x89PNG") or len(data) * 8 >= size[0] * size[1] * _HOPELESS


def resampled(data: bytes, size: Size, cache: Cache) -> bytes | None:
    """A picture in that size, made or taken from the cache; None if that is no smaller file, or cannot be."""
    if not may_gain(data, size):
        return None
    key = entry_key("picture", sha256(data).digest(), f"{size[0]}x{size[1]}")
    found = cache.get(key)
    if found is None:
        found = _smaller(data, size) or b""
        cache.put(key, found)
    return found or None


def resized(data: bytes, size: Size) -> Resized | None:
    """A picture in that size, upright; None if it is broken (the browser says so then)."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            kind, profile = opened.format or "", opened.info.get("icc_profile")
            is_photo = kind == "JPEG" or (kind == "WEBP" and opened.mode == "RGB" and b"VP8L" not in data[:64])
            if kind == "JPEG":
                longest = max(size)
                opened.draft(opened.mode, (longest, longest))  # decodes at 1/2, 1/4 or 1/8, never below the size
            ImageOps.exif_transpose(opened, in_place=True)
            # as sharp to the eye as bicubic, in half of the time
            small = plain(opened).resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
    except (OSError, SyntaxError, ValueError):
        return None
    return Resized(small, kind, is_photo, profile)


def jpeg(image: Image, profile: bytes | None) -> bytes:
    """A photo as a file."""
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile, exif=b"")
    return out.getvalue()


def _smaller(data: bytes, size: Size) -> bytes | None:
    """The picture in that size; None if it did not gain."""
    found = resized(data, size)
    if found is None:
        return None
    if found.is_photo:
        made = jpeg(found.image, found.profile)
    else:
        out = BytesIO()
        found.image.save(out, "PNG", compress_level=_LEVEL, icc_profile=found.profile, exif=b"")
        made = out.getvalue()
    return made if found.has_gained(len(made), len(data)) else None


def plain(image: Image) -> Image:
    """With a channel for each colour, and for transparency where there is any: what can be averaged.

    Screenshots have a channel for transparency in which all is opaque; without it they take two thirds of the time.
    """
    if "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ("LA", "RGBA") and image.getchannel("A").getextrema() != (255, 255):
        return image.convert("RGBA")
    return image.convert("L") if image.mode in ("1", "L", "LA") else image.convert("RGB")
