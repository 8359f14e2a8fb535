"""What may stand in braces after the language of a code fence: ```` ```python {2,4-6 numbers file=train.py} ````.

Lines to mark (`2,4-6`), steps of them (`1|3-4|all`), `numbers` or `numbers=10`, `file=NAME` or `file="A NAME"`, `copy`,
`diff`. remark.js has none of this: there a fence followed by two words is no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from slidebuild.patterns import regex
from slidebuild.records import dataclass

BRACES: Final = r"\{[^{}\n]{0,200}\}"
"""As a pattern: what is looked at. Longer ones are text."""

_INFO: Final = regex(rf"(?P<language>[^\s{{}}`~]*)(?P<blank> *)(?P<braces>{BRACES})")
_WORD: Final = regex(r"""(?P<key>[a-z]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+)))?(?=\s|\Z)""")
_RANGE: Final = regex(r"(?P<first>\d{1,6})(?:-(?P<last>\d{0,6}))?")
_OPENING: Final = regex(
    r"^[ \t>]*(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+|[^\n`~]*\.[\w-]+\[[ \t]*)?(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$",
    re.MULTILINE,
)

_LAST: Final = 999_999
"""The end of `5-`."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stand out, 1-based."""

    ranges: tuple[tuple[int, int], ...] = ()
    """First and last; none for `all`: no line stands out from the others."""

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)

    @property
    def furthest(self) -> int:
        """The largest line that is named as such."""
        return max((last if last != _LAST else first for first, last in self.ranges), default=0)


@dataclass(frozen=True, slots=True)
class FenceAttributes:
    """The braces, read."""

    steps: tuple[Lines, ...] = ()
    """What is marked, one step after another; empty when nothing is said about lines."""
    first_number: int | None = None
    """The number of the first line, where lines are numbered."""
    file: str = ""
    has_copy: bool = False
    is_diff: bool = False
    """Each line begins with `+`, `-` or a blank, which is no part of the code."""
    unknown: tuple[str, ...] = ()
    """Words that mean nothing."""


def split_info(info: str) -> tuple[str, str]:
    """The language of an info string and its braces: `("python", "{2}")`.

    Braces right after the language (`python{2}`), which remark.js takes for a part of it, count only where all that is
    in them has a meaning; then and without braces the second text is empty.
    """
    found = _INFO.fullmatch(info.strip(" "))
    if found is None or (not found["blank"] and read(found["braces"]).unknown):
        return info, ""
    return found["language"], found["braces"]


def read(braces: str) -> FenceAttributes:
    """What braces say; what they hold in vain is `unknown`."""
    words: dict[str, str] = {}
    steps: tuple[Lines, ...] = ()
    unknown = []
    for word in _words(braces.strip()[1:-1]):
        found = _WORD.fullmatch(word)
        lines = _steps(word)
        if lines:
            steps = lines
        elif found is not None and _is_known(found["key"], value := found["quoted"] or found["plain"] or ""):
            words[found["key"]] = value
        else:
            unknown.append(word)
    return FenceAttributes(
        steps,
        int(words["numbers"] or 1) if "numbers" in words else None,
        words.get("file", ""),
        "copy" in words,
        "diff" in words,
        tuple(unknown) if unknown or words or steps else (braces,),
    )


def code_steps(text: str) -> int:
    """How many steps more than one the fences of a text have in all."""
    if "|" not in text:
        return 0
    count, open_mark = 0, ""
    for found in _OPENING.finditer(text):
        mark, info = found["mark"], found["info"].strip()
        if open_mark:
            if mark.startswith(open_mark) and info[:1] in ("", "]"):
                open_mark = ""
        else:
            open_mark = mark
            count += max(0, len(read(split_info(info)[1]).steps) - 1) if "|" in info else 0
    return count


def _words(text: str) -> Iterator[str]:
    return (found[0] for found in re.finditer(r'[^\s"]*"[^"]*"|\S+', text))


def _is_known(key: str, value: str) -> bool:
    match key:
        case "file":
            return bool(value)
        case "numbers":
            return not value or (value.isascii() and value.isdigit() and len(value) <= 6)
        case "copy" | "diff":
            return not value
    return False


def _steps(word: str) -> tuple[Lines, ...]:
    """The steps that a word names; none when it names no lines."""
    steps = []
    for part in word.split("|"):
        if part == "all":
            steps.append(Lines())
            continue
        ranges = []
        for piece in part.split(","):
            found = _RANGE.fullmatch(piece)
            first = int(found["first"]) if found else 0
            last = first if found is None or found["last"] is None else int(found["last"] or _LAST)
            if not 1 <= first <= last:
                return ()
            ranges.append((first, last))
        steps.append(Lines(tuple(ranges)))
    return tuple(steps)
