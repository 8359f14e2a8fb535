"""Pictures and fonts as slides use them."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from slidebuild.check.measuring import Drawing, DrawnPicture
from slidebuild.check.subject import beginning, place_of_address, place_of_text, shown_name
from slidebuild.diagnostics import Diagnostics

MAX_SCALE: Final = 4.0
"""Pixels of a picture for each CSS px that it takes, in both directions; two are enough for sharp screens."""
MIN_BYTES: Final = 500_000
"""Smaller files are not worth telling."""


def check_shown_sizes(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`oversized-picture`: more than `MAX_SCALE` times as wide and as high as it is ever shown, and no small file."""
    largest: dict[str, DrawnPicture] = {}
    for slide in drawing.slides:
        for picture in slide.pictures:
            before = largest.get(picture.address)
            if before is None or picture.shown[0] > before.shown[0]:
                largest[picture.address] = picture
    for slide in drawing.slides:
        for picture in slide.pictures:
            data = drawing.assets.get(unquote(picture.address), b"")
            if largest.get(picture.address) is not picture or len(data) < MIN_BYTES or not _is_too_large(picture, data):
                continue
            place = place_of_address(slide.slide.resolved, picture.address)
            diagnostics.add(
                "oversized-picture",
                f"{shown_name(picture.address)} has {picture.natural[0]} × {picture.natural[1]} pixels and "
                f"{len(data) / 1e6:.1f} MB, but is shown at {picture.shown[0]:.0f} × {picture.shown[1]:.0f}",
                place.span if place is not None else beginning(slide.slide.resolved),
                hint=f"a width of {2 * picture.shown[0]:.0f} pixels is enough for any screen",
            )


def _is_too_large(picture: DrawnPicture, data: bytes) -> bool:
    if data[:512].lstrip().startswith((b"<svg", b"<?xml", b"<!--")):  # drawings have no pixels
        return False
    return all(pixels > MAX_SCALE * max(shown, 1) for pixels, shown in zip(picture.natural, picture.shown, strict=True))


def check_fonts(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`unshipped-font`: text set in a family for which there is no `@font-face`, nor for one named after it; once each.

    Generic families (`sans-serif`, `monospace` …) are meant to differ from machine to machine.
    """
    told: set[str] = set()
    for slide in drawing.slides:
        for family, text in slide.fonts.items():
            if family in told:
                continue
            told.add(family)
            place = place_of_text(slide.slide.resolved, text)
            if family:
                what = f"“{text[:40]}” is set in {family}, which neither theme nor deck brings along"
                hint = "where it is not installed, another font is shown; add an @font-face with the file"
            else:
                what = f"no stylesheet says what font “{text[:40]}” is set in"
                hint = "each browser takes its own; name a family, and add an @font-face with its file"
            diagnostics.add("unshipped-font", what, place, hint=hint)
