"""Pictures that the browser printed, made smaller: it deflates bare RGB, whatever they are like.

PNG's filters for all that have many colours would save 6 % of a real deck's size and double the time of printing it.
"""

from __future__ import annotations

from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from slidebuild.pdf.indexed import indexed

_LEAST: Final = 2048
"""Bytes below which there is nothing to gain."""


def shrink_images(pdf: Pdf) -> None:
    """Give the RGB pictures of a file that have up to 256 colours a palette (PDF 1.7, 8.6.6.3), without any loss."""
    for obj in pdf.objects:
        if isinstance(obj, Stream) and obj.get(Name.Subtype) == Name.Image and obj.get(Name.Filter) == Name.FlateDecode:
            _shrink(obj)


def _shrink(stream: Stream) -> None:
    space = stream.get(Name.ColorSpace)
    if space is None or Name.DecodeParms in stream or stream.get(Name.BitsPerComponent) != 8 or not _is_rgb(space):
        return
    raw, size = stream.read_raw_bytes(), (int(stream.Width), int(stream.Height))
    pixels = stream.read_bytes() if len(raw) >= _LEAST else b""
    if not pixels or len(pixels) != size[0] * size[1] * 3:
        return
    from PIL import Image

    found = indexed(Image.frombytes("RGB", size, pixels))
    if found is not None and len(found.data) < len(raw):
        parms = Dictionary(Predictor=found.predictor, Colors=1, BitsPerComponent=8, Columns=size[0])
        stream.write(found.data, filter=Name.FlateDecode, decode_parms=parms)
        stream.ColorSpace = Array([Name.Indexed, space, len(found.palette) // 3 - 1, found.palette])


def _is_rgb(space: Object) -> bool:
    if isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased:
        return bool(space[1].get(Name.N) == 3)
    return bool(space == Name.DeviceRGB)
