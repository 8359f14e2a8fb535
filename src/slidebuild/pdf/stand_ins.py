"""What the browser gets in place of large pictures: blank ones of their size, known again in what it prints.

They are JPEGs, which Chromium neither unpacks nor deflates: their bytes stand in the PDF as they are, a comment of ours
included.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Final

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.pdf.picture_file import Size

_FRAME: Final = b"\xff\xc0"
_SCAN: Final = b"\xff\xda"
_END: Final = b"\xff\xd9"
_GREY: Final = bytes.fromhex("28a28a")
"""Four blocks of 8 x 8 pixels, all of them medium grey: 00 (the same as before), 1010 (and nothing more), in the tables
of ITU-T T.81, K.3."""


def stand_in(address: str, size: Size, cache: Cache = NO_CACHE) -> bytes:
    """A blank picture that no other address gets (comments: ITU-T T.81, B.2.4.5)."""
    blank, mark = _blank(size, cache), b"slidebuild " + sha256(address.encode("utf-8", "surrogatepass")).digest()
    return blank[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark + blank[2:]


def _blank(size: Size, cache: Cache) -> bytes:
    """A grey picture: encoding one of a screen's size takes 5 ms, and all of them are alike."""
    (width, height), head = size, _head(cache)
    frame = head.index(_FRAME) + 5  # behind its length and the bits of a pixel
    blocks = -(-width // 8) * -(-height // 8)
    rest = -6 * blocks % 8  # bits, which are to be ones
    grey = (_GREY * (blocks // 4 + 1))[: (6 * blocks + rest) // 8]
    last = grey[-1] >> rest << rest | (1 << rest) - 1
    sides = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return head[:frame] + sides + head[frame + 4 :] + grey[:-1] + bytes([last]) + _END


@lru_cache(maxsize=8)
def _head(cache: Cache) -> bytes:
    """All that stands before the pixels. Made, or taken from the cache: loading Pillow takes 20 ms."""
    key = entry_key("stand-in", "head")
    found = cache.get(key)
    if found is None:
        found = _made_head()
        cache.put(key, found)
    return found


def _made_head() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("L", (8, 8), 128).save(out, "JPEG", quality=25)
    data = out.getvalue()
    scan = data.index(_SCAN) + 2
    return data[: scan + int.from_bytes(data[scan : scan + 2], "big")]
