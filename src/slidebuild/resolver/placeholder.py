"""The slide that stands in for animated ones in the PDF."""

from __future__ import annotations

from typing import Final

from slidebuild.deck import SourceSlide, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.settings import Settings

PLACEHOLDER_HEADING: Final = "pdf animation replacement"
"""Heading by which decks have marked it, compared in lower case."""

_HEADING: Final = regex(r"\s*#{1,6}[ \t]*(.+?)[ \t#]*(?:\n|$)")


def find_placeholder(slides: list[SourceSlide], settings: Settings, diagnostics: Diagnostics) -> SourceSlide | None:
    """The slide that replaces animated ones in the PDF: `pdf.placeholder`, else `skipped`, else by its heading."""
    wanted = settings.pdf.placeholder
    by_name = [slide for slide in slides if slide.value("name") == (wanted or "skipped")]
    if wanted is not None and not by_name:
        span = slides[0].span if slides else None
        diagnostics.add("unknown-template", f"`pdf.placeholder` names no slide: {wanted}", span, hint=f"name: {wanted}")
    found = by_name or ([] if wanted else [slide for slide in slides if _heading(slide) == PLACEHOLDER_HEADING])
    if len(found) > 1:
        diagnostics.add(
            "several-placeholders",
            f"{len(found)} slides could replace animated ones in the PDF; the first one does",
            found[1].span,
            hint="keep one `name: skipped`",
        )
    return found[0] if found else None


def _heading(slide: SourceSlide) -> str | None:
    first = slide.content[0] if slide.content else None
    text = first.text if isinstance(first, Text) else ""
    found = _HEADING.match(text) if PLACEHOLDER_HEADING in text.lower() else None
    return found[1].strip().lower() if found else None
