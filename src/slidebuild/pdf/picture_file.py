"""What the header of a picture says: how large it is, and whether a PDF can have it from us instead of the browser."""

from __future__ import annotations

import json
import warnings
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from slidebuild.cache import Cache, entry_key
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

Size: TypeAlias = tuple[int, int]
"""Width and height in pixels, turned as the picture is shown."""

FORMATS: Final = ("PNG", "JPEG", "WEBP")
"""Of pictures that can be resampled."""
_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_LEAST: Final = 8192
"""Bytes below which there is nothing to gain."""
_MODES: Final = frozenset(("1", "L", "LA", "P", "RGB", "RGBA"))
_ORIENTATION: Final = 0x0112
_TURNED: Final = frozenset((5, 6, 7, 8))
"""EXIF orientations that swap width and height."""
_EXIF_IN_PNG: Final = (b"eXIf", b"Raw profile type", b"XML:com.adobe.xmp")
"""Chunks that hold it, and what texts go by that do (PNG 3rd edition, 11.3.4.6; ImageMagick and XMP before that)."""
_DETAILS: Final = 0x8769
_PIXELS_ACROSS: Final = 0xA002
"""With it Chromium shows a picture in another size than its pixels tell, if the resolution says so, too."""
_LONGEST: Final = 65_000
"""Pixels of a side of a JPEG."""
_GAMMA: Final = 0.45455
_CHROMATICITY: Final = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
"""Of sRGB: what most programs write who write any."""
_NEAR: Final = 0.003


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that can be resampled."""

    size: Size
    is_plain: bool
    """Whether its pixels, with its profile, are what browsers show: they need not be turned, scaled or corrected."""
    may_be_translucent: bool
    """Whether some of its pixels may be so."""

    def pack(self) -> bytes:
        """As bytes."""
        return json.dumps([*self.size, self.is_plain, self.may_be_translucent]).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> PictureFile:
        """From the bytes of `pack`."""
        width, height, is_plain, may_be_translucent = json.loads(packed)
        return cls((width, height), is_plain, may_be_translucent)


def is_picture(data: bytes) -> bool:
    """Whether it looks like a picture that could be resampled; a cheap test."""
    return len(data) >= _LEAST and data.startswith(_SIGNATURES)


def is_bomb(data: bytes) -> bool:
    """Whether a picture unpacks to more pixels than Pillow thinks safe (about 90 million)."""
    found = _peek(data)
    return found is not None and _is_too_large(found)


def picture_file(data: bytes) -> PictureFile | None:
    """What the header says; None for what is not to be resampled.

    That is: what cannot be read, moves, has unusual colours (CMYK, 16 bits), or is a bomb.
    """
    found = _peek(data)
    return None if found is None or _is_too_large(found) else found


def known_picture(data: bytes, cache: Cache) -> PictureFile | None:
    """The same, made or taken from the cache: where all pictures are known, Pillow (20 ms) is not loaded."""
    key = entry_key("picture-file", sha256(data).digest())
    kept = cache.get(key)
    if kept is not None:
        return PictureFile.unpack(kept) if kept else None
    found = picture_file(data)
    cache.put(key, found.pack() if found is not None else b"")
    return found


def size_of(data: bytes) -> Size | None:
    """The size in pixels as shown (EXIF orientation respected); None for what is not to be resampled."""
    found = picture_file(data)
    return None if found is None else found.size


def _is_too_large(picture: PictureFile) -> bool:
    from PIL import Image

    limit = Image.MAX_IMAGE_PIXELS
    return limit is not None and picture.size[0] * picture.size[1] > limit


def _peek(data: bytes) -> PictureFile | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                if getattr(image, "n_frames", 1) != 1 or image.mode not in _MODES:
                    return None
                width, height = image.size
                exif = _exif(image, data)
                is_turned = exif.get(_ORIENTATION) in _TURNED
                may_be_translucent = image.mode in ("LA", "RGBA") or "transparency" in image.info
                return PictureFile(
                    (height, width) if is_turned else (width, height), _is_plain(image, exif), may_be_translucent
                )
    except Image.DecompressionBombError:
        return PictureFile((1 << 20, 1 << 20), is_plain=False, may_be_translucent=False)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None


def _exif(image: Image, data: bytes) -> Exif:
    """Its EXIF data. A PNG may have it after its pixels, for which Pillow unpacks them: only where it does have it."""
    from PIL import Image as Images

    pixels = data.find(b"IDAT")
    if image.format == "PNG" and all(data.find(mark, pixels) < 0 for mark in _EXIF_IN_PNG):
        return Images.Image.getexif(image)  # not the PNG's own, which looks at the end first
    return image.getexif()


def _is_plain(image: Image, exif: Exif) -> bool:
    if max(image.size) > _LONGEST or exif.get(_ORIENTATION, 1) != 1:
        return False
    if exif.get_ifd(_DETAILS).get(_PIXELS_ACROSS, image.width) != image.width:
        return False
    if "icc_profile" in image.info or "srgb" in image.info:
        return True
    gamma, colours = image.info.get("gamma", _GAMMA), image.info.get("chromaticity", _CHROMATICITY)
    return abs(gamma - _GAMMA) < _NEAR and all(
        abs(own - usual) < _NEAR for own, usual in zip(colours, _CHROMATICITY, strict=True)
    )
