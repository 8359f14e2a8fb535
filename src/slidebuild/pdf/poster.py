"""The slide property `poster:`: which still of a slide that moves is printed (`pdf.animations: poster`)."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.slides import Slide

Moment: TypeAlias = Literal["first", "last"] | float
"""A frame: the first or last one, or the one shown so many seconds after the beginning."""

_SECONDS: Final = regex(r"(\d+(?:\.\d+)?)\s*s", re.ASCII)


@dataclass(frozen=True, slots=True)
class Poster:
    """What `poster:` asks for; nothing when both are None."""

    moment: Moment | None = None
    image: str | None = None
    """Address of a picture, as written."""


def poster_of(slide: Slide) -> Poster:
    """`poster: first`, `last`, `3.5s`, or else the address of a picture."""
    written = slide.resolved.properties.get("poster", "").strip()
    match written.lower():
        case "":
            return Poster()
        case "first":
            return Poster("first")
        case "last":
            return Poster("last")
        case lower if found := _SECONDS.fullmatch(lower):
            return Poster(float(found[1]))
        case _:
            return Poster(image=written)
