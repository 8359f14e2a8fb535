"""Marks that are left on the page before it is printed, for what the browser's tags cannot say."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, TypeAlias

from slidebuild.browser.page import Page
from slidebuild.installed import PACKAGE
from slidebuild.records import dataclass

MarkKind: TypeAlias = Literal["figure", "formula", "Header", "Footer"]
_PREFIX: Final = "sb-mark|"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says."""

    kind: MarkKind
    """`Header` and `Footer`: what runs along all slides and is no content."""
    box: tuple[float, float, float, float] | None
    """x, y, width and height in CSS px from the slide's left top corner."""
    text: str
    """The alternative text as written; empty when there is none."""

    @classmethod
    def read(cls, alternative: str) -> Mark | None:
        """The mark in an alternative text; None for a text of the deck."""
        if not alternative.startswith(_PREFIX):
            return None
        kind, box, text = alternative.removeprefix(_PREFIX).split("|", 2)
        x, y, width, height = map(float, box.split()) if box else (0.0,) * 4
        return cls(_kind(kind), (x, y, width, height) if box else None, text)


def leave_marks(page: Page, *, is_slide: bool = True) -> None:
    """Mark formulas, pictures, running headers and footers, and paragraphs that are none in HTML.

    `is_slide`: the page is made of slides; else places are not told.
    """
    page.evaluate(f"(isSlide) => ({marks_script()})(isSlide)", is_slide)


def _kind(text: str) -> MarkKind:
    match text:
        case "figure" | "formula" | "Header" | "Footer":
            return text
        case _:
            raise ValueError(f"no kind of mark: {text}")


@cache
def marks_script() -> str:
    """A JavaScript function that leaves the marks; it is told whether the page is made of slides."""
    return (PACKAGE / "pdf" / "marks.js").read_text("utf-8").rstrip()
