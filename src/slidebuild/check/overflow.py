"""What ends beyond the slide, or is cut off by the box it stands in."""

from __future__ import annotations

from slidebuild.check.measuring import Drawing
from slidebuild.check.subject import beginning, is_copy, place_of_address, place_of_text
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import Span


def check_overflow(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`slide-overflow`: text or a picture that ends beyond the slide, by how many px and at which side.

    Backgrounds bleed, and so may a picture that was positioned or pulled out by hand or that fills the slide.
    """
    _tell("slide-overflow", drawing, diagnostics)


def check_blank(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`blank-slide`: a slide with content of which nothing is seen."""
    _tell("blank-slide", drawing, diagnostics)


def check_clipping(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`clipped-content`: a box that would have to be scrolled, or text that `overflow: hidden` hides in part.

    What is shortened with an ellipsis is meant, and so is what only screen readers are to find.
    """
    _tell("clipped-content", drawing, diagnostics)
    for slide in drawing.slides:
        if not slide.cut:
            continue
        resolved, first = slide.slide.resolved, slide.cut[0]
        more = f" (and {len(slide.cut) - 1} more)" if len(slide.cut) > 1 else ""
        lost = max(cut.lost for cut in slide.cut)
        diagnostics.add(
            "clipped-content",
            f"slide {resolved.index + 1}: “{first.text[:40]}”{more} is cut off by {lost:.0f} px",
            place_of_text(resolved, first.text),
            hint="make its box larger (`overflow: hidden` cuts), or the text smaller",
        )


def _tell(code: str, drawing: Drawing, diagnostics: Diagnostics) -> None:
    """Report what the printer would say, where it was written."""
    for slide in drawing.slides:
        resolved = slide.slide.resolved
        for found in slide.audit:
            if found.code == code:
                message = f"slide {resolved.index + 1}: {found.message}"
                diagnostics.add(code, message, _place(resolved, found.words), hint=found.hint)


def _place(slide: ResolvedSlide, words: str) -> Span:
    """Where a text, or the picture of a file, was written."""
    if is_copy(words):
        place = place_of_address(slide, words)
        return place.span if place is not None else beginning(slide)
    return place_of_text(slide, words)
