"""Whether text can be read: its contrast with what is behind it, and its size."""

from __future__ import annotations

from dataclasses import field
from io import BytesIO
from typing import TYPE_CHECKING, Final

from slidebuild.check.measuring import Colour, Drawing, Letters
from slidebuild.check.subject import place_of_text
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

MIN_SIZE: Final = 12.0
"""CSS px on a slide 681 px high. From the last row the slide is as high as a phone held at arm's length."""
_FEW: Final = 4
"""Characters; shorter texts are marks."""
_NORMAL: Final = 4.5
_LARGE: Final = 3.0
"""WCAG 2.2, 1.4.3 (AA): contrast of text, and of text of 24 px or of 18.66 px in bold."""
_NEAR: Final = 3
"""Slides to either side on which a text may stand that is dimmed on this one."""
_SHARE: Final = 0.4
"""Of the ground behind a line that may be too like it, where the ground is a picture."""


@dataclass(slots=True)
class _Pair:
    """Two colours of a deck that are too like each other."""

    first: Letters
    slide: ResolvedSlide
    contrast: float
    ground: Colour
    wanted: float
    slides: set[int] = field(default_factory=set)


def check_contrast(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`low-contrast`: text whose contrast is below WCAG's AA; once for each pair of colours, as these are the theme's.

    Colours are those computed; where they say too little, or too little contrast, the pixels behind the line are
    looked at. Over a picture each slide counts by itself. A text that a neighbouring slide shows clearly was dimmed
    there: it is to come, or was talked about.
    """
    pairs: dict[tuple[object, ...], _Pair] = {}
    clear = [{letters.text for letters in slide.letters if _is_clear(letters)} for slide in drawing.slides]
    for index, slide in enumerate(drawing.slides):
        near = set().union(*clear[max(0, index - _NEAR) : index + _NEAR + 1])
        for letters in filter(_is_text, slide.letters):
            wanted = _wanted(letters)
            if _is_clear(letters) or letters.text in near:
                continue
            place = letters.ground if letters.ground is not None else index
            key = (letters.colour, round(letters.opacity, 2), place, wanted)
            if key not in pairs:
                measured = _measured(letters, drawing.ground(index), wanted)
                if measured is None:
                    continue
                pairs[key] = _Pair(letters, slide.slide.resolved, *measured, wanted)
            pairs[key].slides.add(index)
    for pair in pairs.values():
        more = f", as on {len(pair.slides) - 1} more" if len(pair.slides) > 1 else ""
        # cut, not rounded: 4.48 is not 4.5
        shown = int(pair.contrast * 100) / 100
        diagnostics.add(
            "low-contrast",
            f"slide {pair.slide.index + 1}{more}: “{pair.first.text[:40]}” has a contrast of {shown:.2f}:1, "
            f"{_hex(pair.first.colour)} on {_hex(pair.ground)}",
            place_of_text(pair.slide, pair.first.text),
            hint=f"WCAG asks for {pair.wanted:g}:1 at this size",
        )


def check_sizes(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`small-text`: text below `MIN_SIZE`; once a slide, with its smallest. Indices, formulas and mere marks may be."""
    for slide in drawing.slides:
        small = [letters for letters in slide.letters if _is_small(letters)]
        if small:
            least = min(small, key=lambda letters: letters.size)
            diagnostics.add(
                "small-text",
                f"“{least.text[:40]}” is {least.size:.1f} px high on a slide of 681 px",
                place_of_text(slide.slide.resolved, least.text),
                hint=f"nothing below {MIN_SIZE:g} px can be read from a seat",
            )


def _is_small(letters: Letters) -> bool:
    return (
        letters.size < MIN_SIZE - 0.05 and not letters.is_raised and letters.length >= _FEW and not letters.is_covered
    )


def _is_text(letters: Letters) -> bool:
    """Whether its colour is meant to be read: not text that is hidden, faded out, or drawn with effects."""
    has_letters = any(char.isalnum() for char in letters.text)
    return has_letters and not letters.is_decorated and not letters.is_covered and letters.opacity > 0.1


def _is_clear(letters: Letters) -> bool:
    return letters.ground is not None and _seen_contrast(letters, letters.ground) >= _wanted(letters)


def _wanted(letters: Letters) -> float:
    return _LARGE if _is_large(letters) else _NORMAL


def _is_large(letters: Letters) -> bool:
    return letters.size >= 24 or (letters.size >= 18.66 and letters.weight >= 700)


def _seen_contrast(letters: Letters, ground: Colour) -> float:
    """Contrast of a text of some opacity on a ground."""
    red, green, blue = (
        top * letters.opacity + below * (1 - letters.opacity) for top, below in zip(letters.colour, ground, strict=True)
    )
    return contrast((red, green, blue), ground)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """WCAG 2.2, “relative luminance”."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _measured(letters: Letters, shot: bytes, wanted: float) -> tuple[float, Colour] | None:
    """The lowest usual contrast of a text with the pixels behind it; None when that will do."""
    from PIL import Image

    with Image.open(BytesIO(shot)) as image:
        pixels = _behind(image, letters)
    if not pixels:
        return None
    total = sum(count for count, _ in pixels)
    found = sorted((_seen_contrast(letters, colour), count, colour) for count, colour in pixels)
    low = sum(count for value, count, _ in found if value < wanted)
    if low < _SHARE * total:
        return None
    _, colour = max((count, colour) for value, count, colour in found if value < wanted)
    return _seen_contrast(letters, colour), colour


def _behind(image: Image, letters: Letters) -> list[tuple[int, Colour]]:
    """Colours behind a line of text, and how many pixels have each."""
    left, top, right, bottom = letters.rect
    box = (
        max(0, int(left)),
        max(0, int(top)),
        min(image.width, int(right) + 1),
        min(image.height, int(bottom) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return []
    part = image.convert("RGB").crop(box)
    part.thumbnail((200, 40))
    found = part.getcolors(maxcolors=part.width * part.height) or []
    return [(count, (float(c[0]), float(c[1]), float(c[2]))) for count, c in found if isinstance(c, tuple)]


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
