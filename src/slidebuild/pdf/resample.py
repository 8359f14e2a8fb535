"""Pictures in fewer pixels. The same picture and size give the same bytes."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from slidebuild.cache import Cache, entry_key

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[int, int]
"""Width and height in pixels, turned as the picture is shown."""

_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_LEAST: Final = 8192
"""Bytes below which there is nothing to gain."""
_GAIN: Final = 0.9
"""A picture that takes more than this share of its former bytes did not gain."""
_QUALITY: Final = 88
_LEVEL: Final = 2
"""Of zlib: the browser unpacks the picture at once and deflates it anew."""
_ORIENTATION: Final = 0x0112
_TURNED: Final = frozenset((5, 6, 7, 8))
"""EXIF orientations that swap width and height."""


def is_picture(data: bytes) -> bool:
    """Whether it looks like a picture that could be resampled; a cheap test."""
    return len(data) >= _LEAST and data.startswith(_SIGNATURES)


def is_bomb(data: bytes) -> bool:
    """Whether a picture unpacks to more pixels than Pillow thinks safe (about 90 million)."""
    from PIL import Image

    limit = Image.MAX_IMAGE_PIXELS
    size = _peek(data)
    return limit is not None and size is not None and size[0] * size[1] > limit


def size_of(data: bytes) -> Size | None:
    """The size in pixels as shown (EXIF orientation respected); None for what is not to be resampled.

    That is: what cannot be read, moves, has unusual colours (CMYK, 16 bits), or is a bomb.
    """
    return None if is_bomb(data) else _peek(data)


def resample(
    pictures: Mapping[str, bytes], wanted: Iterable[tuple[str, Size]], cache: Cache
) -> Mapping[tuple[str, Size], bytes]:
    """The pictures that became smaller files, by address and size; made in threads, or taken from the cache."""

    def work(one: tuple[str, Size]) -> bytes:
        address, size = one
        data = pictures[address]
        key = entry_key("picture", sha256(data).digest(), f"{size[0]}x{size[1]}")
        found = cache.get(key)
        if found is None:
            found = _smaller(data, size) or b""
            cache.put(key, found)
        return found

    todo = sorted(set(wanted))
    with ThreadPoolExecutor(os.cpu_count() or 1, "slidebuild-pictures") as pool:
        return {one: data for one, data in zip(todo, pool.map(work, todo), strict=True) if data}


def _peek(data: bytes) -> Size | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                if getattr(image, "n_frames", 1) != 1 or image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
                    return None
                width, height = image.size
                return (height, width) if image.getexif().get(_ORIENTATION) in _TURNED else (width, height)
    except Image.DecompressionBombError:
        return (1 << 20, 1 << 20)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None


def _smaller(data: bytes, size: Size) -> bytes | None:
    """The picture in that size; None if it did not gain, or is broken (the browser says so then)."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            kind, profile = opened.format, opened.info.get("icc_profile")
            is_photo = kind == "JPEG" or (kind == "WEBP" and opened.mode == "RGB" and b"VP8L" not in data[:64])
            if kind == "JPEG":
                longest = max(size)
                opened.draft(opened.mode, (longest, longest))  # decodes at 1/2, 1/4 or 1/8, never below the size
            upright = ImageOps.exif_transpose(opened)
            small = _plain(upright).resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    except (OSError, SyntaxError, ValueError):
        return None
    out = BytesIO()
    if is_photo:
        small.save(out, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile, exif=b"")
    else:
        small.save(out, "PNG", compress_level=_LEVEL, icc_profile=profile, exif=b"")
    found = out.getvalue()
    # WebP goes into a PDF unpacked and deflated, so that fewer pixels always gain.
    return found if kind == "WEBP" or len(found) <= len(data) * _GAIN else None


def _plain(image: Image) -> Image:
    """With a channel for each colour, and for transparency where there is any: what can be averaged.

    Screenshots have a channel for transparency in which all is opaque; without it they take two thirds of the time.
    """
    if "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ("LA", "RGBA") and image.getextrema()[-1] != (255, 255):
        return image.convert("RGBA")
    return image.convert("L") if image.mode in ("1", "L", "LA") else image.convert("RGB")
