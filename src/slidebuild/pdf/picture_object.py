"""Pictures as a PDF holds them, made without the browser (PDF 1.7, 8.9.5): in as many pixels as are printed."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from slidebuild.cache import Cache, entry_key
from slidebuild.pdf.indexed import indexed
from slidebuild.pdf.picture_file import Size
from slidebuild.pdf.resample import jpeg, may_gain, plain, resized
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from pikepdf import Pdf, Stream
    from PIL.Image import Image

_LEVEL: Final = 6
_SPACES: Final = {"L": b"GRAY", "RGB": b"RGB "}
"""Modes of pictures, and what a profile for them says it is for (ICC.1:2022, 7.2.8)."""


@dataclass(frozen=True, slots=True)
class PictureObject:
    """An image XObject."""

    size: Size
    mode: str
    """`L` or `RGB`."""
    is_jpeg: bool
    data: bytes
    """A JPEG file, or deflated pixels."""
    palette: bytes = b""
    """Red, green and blue of each colour, where the pixels are numbers of colours."""
    predictor: int = 1
    mask: bytes = b""
    """How opaque each pixel is, deflated; empty where all are."""
    profile: bytes = b""
    """ICC profile of its colours; empty for those of screens."""

    def write(self, pdf: Pdf, stream: Stream) -> None:
        """Make a stream of the file this picture."""
        from pikepdf import Array, Dictionary, Name

        width, height = self.size
        for key in ("/ColorTransform", "/DecodeParms", "/Decode", "/SMask", "/Interpolate"):
            if key in stream:
                del stream[key]
        space: object = Name.DeviceGray if self.mode == "L" else Name.DeviceRGB
        if self.profile:
            profile = pdf.make_stream(zlib.compress(self.profile, 9), Filter=Name.FlateDecode)
            profile.N = 3 if self.mode == "RGB" else 1
            space = Array([Name.ICCBased, profile])
        if self.palette:
            space = Array([Name.Indexed, space, len(self.palette) // 3 - 1, self.palette])
        parms = Dictionary(Predictor=self.predictor, Colors=1, BitsPerComponent=8, Columns=width)
        stream.write(
            self.data,
            filter=Name.DCTDecode if self.is_jpeg else Name.FlateDecode,
            decode_parms=parms if self.predictor > 1 else None,
        )
        stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = width, height, 8, space
        if self.mask:
            stream.SMask = pdf.make_stream(
                self.mask,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=width,
                Height=height,
                BitsPerComponent=8,
                ColorSpace=Name.DeviceGray,
                Filter=Name.FlateDecode,
            )

    def pack(self) -> bytes:
        """As bytes."""
        parts = (self.data, self.palette, self.mask, self.profile)
        head = [self.size, self.mode, self.is_jpeg, self.predictor, *map(len, parts)]
        return json.dumps(head).encode() + b"\n" + b"".join(parts)

    @classmethod
    def unpack(cls, packed: bytes) -> PictureObject:
        """From the bytes of `pack`."""
        text, _, rest = packed.partition(b"\n")
        (width, height), mode, is_jpeg, predictor, *lengths = json.loads(text)
        parts = []
        for length in lengths:
            parts.append(rest[:length])
            rest = rest[length:]
        data, palette, mask, profile = parts
        return cls((width, height), mode, is_jpeg, data, palette, predictor, mask, profile)


def picture_object(data: bytes, size: Size | None, cache: Cache) -> PictureObject | None:
    """A picture in that size (None, or where that gains nothing: its own); None if it is broken.

    It has to be one that can be put into a PDF so (`picture_file.PictureFile.is_plain`). Made, or taken from the cache.
    """
    key = entry_key("picture-object", sha256(data).digest(), repr(size))
    kept = cache.get(key)
    if kept is not None:
        return PictureObject.unpack(kept) if kept else None
    found = _made(data, size)
    cache.put(key, found.pack() if found is not None else b"")
    return found


def _made(data: bytes, size: Size | None) -> PictureObject | None:
    if size is not None and may_gain(data, size):
        smaller = resized(data, size)
        if smaller is None:
            return None
        if smaller.is_photo and smaller.image.mode in _SPACES:
            found = _photo(jpeg(smaller.image, None), smaller.image, smaller.profile)
        else:
            found = _drawn(smaller.image, smaller.profile)
        if smaller.has_gained(len(found.data) + len(found.mask), len(data)):
            return found
    return _as_it_is(data)


def _as_it_is(data: bytes) -> PictureObject | None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as opened:
            profile = opened.info.get("icc_profile")
            if opened.format != "JPEG":
                return _drawn(plain(opened), profile)
            head = _photo(data, opened, profile)
            opened.draft("L", (opened.width // 8, opened.height // 8))
            opened.load()  # a file cut in half is told by its end only
            return head
    except (OSError, SyntaxError, ValueError):
        return None


def _photo(file: bytes, image: Image, profile: bytes | None) -> PictureObject:
    return PictureObject(image.size, image.mode, is_jpeg=True, data=file, profile=_fit(profile, image.mode))


def _drawn(image: Image, profile: bytes | None) -> PictureObject:
    """Pixels without losses; `image` is L, RGB or RGBA."""
    mask = b""
    if image.mode == "RGBA":
        mask = zlib.compress(image.getchannel("A").tobytes(), _LEVEL)
        image = _without_fringes(image)
    own = _fit(profile, image.mode)
    few = indexed(image) if image.mode == "RGB" else None
    if few is not None:
        return PictureObject(image.size, "RGB", False, few.data, few.palette, few.predictor, mask, own)  # noqa: FBT003
    pixels = zlib.compress(image.tobytes(), _LEVEL)
    return PictureObject(image.size, image.mode, is_jpeg=False, data=pixels, mask=mask, profile=own)


def _without_fringes(image: Image) -> Image:
    """The colours of an RGBA picture. What is clear gets those beside it: viewers blend colours, then masks."""
    from PIL import Image as Images
    from PIL import ImageFilter

    beside = image.convert("RGBa").filter(ImageFilter.BoxBlur(1)).convert("RGBA").convert("RGB")
    is_clear = image.getchannel("A").point([255, *[0] * 255])
    return Images.composite(beside, image.convert("RGB"), is_clear)


def _fit(profile: bytes | None, mode: str) -> bytes:
    """A profile, if it is one for such colours; browsers take no other either."""
    return profile if profile is not None and profile[16:20] == _SPACES[mode] and profile[36:40] == b"acsp" else b""
