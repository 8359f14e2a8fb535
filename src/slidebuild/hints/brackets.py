"""Brackets and dots of content classes that do not do what they seem to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from slidebuild.deck import ContentClass, Node
from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.hints.prose import FILLER
from slidebuild.hints.written import Written
from slidebuild.patterns import regex

_ALONE: Final = regex(r"^[ \t]*(?P<brackets>\]+)[ \t]*$", re.MULTILINE)
_DOTS: Final = regex(r"(?<![.\w])(?P<dots>\.\.)(?P<classes>[a-zA-Z_-][\w-]*(?:\.[a-zA-Z_-][\w-]*)*)\[")
_BRACKET: Final = regex(r"[\[\]]")


def check_class_dots(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report `..center[` (`suspicious-class-dots`): the first dot is text before the class."""
    for written in slides:
        if ".." not in written.text:
            continue
        for found in _DOTS.finditer(written.text):
            diagnostics.add(
                "suspicious-class-dots",
                f"two dots stand before `{found['classes']}[`, so one of them shows on the slide",
                written.span(*found.span()),
                hint=f"write `.{found['classes']}[`",
                fix=Fix(written.span(*found.span("dots")), "."),
            )


def check_stray_brackets(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report a `]` that stands alone and closes nothing, and one in code that closes a class (`stray-bracket`)."""
    for written in slides:
        if "]" not in written.source_text:
            continue
        for start, end in _unmatched(written.text):
            diagnostics.add(
                "stray-bracket",
                "this `]` closes nothing, so it shows on the slide",
                written.span(start, end),
                hint="take it out, or look for the `.class[` it should close",
            )
        for node in _classes((*written.slide.content, *written.slide.notes)):
            at = node.span.end - 1 - written.slide.span.start
            opens_in_prose = written.text.startswith(".", node.span.start - written.slide.span.start)
            if opens_in_prose and written.text[at : at + 1] == FILLER and written.source_text[at : at + 1] == "]":
                diagnostics.add(
                    "stray-bracket",
                    f"this `]` closes `.{'.'.join(node.names)}[`, as brackets in code and formulas count, too",
                    written.span(at, at + 1),
                    hint="balance the brackets in the code, or put the code outside the class",
                )


def _unmatched(prose: str) -> Iterator[tuple[int, int]]:
    """Lines of nothing but `]` of which one has no `[` before it, counted without code."""
    alone = {found.start("brackets") + n: found for found in _ALONE.finditer(prose) for n in range(len(found[1]))}
    if not alone:
        return
    depth = 0
    for bracket in _BRACKET.finditer(prose):
        if bracket[0] == "[":
            depth += 1
        elif depth:
            depth -= 1
        elif bracket.start() in alone:
            yield bracket.span()


def _classes(nodes: Iterable[Node]) -> Iterator[ContentClass]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ContentClass):
            yield node
            stack.extend(node.children)
