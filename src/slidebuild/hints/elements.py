"""Raw HTML that a browser reads otherwise than meant: attributes and elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.hints.written import Written, chains
from slidebuild.patterns import regex
from slidebuild.records import dataclass

_MUST_CLOSE: Final = frozenset(
    (
        *("a", "abbr", "article", "aside", "audio", "b", "big", "blockquote", "button", "canvas", "center", "cite"),
        *("code", "del", "details", "div", "dl", "em", "figcaption", "figure", "font", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "i", "iframe", "ins", "kbd", "label", "main", "mark", "nav", "object"),
        *("ol", "pre", "q", "s", "section", "select", "small", "span", "strike", "strong", "sub", "summary", "sup"),
        *("table", "textarea", "tt", "u", "ul", "video", "svg", "script", "style"),
    )
)
"""Elements whose end tag must be written (`<p>`, `<li>` and parts of tables end by themselves)."""

_SWALLOWING: Final = frozenset(("iframe", "textarea", "script", "style", "select", "object", "video", "audio", "svg"))
"""Without their end they take all text after them, a line break or not."""

# Values end at a `<`, so that no text takes quadratic time.
_VALUE: Final = r"\"[^\"<]*\"|'[^'<]*'"
_TAG: Final = regex(rf"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])(?P<rest>(?:[^<>\"']|{_VALUE})*)>")
_ATTRIBUTES_TAG: Final = regex(r"<(?P<name>[a-zA-Z][a-zA-Z0-9]*)\s(?P<rest>[^<>]*)>")
_COMMA: Final = regex(rf"=[ \t]*(?:{_VALUE}|[^\s\"'<>,=]+)[ \t]*(?P<comma>,+)(?=[\s/]|$|[a-zA-Z-]+=)")
_CURLY: Final = regex(r"=[ \t]*(?P<value>[“”„‘’][^\s>]*)")
_ANYTHING: Final = regex(r"[^\s\]]")
_LATER_LINE: Final = regex(r"\n[ \t]*[^\s\]]")


def check_attributes(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report commas, curly quotes and missing quotes in tags (`malformed-attribute`)."""
    for written in slides:
        if "=" not in written.text or "<" not in written.text:
            continue
        for found in _ATTRIBUTES_TAG.finditer(written.text):
            if "=" in found["rest"]:
                _check_tag(found, written, diagnostics)


def _check_tag(found: re.Match[str], written: Written, diagnostics: Diagnostics) -> None:
    start, rest, name = found.start("rest"), found["rest"], found["name"]
    for comma in _COMMA.finditer(rest):
        follows = rest[comma.end("comma") : comma.end("comma") + 1]
        span = written.span(start + comma.start("comma"), start + comma.end("comma"))
        diagnostics.add(
            "malformed-attribute",
            f"a comma stands between the attributes of `<{name}>`, so it becomes part of one",
            span,
            hint="separate attributes by blanks",
            fix=Fix(span, "" if not follows or follows.isspace() or follows == "/" else " "),
        )
    for curly in _CURLY.finditer(rest):
        diagnostics.add(
            "malformed-attribute",
            f"typographic quotes in `<{name}>` are part of the value, not quotes",
            written.span(start + curly.start("value"), start + curly.end("value")),
            hint='write straight quotes: `"…"`',
        )
    if _has_open_quote(rest) and not _ends_later(written.text, found):
        diagnostics.add(
            "malformed-attribute",
            f"a quote is missing in `<{name}>`, so what follows it belongs to an attribute",
            written.span(*found.span()),
            hint="every value needs its opening and its closing quote",
        )


def _has_open_quote(rest: str) -> bool:
    return bool(re.search("[\"']", re.sub(_VALUE, "", rest)))


def _ends_later(text: str, found: re.Match[str]) -> bool:
    """Whether the quote is closed on the same line: the value only holds a `>`."""
    tag = _TAG.match(text, found.start())
    return tag is not None and not re.search(r"[<\n]", text[found.end() : tag.end()])


# -- elements that are never closed ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Open:
    """A start tag without an end tag, so far."""

    written: Written
    start: int
    end: int
    is_slashed: bool
    """It ends in `/>`, which closes nothing in HTML."""


def check_unclosed_elements(slides: list[Written], diagnostics: Diagnostics) -> None:
    """Report elements that stay open although text follows (`unclosed-html-element`); steps may close them.

    Of several elements of one name only the outermost is reported.
    """
    for chain in chains(slides):
        if not any("<" in written.text for written in chain):
            continue
        for name, tag in _unclosed(chain):
            if tag.written is chain[-1] and not _matters(name, tag):
                continue
            why = (
                f"`/>` closes nothing in HTML, so `<{name}>`"
                if tag.is_slashed
                else f"`<{name}>` is never closed, so it"
            )
            diagnostics.add(
                "unclosed-html-element",
                f"{why} holds all that follows on the slide",
                tag.written.span(tag.start, tag.end),
                hint=f"write `</{name}>` where it ends",
            )


def _unclosed(chain: list[Written]) -> Iterator[tuple[str, _Open]]:
    opened: dict[str, list[_Open]] = {}
    for written in chain:
        for found in _TAG.finditer(written.text):
            name = found["name"].lower()
            if name not in _MUST_CLOSE:
                continue
            if found["slash"]:
                if opened.get(name):
                    opened[name].pop()
                continue
            if name == "a":
                opened.pop(name, None)  # a link ends where the next one begins
            opened.setdefault(name, []).append(_Open(written, *found.span(), found["rest"].endswith("/")))
    for name, tags in opened.items():
        if tags:
            yield name, tags[0]


def _matters(name: str, tag: _Open) -> bool:
    """Whether text follows that the element should not hold; that on its own line is what it was written for."""
    follows = _ANYTHING if name in _SWALLOWING or tag.is_slashed else _LATER_LINE
    return follows.search(tag.written.text, tag.end) is not None
