"""Signs that a deck was written for remark.js before 0.11, which showed some things otherwise."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.written import Written
from slidebuild.patterns import regex
from slidebuild.source import Span

_TIGHT_HEADING: Final = regex(r"^(?:#{2,6}(?=[^\s#\d]|\d+[.)\s])|#(?=[^\W\d_a-z]\w* ))", re.MULTILINE)
"""`##Title`; with one `#`, a capital and more words, as `#rstats` and `#1` are no headings."""

_OFF: Final = ("background-image", "exclude", "layout", "template")
"""Properties that authors put in a comment to switch them off, which remark 0.11 and later reads all the same."""


def check_age(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report once a file that headings or comments of it mean something else today (`written-for-old-remark`)."""
    headings: list[Span] = []
    comments: list[Span] = []
    for written in slides:
        if "#" in written.text:
            found = _TIGHT_HEADING.finditer(written.text)
            headings += [written.span(match.start(), _line_end(written.text, match.end())) for match in found]
        for name in _OFF:
            place = written.slide.properties.get(name)
            if place is not None and _is_comment(place.span):
                comments.append(place.span)
    if not headings and not comments:
        return
    parts = []
    if len(headings) > 1:
        parts.append(f"{len(headings)} headings have no blank after the `#` and are text today")
    elif headings:
        parts.append("a heading has no blank after the `#` and is text today")
    if len(comments) > 1:
        parts.append(f"{len(comments)} comments are read as properties today")
    elif comments:
        parts.append("a comment is read as a property today")
    diagnostics.add(
        "written-for-old-remark",
        "this deck may be written for remark.js before 0.11: " + ", ".join(parts),
        min(headings + comments, key=lambda span: span.now.start),
        hint="write `## Title` with a blank" if headings else "take the comment out if the property shall be off",
    )


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _is_comment(span: Span) -> bool:
    """Whether a property was written as `<!-- key: value -->`."""
    before = span.source.text[max(0, span.start - 40) : span.start].rstrip()
    return before.endswith("<!--")
