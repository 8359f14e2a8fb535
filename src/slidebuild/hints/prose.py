"""The prose of a slide: its source with everything that is no deck syntax blanked out, place for place.

Hints look for patterns in prose, so that nothing inside code, comments, scripts or formulas is taken for a mistake. A
prose is as long as its source, and line breaks stay.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from slidebuild.fence_attributes import split_info
from slidebuild.patterns import regex
from slidebuild.records import dataclass

FILLER: Final = "\ufffc"
"""Stands for each character that is no prose. (U+FFFC, the object replacement character, means just that.)"""

_FENCE: Final = regex(
    r"^(?P<before>[ \t>]*(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)?|[^\n`~]*\.[\w-]+\[[ \t]*)"
    r"(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$",
    re.MULTILINE,
)
_SEPARATOR: Final = regex(r"^---?$", re.MULTILINE)
_NOTABLE: Final = regex(
    r"(?=[\\<`$])(?:\\[`$\\]|<!--|`+|\$\$?|<(?P<raw>script|style|svg|math|pre|code|textarea)\b(?=[^<>]*>))",
    re.IGNORECASE,
)
_INLINE_FORMULA: Final = regex(r"\$(?=[^\s$])(?:[^$\n\\]|\\.){0,300}?(?<=\S)\$(?![\d$])")
_BLANK_LINE: Final = regex(r"\n[ \t]*\n")
_INDENTED: Final = regex(r"(?<=\n\n)(?: {4}[^\n]+(?:\n|\Z)\n*)+")
_LIST_ITEM: Final = regex(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]|[ \t]")

LONGEST_LINE: Final = 2_000
"""Characters up to which the beginning of a line or the end of a code span is looked for; keeps the time linear."""

FaultKind: TypeAlias = Literal["unclosed", "merges", "words"]


@dataclass(frozen=True, slots=True)
class FenceFault:
    """A fence that is not what it seems to be."""

    kind: FaultKind
    """`unclosed` on its slide; it `merges` slides, as a later fence ends it; it has several `words` after it."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A slide's source without code, comments, raw elements and formulas."""

    text: str
    fences: tuple[FenceFault, ...]
    open_math: int | None
    """Where a `$$` without a partner stands."""


@lru_cache(maxsize=2048)
def prose_of(text: str) -> Prose:
    """The prose of a slide's source. Time is linear in its length; the preview asks again and again for most slides."""
    code, faults = _fences(text) if "```" in text or "~~~" in text else ([], ())
    without_code = _blank(text, code)
    if "\n\n    " in without_code:
        without_code = _blank(without_code, _indented(without_code))
    spans, open_math = _inside(without_code)
    return Prose(_blank(without_code, spans), faults, open_math)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(text[at:start])
        parts.append("\n".join(FILLER * len(line) for line in text[start:end].split("\n")))
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _fences(text: str) -> tuple[list[tuple[int, int]], tuple[FenceFault, ...]]:
    """Where code between fences is, and what is wrong with them."""
    code: list[tuple[int, int]] = []
    faults: list[FenceFault] = []
    opened: re.Match[str] | None = None
    looked = 0
    """How far the open code holds no separator, so that each stretch is searched once."""
    for found in _FENCE.finditer(text):
        info = found["info"].strip()
        if opened is None:
            if "`" not in info:
                opened, looked = found, found.end()
        elif _closes(found, opened):
            code.append((opened.start("mark"), found.end("mark")))
            if len(split_info(opened["info"].strip())[0].split()) > 1 and not opened["before"].startswith("    "):
                faults.append(FenceFault("words", opened.start("mark"), opened.end()))
            opened = None
        elif info and found["mark"] == opened["mark"] and "`" not in info:
            separator = _SEPARATOR.search(text, looked, found.start())
            looked = found.start()
            if separator is not None:
                faults.append(FenceFault("merges", opened.start("mark"), opened.end()))
                code.append((opened.start("mark"), separator.start()))
                opened, looked = found, found.end()
    if opened is not None:
        faults.append(FenceFault("unclosed", opened.start("mark"), opened.end()))
        code.append((opened.start("mark"), len(text)))
    return code, tuple(faults)


def _closes(found: re.Match[str], opened: re.Match[str]) -> bool:
    """A fence's end may be followed by the `]` of the content class around it."""
    info = found["info"].strip()
    return found["mark"].startswith(opened["mark"]) and (not info or info.startswith("]"))


def _indented(text: str) -> list[tuple[int, int]]:
    """Code by indentation, unless it may go on with a list item."""
    spans = []
    for found in _INDENTED.finditer(text):
        before = text[max(0, found.start() - LONGEST_LINE) : found.start()].rstrip("\n")
        if not _LIST_ITEM.match(before[before.rfind("\n") + 1 :]):
            spans.append(found.span())
    return spans


def _inside(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Comments, code spans, raw elements and formulas; and the `$$` that is left over when their number is odd."""
    spans: list[tuple[int, int]] = []
    displays: list[tuple[int, int]] = []
    single: int | None = None
    at = 0
    gone: set[str] = set()
    """Ends that do not come any more."""
    while found := _NOTABLE.search(text, at):
        at = found.end()
        mark = found[0]
        if mark[0] == "\\" or mark in gone:
            continue
        if mark == "$$":
            partner = text.find("$$", at)
            if partner < 0:
                single = found.start()
                continue
            end: int | None = partner + 2
            displays.append((found.start(), partner + 2))
        else:
            end = _end(text, found, gone)
        if end is not None:
            spans.append((found.start(), end))
            at = end
    if single is not None:
        # Of an odd number the one whose formula would run over a blank line is the likely culprit.
        crossing = (start for start, end in displays if _BLANK_LINE.search(text, start, end))
        single = next(crossing, single)
    return spans, single


def _end(text: str, found: re.Match[str], gone: set[str]) -> int | None:
    mark, at = found[0], found.end()
    if mark == "<!--":
        end = text.find("-->", at)
        if end < 0:
            gone.add(mark)
        return end + 3 if end >= 0 else None
    if mark == "$":
        formula = _INLINE_FORMULA.match(text, found.start())
        return formula.end() if formula else None
    if mark[0] == "`":
        blank = _BLANK_LINE.search(text, at, at + LONGEST_LINE)
        closing = re.compile(rf"(?<!`){mark}(?!`)").search(text, at, blank.start() if blank else at + LONGEST_LINE)
        return closing.end() if closing else None
    name = (found["raw"] or "").lower()
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
    if closing is None:
        gone.add(mark)
    return closing.end() if closing else None
