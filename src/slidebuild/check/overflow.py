"""What ends beyond the slide, or is cut off by the box it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from slidebuild.check.measuring import Drawing, DrawnSlide, Piece, Side
from slidebuild.check.subject import beginning, place_of_address, place_of_text, shown_name
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import Span

_SIDES: Final[tuple[tuple[Side, str], ...]] = (
    ("bottom", "below the slide's lower edge"),
    ("right", "beyond the slide's right edge"),
    ("top", "above the slide's upper edge"),
    ("left", "beyond the slide's left edge"),
)


def check_overflow(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`slide-overflow`: text, or a picture in its place in the text, that ends beyond the slide; one for each side.

    Backgrounds bleed, and so may a picture that was positioned or pulled out by hand or that fills the slide.
    """
    for slide in drawing.slides:
        for side, where in _SIDES:
            out = [piece for piece in slide.beyond if piece.beyond.get(side, 0) >= 1]
            if not out:
                continue
            most = max(piece.beyond[side] for piece in out)
            first = out[0]
            others = len({(piece.text, piece.address) for piece in out}) - 1
            more = f" (and {others} more)" if others else ""
            diagnostics.add(
                "slide-overflow",
                f"{_called(first)}{more} ends {most:.0f} px {where}",
                place_of_piece(slide, first),
                hint="less of it, smaller, or on a slide of its own",
            )


def check_clipping(drawing: Drawing, diagnostics: Diagnostics) -> None:
    """`clipped-content`: text that an inner box with `overflow: hidden`, `auto` or `scroll` cuts off; once a slide.

    What is shortened with an ellipsis is meant, and so is what only screen readers are to find.
    """
    for slide in drawing.slides:
        if not slide.cut:
            continue
        first = slide.cut[0]
        lost = max(px for piece in slide.cut for px in piece.beyond.values())
        more = f" (and {len(slide.cut) - 1} more)" if len(slide.cut) > 1 else ""
        diagnostics.add(
            "clipped-content",
            f"{_called(first)}{more} is cut off by {lost:.0f} px",
            place_of_piece(slide, first),
            hint="a projector does not scroll: break the line, make the box larger or the text smaller",
        )


def place_of_piece(slide: DrawnSlide, piece: Piece) -> Span:
    """Where a piece was written."""
    if piece.address:
        place = place_of_address(slide.slide.resolved, piece.address)
        return place.span if place is not None else beginning(slide.slide.resolved)
    return place_of_text(slide.slide.resolved, piece.text)


def _called(piece: Piece) -> str:
    if piece.kind == "text":
        return f"“{_short(piece.text.split())}”"
    return shown_name(piece.address) if piece.address else f"a <{piece.kind}>"


def _short(words: Iterable[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"
