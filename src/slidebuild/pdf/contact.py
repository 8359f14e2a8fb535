"""A contact sheet: all slides small, in rows, on one picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil, sqrt
from typing import Final

from slidebuild.pdf.shots import Shot

_GAP: Final = 16
_LABEL: Final = 22
"""Pixels between pictures, and for the number below each."""


def contact_sheet(shots: Sequence[Shot]) -> bytes:
    """A PNG of pictures of one size, with their page labels; some more columns than rows."""
    from PIL import Image, ImageDraw, ImageFont

    pictures = [Image.open(BytesIO(shot.data)).convert("RGB") for shot in shots]
    width, height = pictures[0].size
    columns = max(1, min(len(pictures), ceil(sqrt(len(pictures) * 0.8))))
    rows = ceil(len(pictures) / columns)
    size = (columns * (width + _GAP) + _GAP, rows * (height + _GAP + _LABEL) + _GAP)
    sheet = Image.new("RGB", size, (236, 236, 236))
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(14)
    for index, (shot, picture) in enumerate(zip(shots, pictures, strict=True)):
        left = _GAP + index % columns * (width + _GAP)
        top = _GAP + index // columns * (height + _GAP + _LABEL)
        sheet.paste(picture, (left, top))
        pen.rectangle((left - 1, top - 1, left + width, top + height), outline=(190, 190, 190))
        pen.text((left + width, top + height + 4), shot.page.label, fill=(80, 80, 80), font=font, anchor="ra")
    out = BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()
