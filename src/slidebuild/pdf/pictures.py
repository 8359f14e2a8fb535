"""Which pictures are larger than they are printed, and by how much: measured in the browser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from html import escape
from typing import Final, Literal
from urllib.parse import quote, unquote

from slidebuild.browser.page import Page
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.installed import PACKAGE
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.picture_file import PictureFile, Size, is_picture, known_picture
from slidebuild.records import dataclass

Fit = Literal["cover", "contain", "natural", "link", "unknown"]

CSS_DPI: Final = 96
"""CSS px in an inch."""
_WORTH: Final = 0.85
"""Pictures that would keep more than this share of their width are left alone: little gained, a bit blurred."""


@dataclass(frozen=True, slots=True)
class Use:
    """A picture at its place on a slide."""

    slide: int
    """0-based; -1 outside of all slides."""
    address: str
    """As the page's files are named."""
    width: float
    """CSS px; of the box that shows it, borders and padding included."""
    height: float
    fit: Fit
    is_whole: bool = False
    """Whether it is drawn in one piece, with nothing but scaling, turning, clipping and blending done to it."""
    has_ground: bool = False
    """Whether a colour or picture lies behind it that browsers leave out where it is opaque."""


def measure(page: Page, sheet: Sheet) -> tuple[Use, ...]:
    """All places where the page, laid out for printing, shows one of its own files as a picture, or links to it."""
    found = []
    for slide, address, width, height, fit, is_whole, has_ground in page.evaluate(
        _script(), sheet.css + sheet.stacked_css
    ):
        own = page.site.relative(address)
        if own is not None:
            found.append(Use(slide, unquote(own), width, height, fit, is_whole, has_ground))
    return tuple(found)


def wanted_sizes(html: str, natural: Mapping[str, Size], uses: Iterable[Use], dpi: int) -> Mapping[str, Size]:
    """The sizes in pixels, by address, of pictures that are larger than printing at `dpi` needs.

    `natural`: the sizes that pictures have. One stays as it is unless every mention of it in the page is a place that
    was measured: style sheets use pictures in ways (masks, borders, list marks) whose size nobody tells.
    """
    places: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        places[use.address].append(use)
    sizes = {}
    for address, here in sorted(places.items()):
        size = natural.get(address)
        if size is None or html.count(escape(quote(address))) != len(here):
            continue
        share = max(_share(use, size, dpi) for use in here)
        if 0 < share < _WORTH:
            width, height = size
            sizes[address] = (max(1, round(width * share)), max(1, round(height * share)))
    return sizes


def can_be_put_in(html: str, address: str, picture: PictureFile, uses: Collection[Use]) -> bool:
    """Whether a picture can be put into the printed page where the browser drew another of its size.

    So it is where every mention of it is a place where it is drawn whole. `uses`: of this picture, in this `html`.
    """
    return (
        picture.is_plain
        and html.count(escape(quote(address))) == len(uses)
        and all(use.is_whole or use.fit == "link" for use in uses)
        and not (picture.may_be_translucent and any(use.has_ground for use in uses))
    )


def pictures_among(assets: Mapping[str, bytes], cache: Cache = NO_CACHE) -> Mapping[str, PictureFile]:
    """The files that are pictures and can be resampled."""
    found = {address: known_picture(data, cache) for address, data in assets.items() if is_picture(data)}
    return {address: picture for address, picture in found.items() if picture is not None}


def natural_sizes(assets: Mapping[str, bytes]) -> Mapping[str, Size]:
    """The sizes in pixels of the files that are pictures and can be resampled."""
    return {address: picture.size for address, picture in pictures_among(assets).items()}


def _share(use: Use, natural: Size, dpi: int) -> float:
    """How much of the picture's width this place needs; 1 and more: all of it."""
    across, down = use.width / natural[0], use.height / natural[1]
    match use.fit:
        case "cover":
            return max(across, down) * dpi / CSS_DPI
        case "contain":
            return min(across, down) * dpi / CSS_DPI
        case "natural":
            return dpi / CSS_DPI
        case "link":
            return 0.0
        case "unknown":
            return 1.0


@cache
def _script() -> str:
    return (PACKAGE / "pdf" / "pictures.js").read_text("utf-8")
