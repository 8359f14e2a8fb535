"""Formulas that never end."""

from __future__ import annotations

from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.written import Written


def check_unclosed_math(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report the `$$` that has no partner on its slide (`unclosed-math`)."""
    for written in slides:
        at = written.prose.open_math
        if at is not None and written.source_text[at : at + 3] != "$$$":
            diagnostics.add(
                "unclosed-math",
                "this `$$` has no partner, so its formula is shown as text",
                written.span(at, at + 2),
                hint="add the closing `$$`, or write `\\$\\$` if dollars are meant",
            )
