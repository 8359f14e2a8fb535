"""Findings that a deck says are meant: `<!-- slidebuild-ignore: CODE: REASON -->`.

The comment covers the slide it stands on with its steps; `slidebuild-ignore-line` covers the line it ends, or the next
one when it stands alone. Several codes have commas between them. The colon after `slidebuild-ignore` makes it a slide
property in remark's eyes, so before the first content class nothing of it reaches the slide; below it stays a comment,
which alone on its line is an HTML block to marked: no paragraph, nothing to be seen. Inside code it is code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Final

from slidebuild import front_matter, parser
from slidebuild.deck import SourceSlide, chains
from slidebuild.diagnostics import CODES, Diagnostic, Diagnostics, Severity
from slidebuild.hints.prose import prose_of
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import SourceFile, Span

_COMMENT: Final = regex(
    r"<!--\s*slidebuild-ignore(?P<line>-line)?\s*:(?P<codes>[^:<>\n]*)(?::(?P<reason>(?:(?!-->|<!--)[^\n])*))?-->"
)
_FILLER: Final = "\uf8ff"
"""Stands for each character of a comment when it is asked whether that is code. (Unicode gives it no meaning.)"""


@dataclass(slots=True)
class Waiver:
    """One comment."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    """Of the comment."""
    scope: tuple[int, int]
    """Offsets in the file between which findings are covered."""
    used: set[str] = field(default_factory=set)
    """Codes that something was found of."""

    def covers(self, item: Diagnostic) -> bool:
        """Whether a finding is meant. What stops a build cannot be."""
        span = item.span
        if span is None or item.code not in self.codes or item.severity is Severity.ERROR:
            return False
        return span.source.path == self.span.source.path and self.scope[0] <= span.now.start < self.scope[1]


def find_waivers(source: SourceFile) -> tuple[Waiver, ...]:
    """The waivers of a file, in order."""
    if "slidebuild-ignore" not in source.text:
        return ()
    nothing = Diagnostics()
    deck = parser.parse(source, nothing, start=front_matter.split(source, nothing).end)
    found: list[Waiver] = []
    for chain in chains(deck.slides):
        scope = (chain[0].span.start, chain[-1].span.end + 1)
        for slide in chain:
            found.extend(_on_slide(slide, scope))
    return tuple(found)


def _on_slide(slide: SourceSlide, scope: tuple[int, int]) -> Iterator[Waiver]:
    text = slide.span.text
    matches = list(_COMMENT.finditer(text))
    if not matches:
        return
    shown = _COMMENT.sub(lambda found: _FILLER * len(found[0]), text)
    prose = prose_of(shown).text
    written = [found for found in matches if prose[found.start()] == _FILLER]  # the others are code
    lines = _lines(written, shown)
    for found in written:
        codes = tuple(code.strip() for code in found["codes"].split(",") if code.strip())
        start, end = lines[found.start()]
        covered = (slide.span.start + start, slide.span.start + end) if found["line"] else scope
        yield Waiver(codes, (found["reason"] or "").strip(), slide.span.part(*found.span()), covered)


def _lines(written: list[re.Match[str]], text: str) -> dict[int, tuple[int, int]]:
    """The line that each comment covers, by where it begins: its own if that holds more, else the next that does."""
    found: dict[int, tuple[int, int]] = {}
    following = (len(text), len(text))
    last = len(text)
    for comment in reversed(written):
        start = text.rfind("\n", 0, comment.start()) + 1
        end = text.find("\n", comment.end())
        end = len(text) if end < 0 else end
        if text[start:end].replace(_FILLER, "").strip():
            following = (start, end + 1)
        else:
            something = re.compile(r"\S").search(text, end, last)
            if something is not None:
                at = something.start()
                first = text.rfind("\n", 0, at) + 1
                final = text.find("\n", at)
                following = (first, (len(text) if final < 0 else final) + 1)
        last = start
        found[comment.start()] = following
    return found


def report_waivers(waivers: Iterable[Waiver], judged: frozenset[str], diagnostics: Diagnostics) -> None:
    """Report waivers without a reason, of rules that do not exist, and of what was not found.

    `judged`: the codes that were looked for.
    """
    import difflib

    for waiver in waivers:
        if not waiver.reason:
            diagnostics.add(
                "waiver-without-reason",
                f"this does not say why {', '.join(waiver.codes) or 'a finding'} is meant",
                waiver.span,
                hint="write <!-- slidebuild-ignore: CODE: the reason -->",
            )
        for code in waiver.codes:
            if code not in CODES:
                near = difflib.get_close_matches(code, CODES, 1)
                hint = f"did you mean `{near[0]}`?" if near else "codes stand in brackets at the end of findings"
                diagnostics.add("unknown-rule", f"there is no rule `{code}`", waiver.span, hint=hint)
            elif code in judged and code not in waiver.used:
                diagnostics.add("unused-waiver", f"no {code} was found here", waiver.span, hint="delete the comment")
