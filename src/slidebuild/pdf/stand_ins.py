"""What the browser gets in place of large pictures: blank ones of their size, known again in what it prints.

They are JPEGs, which Chromium neither unpacks nor deflates: their bytes stand in the PDF as they are, a comment of ours
included.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from slidebuild.pdf.picture_file import Size


def stand_in(address: str, size: Size) -> bytes:
    """A blank picture that no other address gets (comments: ITU-T T.81, B.2.4.5)."""
    blank, mark = _blank(size), b"slidebuild " + sha256(address.encode("utf-8", "surrogatepass")).digest()
    return blank[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark + blank[2:]


@lru_cache(maxsize=256)
def _blank(size: Size) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("L", size, 128).save(out, "JPEG", quality=25)
    return out.getvalue()
