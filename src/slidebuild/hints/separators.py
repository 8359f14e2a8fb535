"""Separators that separate nothing: `---` with blanks after it is a rule, `--` and `???` are text."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from slidebuild.deck import ContentClass, Node, Text
from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.hints.written import Written
from slidebuild.patterns import regex

_TRAILING: Final = regex(r"^(?P<mark>---?|\?\?\?)(?P<blanks>[ \t]+)$", re.MULTILINE)
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
            if _is_in_class(blanks.start, written):
                continue
            diagnostics.add(
                "separator-with-trailing-space",
                f"blanks follow this `{found['mark']}`, so it separates nothing: {_EFFECT[found['mark']]}",
                written.span(*found.span()),
                hint="take the blanks out; for a rule across the slide write `***`",
                fix=Fix(blanks, ""),
            )


def _is_in_class(offset: int, written: Written) -> bool:
    """Whether a place of the file is inside a content class; nodes of content, then notes, stand in order."""
    for nodes in (written.slide.notes, written.slide.content):
        before = bisect_left(nodes, offset, key=_start) - 1
        if before >= 0:
            node = nodes[before]
            return isinstance(node, ContentClass) and offset < node.span.end
    return False


def _start(node: Node) -> int:
    return node.runs[0].span.start if isinstance(node, Text) else node.span.start
