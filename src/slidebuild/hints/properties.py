"""Slide properties that are misspelt, or that stand where they aren't read."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.deck import ContentClass, Node, SourceSlide, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.written import Written
from slidebuild.patterns import regex
from slidebuild.settings import SLIDE_PROPERTIES
from slidebuild.source import SourceFile, Span

KNOWN: Final = (*sorted(SLIDE_PROPERTIES), "tags", "title")
_ALIASES: Final = {"background": "background-color", "bg": "background-color", "classes": "class"}
_SIMILARITY: Final = 0.8
"""`clas`, `templete`, `backgroundcolor` are that close to a property; `Input` or `label` are not."""

_LATE: Final = regex(
    r"^(?P<property>class:[ \t]*[a-zA-Z][\w-]*(?:(?:,[ \t]*|[ \t])[a-zA-Z][\w-]*){0,3}"
    r"|(?:layout|count|exclude|animation):[ \t]*(?:true|false)|(?:name|template|highlight-style):[ \t]*[\w-]+"
    r"|include:[ \t]*\S+\.md|background-(?:image|color|size|position):[ \t]*\S[^\n]*)[ \t]*$",
    re.MULTILINE,
)


def check_property_names(slides: list[SourceSlide], source: SourceFile, diagnostics: Diagnostics) -> None:
    """Report a property that is nearly a known one, unless the file uses it as `{{variable}}` (`unknown-property`)."""
    variables: set[str] | None = None
    for slide in slides:
        for name, found in slide.properties.items():
            near = None if name in SLIDE_PROPERTIES else _near(name)
            if near is None:
                continue
            if variables is None:
                variables = {variable.strip() for variable in re.findall(r"\{\{([^}\n]+)\}\}", source.text)}
            if name in variables:
                continue
            written_name = found.span.text.partition(":")[0]
            diagnostics.add(
                "unknown-property",
                f"the property `{name}` means nothing, and nothing shows of this line",
                found.span.part(0, len(written_name)),
                hint=f"did you mean `{near}`?",
            )


def _near(name: str) -> str | None:
    """The property meant, if one is close."""
    lower = name.lower()
    if lower in _ALIASES:
        return _ALIASES[lower]
    if name in KNOWN:
        return None
    import difflib

    return next(iter(difflib.get_close_matches(lower, KNOWN, 1, cutoff=_SIMILARITY)), None)


def check_late_properties(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report lines such as `class: center` below the text of their slide (`property-after-text`)."""
    for written in slides:
        if ":" not in written.text:
            continue
        begin = _text_begins(written)
        if begin is None:
            continue
        for found in _LATE.finditer(written.text, max(0, begin.start - written.slide.span.start)):
            key = found["property"].partition(":")[0]
            diagnostics.add(
                "property-after-text",
                f"`{key}:` stands below text of its slide, so it is text itself",
                written.span(*found.span("property")),
                hint="move it to the top of the slide, before all text",
            )


def _text_begins(written: Written) -> Span | None:
    """Where the first text of a slide is: what stands above it are properties."""
    for node in (*written.slide.content, *written.slide.notes):
        span = _first(node)
        if span is not None:
            return span
    return None


def _first(node: Node) -> Span | None:
    match node:
        case Text(runs=runs):
            return next((run.span for run in runs if run.text.strip()), None)
        case ContentClass(span=span):
            return span
        case _:
            return node.span
