"""Pictures of so many pixels that unpacking them would take the machine's memory: told by their headers.

A PNG of one megabyte can hold 300 million pixels, for which Chromium needs 6 GB and minutes to print. JPEG is no such
trap: it goes into the PDF as it is, and Chromium unpacks it in a smaller size.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from typing import Final
from urllib.parse import unquote_to_bytes

from slidebuild.patterns import regex

MAX_PIXELS: Final = 90_000_000
"""A little more than Pillow takes without a warning (`PIL.Image.MAX_IMAGE_PIXELS`, 89,478,485)."""

_BEGINNING: Final = b"data:image/"
_EMBEDDED: Final = regex(rb"data:image/[\w.+-]+((?:;[^,;\"'\s]*)*),\s*([^\"'\s)<>]*)", re.IGNORECASE)
_HEAD: Final = 4096
"""Characters of an embedded picture that are looked at: its size stands at the beginning."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def is_bomb(data: bytes) -> bool:
    """Whether a picture has too many pixels, or a text (SVG, HTML, CSS) holds one that has, as a `data:` address."""
    pixels = _pixels(data)
    if pixels is not None:
        return pixels > MAX_PIXELS
    return _embeds_bomb(data)


def without_bombs(text: bytes) -> bytes:
    """A text with empty addresses in place of embedded pictures that have too many pixels."""
    if not _may_embed(text):
        return text
    return _EMBEDDED.sub(lambda found: b"data:," if _is_embedded_bomb(found) else found[0], text)


def _may_embed(text: bytes) -> bool:
    """Whether there is an embedded picture: a search without regard to case takes 11 ms for each megabyte of a font."""
    return _BEGINNING in text.lower()


def _embeds_bomb(text: bytes) -> bool:
    return _may_embed(text) and any(map(_is_embedded_bomb, _EMBEDDED.finditer(text)))


def _is_embedded_bomb(found: re.Match[bytes]) -> bool:
    body = unquote_to_bytes(found[2][: _HEAD * 3])
    if b"base64" in found[1].lower():
        body = body.translate(None, b" \t\r\n\f")[:_HEAD]
        try:
            body = base64.b64decode(body[: len(body) // 4 * 4])
        except binascii.Error:
            return False
    return (_pixels(body) or 0) > MAX_PIXELS


def _pixels(data: bytes) -> int | None:
    """Pixels of a PNG, GIF, WebP, AVIF or BMP; None for anything else."""
    head = data[:_HEAD]
    if head.startswith(_PNG) and len(head) >= 24:
        return _product(">II", head, 16)
    if head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 10:
        return _product("<HH", head, 6)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(head)
    if head[:2] == b"BM" and len(head) >= 26:
        width, height = struct.unpack_from("<ii", head, 18)
        return abs(int(width * height))
    if head[4:8] == b"ftyp":
        return max((_product(">II", head, found.end() + 4) for found in re.finditer(b"ispe", head)), default=None)
    return None


def _webp(head: bytes) -> int | None:
    """The three kinds of WebP (https://developers.google.com/speed/webp/docs/riff_container)."""
    kind = head[12:16]
    if kind == b"VP8X" and len(head) >= 30:
        return _three(head, 24) * _three(head, 27)
    if kind == b"VP8L" and len(head) >= 25:
        bits = int.from_bytes(head[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and len(head) >= 30:
        width, height = struct.unpack_from("<HH", head, 26)
        return int(width & 0x3FFF) * int(height & 0x3FFF)
    return None


def _three(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 3], "little") + 1


def _product(form: str, head: bytes, at: int) -> int:
    if at + struct.calcsize(form) > len(head):
        return 0
    width, height = struct.unpack_from(form, head, at)
    return int(width * height)
