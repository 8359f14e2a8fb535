"""Slides as a browser draws them: all that rules want to know of them, measured in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from slidebuild.check.subject import FinalSlide, Subject
from slidebuild.compiler import make_print_page, page_slide
from slidebuild.diagnostics import Diagnostics
from slidebuild.installed import PACKAGE
from slidebuild.pdf.audit import audit
from slidebuild.pdf.findings import Finding
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.lay_out import lay_out_script
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.browser.page import Page
    from slidebuild.browser.session import Session

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, 0 to 255."""

_SIDES: Final = ("left", "top", "right", "bottom")
_SHOW: Final = """(shown) => document.querySelectorAll(".remark-slide-container").forEach((box, index) =>
  box.style.setProperty("display", index === shown ? "block" : "none", "important"))"""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that a box around it hides in part."""

    text: str
    lost: float
    """CSS px, at the side where most is lost."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A stretch of text in one look."""

    text: str
    size: float
    """Of the font, in CSS px on a slide 681 px high."""
    weight: int
    colour: Colour
    opacity: float
    ground: Colour | None
    """What is behind it; None where only a picture of the slide can tell."""
    is_covered: bool
    is_decorated: bool
    """With a shadow, an outline, or filled with a picture: its colour says little."""
    is_code: bool
    is_raised: bool
    """In a formula, an index or a footnote mark."""
    length: int
    rect: tuple[float, float, float, float]
    """Left, top, right and bottom of its longest line, in CSS px from the slide's corner."""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """An `<img>` as drawn."""

    address: str
    natural: tuple[int, int]
    shown: tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnSlide:
    """One slide as drawn."""

    slide: FinalSlide
    audit: tuple[Finding, ...]
    """What the printer would say of it."""
    cut: tuple[Cut, ...]
    letters: tuple[Letters, ...]
    pictures: tuple[DrawnPicture, ...]
    fonts: Mapping[str, str]
    """Families asked for that nobody ships -> the first text set in them; empty where none is asked for."""


@dataclass(slots=True)
class Drawing:
    """A deck as drawn; what is behind text is photographed when a rule asks for it."""

    subject: Subject
    slides: tuple[DrawnSlide, ...]
    assets: Mapping[str, bytes]
    _page: Page
    _is_bare: bool = False
    _shots: dict[int, bytes] = field(default_factory=dict)

    def ground(self, index: int) -> bytes:
        """A PNG of a slide without its text."""
        if not self._is_bare:
            self._page.evaluate(_script("hide_text.js"))
            self._is_bare = True
        if index not in self._shots:
            self._page.evaluate(_SHOW, index)
            self._shots = {index: self._page.screenshot()}
        return self._shots[index]


def draw(subject: Subject, session: Session, timeout: float, look: Any) -> None:
    """Draw the final slides of a deck and hand them to `look`, a function of a `Drawing`. Raises BrowserError."""
    width, height = subject.compiled.settings.ratio.pixels
    page = make_print_page(subject.compiled, [page_slide(slide.compiled) for slide in subject.slides], Diagnostics())
    with session.page(page.html, page.assets, width=width, height=height, media="screen", timeout=timeout) as opened:
        opened.wait()
        opened.evaluate(lay_out_script(), Sheet(width, height).css)
        found = opened.evaluate(_script("measure.js"))
        audited = audit(opened)
        slides = tuple(
            _drawn(slide, data, tuple(finding for finding in audited if finding.page == index))
            for index, (slide, data) in enumerate(zip(subject.slides, found, strict=True))
        )
        look(Drawing(subject, slides, page.assets, opened))


def _drawn(slide: FinalSlide, data: Mapping[str, Any], audited: tuple[Finding, ...]) -> DrawnSlide:
    fonts: dict[str, str] = {}
    for font in data["fonts"]:
        fonts.setdefault(font["family"], font["text"])
    return DrawnSlide(
        slide,
        audited,
        tuple(Cut(item["text"], max(item.get(side, 0) for side in _SIDES)) for item in data["cut"]),
        tuple(_letters(item) for item in data["texts"]),
        tuple(DrawnPicture(item["address"], tuple(item["natural"]), tuple(item["shown"])) for item in data["pictures"]),
        fonts,
    )


def _letters(item: Mapping[str, Any]) -> Letters:
    red, green, blue, alpha = item["colour"]
    return Letters(
        text=item["text"],
        size=item["size"],
        weight=item["weight"],
        colour=(red, green, blue),
        opacity=alpha,
        ground=tuple(item["ground"]) if item.get("ground") is not None else None,
        is_covered=item["isCovered"],
        is_decorated=item["isDecorated"],
        is_code=item["isCode"],
        is_raised=item["isRaised"],
        length=item["length"],
        rect=tuple(item["rect"]),
    )


@cache
def _script(name: str) -> str:
    return (PACKAGE / "check" / name).read_text("utf-8")
