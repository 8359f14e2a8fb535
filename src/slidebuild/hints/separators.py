"""Separators that separate nothing: `---` with blanks after it is a rule, `--` and `???` are text."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.deck import ContentClass
from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.hints.written import Written

_TRAILING: Final = re.compile(r"^(?P<mark>---?|\?\?\?)(?P<blanks>[ \t]+)$", re.MULTILINE)
_EFFECT: Final = {
    "---": "the slides before and after it are one",
    "--": "there is no step",
    "???": "the notes show on the slide",
}


def check_separators(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report `--- `, `-- ` and `??? ` outside content classes (`separator-with-trailing-space`)."""
    for written in slides:
        for found in _TRAILING.finditer(written.text):
            blanks = written.span(*found.span("blanks"))
            if any(isinstance(n, ContentClass) and n.span.start < blanks.start < n.span.end for n in _all(written)):
                continue
            diagnostics.add(
                "separator-with-trailing-space",
                f"blanks follow this `{found['mark']}`, so it separates nothing: {_EFFECT[found['mark']]}",
                written.span(*found.span()),
                hint="take the blanks out; for a rule across the slide write `***`",
                fix=Fix(blanks, ""),
            )


def _all(written: Written) -> tuple[object, ...]:
    return (*written.slide.content, *written.slide.notes)
