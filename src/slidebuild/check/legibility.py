"""Whether text can be read: its contrast with what is behind it, and its size."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from slidebuild.check.measuring import Colour, Drawing, Letters
from slidebuild.check.subject import place_of_text
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from PIL.Image import Image

MIN_SIZE: Final = 12.0
"""CSS px on a slide 681 px high. From the last row the slide is as high as a phone held at arm's length."""
_FEW: Final = 4
"""Characters; shorter texts are marks."""
_NORMAL: Final = 4.5
_LARGE: Final = 3.0
"""WCAG 2.2, 1.4.3 (AA): contrast of text, and of text of 24 px or of 18.66 px in bold."""
_SHARE: Final = 0.4
"""Of the ground behind a line that may be too like it, where the ground is a picture."""

_Look: TypeAlias = tuple[Colour, float, Colour | None, bool]


def check_contrast(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`low-contrast`: text whose contrast is below WCAG's AA; once a slide for each pair of colours.

    Colours are those computed; where they say too little or too much, the pixels behind the line are looked at. The
    colours of code come from one style for all slides, so they are told once.
    """
    told: set[_Look] = set()
    for index, slide in enumerate(drawing.slides):
        seen: set[_Look] = set()
        for letters in slide.letters:
            look = (letters.colour, letters.opacity, letters.ground, letters.is_code)
            if look in seen or (letters.is_code and look in told) or not _is_text(letters):
                continue
            wanted = _LARGE if _is_large(letters) else _NORMAL
            if letters.ground is not None and _seen_contrast(letters, letters.ground) >= wanted:
                continue
            measured = _measured(letters, drawing.ground(index), wanted)
            if measured is None:
                continue
            if letters.ground is not None:
                seen.add(look)
                told.add(look)
            contrast, ground = measured
            diagnostics.add(
                "low-contrast",
                f"“{letters.text[:40]}” has a contrast of {contrast:.1f}:1: {_hex(letters.colour)} on {_hex(ground)}",
                place_of_text(slide.slide.resolved, letters.text),
                hint=f"WCAG asks for {wanted:g}:1 at this size",
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
