"""Whether a picture moves, told from its bytes: a walk over the blocks of the file, no pixel is decoded."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from slidebuild.patterns import regex

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SVG_MOVES: Final = regex(
    rb"<(?:[\w.-]+:)?(?:animate(?:Transform|Motion|Color)?|set)(?=[\s/>])|@(?:-webkit-)?keyframes\s", re.ASCII
)
_SVG_HIDDEN: Final = regex(rb"<!--.*?-->", re.DOTALL)
_SVG_START: Final = regex(rb"<(?:[\w.-]+:)?svg[\s>/]", re.ASCII)
_AVIF_CONTAINERS: Final = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl"))


def moving_kind(data: bytes) -> str | None:
    """`gif`, `apng`, `webp`, `avif` or `svg` for a picture of more than one frame, else None.

    What the file is counts, not its name. A file cut short has the frames that are there.
    """
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif" if _several(_gif_frames(data)) else None
    if data.startswith(_PNG):
        return "apng" if _png_frames(data) > 1 else None
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp" if _several(kind for kind, _ in _riff_chunks(data) if kind == b"ANMF") else None
    if data[4:8] == b"ftyp":
        return "avif" if _avif_frames(data) > 1 else None
    if _SVG_START.search(data[:4096]):
        return "svg" if _SVG_MOVES.search(_SVG_HIDDEN.sub(b"", data)) else None
    return None


def _several(items: Iterator[object]) -> bool:
    return next(items, None) is not None and next(items, None) is not None


def _gif_frames(data: bytes) -> Iterator[int]:
    """Offsets of the image descriptors (GIF89a specification, sections 20 to 26)."""
    at = 13 + _colour_table(data[10:11])
    while at < len(data):
        match data[at]:
            case 0x2C:  # image descriptor, its colour table, the LZW code size, data
                yield at
                at = _after_sub_blocks(data, at + 11 + _colour_table(data[at + 9 : at + 10]))
            case 0x21:  # extension and its label
                at = _after_sub_blocks(data, at + 2)
            case 0x00:  # stray block terminators, which some encoders write
                at += 1
            case _:  # the trailer, or rubbish
                return


def _colour_table(flags: bytes) -> int:
    """Bytes of the colour table that a byte of flags announces."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _png_frames(data: bytes) -> int:
    """Frames that the chunk `acTL` announces (PNG third edition, 11.3.5.1); it stands before the first `IDAT`."""
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"acTL" and at + 12 <= len(data):
            return int(struct.unpack_from(">I", data, at + 8)[0])
        if kind == b"IDAT":
            return 1
        at += length + 12
    return 1


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Names and offsets of the chunks of a RIFF file; `ANMF` is a frame of an animated WebP."""
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, at
        at += 8 + length + length % 2


def _avif_frames(data: bytes) -> int:
    """Samples of the longest track of an image sequence (brand `avis`; ISO/IEC 14496-12, `stsz` and `stz2`)."""
    brands = data[8 : struct.unpack_from(">I", data)[0]]
    if b"avis" not in (brands[at : at + 4] for at in range(0, len(brands), 4)):
        return 1
    return max((_samples(data, start, end) for start, end in _sample_tables(data)), default=1)


def _samples(data: bytes, start: int, end: int) -> int:
    return int(struct.unpack_from(">I", data, start + 8)[0]) if start + 12 <= end else 0


def _sample_tables(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the contents of the boxes `stsz` and `stz2` lie."""
    waiting = [(0, len(data))]
    while waiting:
        at, end = waiting.pop()
        while at + 8 <= end:
            length, kind = struct.unpack_from(">I4s", data, at)
            header = 8
            if length == 1 and at + 16 <= end:
                length, header = struct.unpack_from(">Q", data, at + 8)[0], 16
            after = end if length == 0 else min(at + length, end)
            if length and length < header:
                return
            if kind in _AVIF_CONTAINERS:
                waiting.append((at + header, after))
            elif kind in (b"stsz", b"stz2"):
                yield at + header, after
            at = after
