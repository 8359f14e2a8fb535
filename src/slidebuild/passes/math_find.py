"""Where the formulas of a text are: pandoc's rule for `$…$` together with MathJax's for braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPENING: Final = re.compile(r"\\[\\$(\[]|\$\$?")
_STEP: Final = re.compile(r"\\.|[{}]|\$\$?|\n[ \t]*\n", re.S)


@dataclass(frozen=True, slots=True)
class Found:
    """A formula, or an escaped dollar, and where it is in the text."""

    start: int
    end: int
    tex: str | None
    """What stands between the delimiters; None for `\\$`, a dollar sign and no formula."""
    display: bool = False


def find_formulas(text: str) -> Iterator[Found]:
    r"""The formulas of a text, left to right.

    `$$…$$` and `\[…\]` are display formulas, `$…$` and `\(…\)` inline ones. An inline `$` is followed by no blank, its
    partner has no blank before it and neither a digit nor `{` behind it (`$5 and $6`, `$a${b}` are text), they stand
    in one paragraph, and the braces between them are balanced.
    """
    at = 0
    while opening := _OPENING.search(text, at):
        found = _from(text, opening)
        if found is not None:
            yield found
        at = found.end if found is not None else opening.end()


def _from(text: str, opening: re.Match[str]) -> Found | None:
    start, body = opening.span()
    match opening[0]:
        case "\\$":
            return Found(start, body, None)
        case "\\(" | "\\[":
            display = opening[0] == "\\["
            end = text.find("\\]" if display else "\\)", body)
            return None if end < 0 else Found(start, end + 2, text[body:end], display)
        case "$$":
            closing = _closing(text, body, "$$") or text.find("$$", body)
            return None if closing <= body else Found(start, closing + 2, text[body:closing], display=True)
        case "$":
            closing = _closing(text, body, "$") or 0
            if not closing or text[body].isspace() or text[closing - 1].isspace():
                return None
            after = text[closing + 1 : closing + 2]
            return None if after.isdigit() or after == "{" else Found(start, closing + 1, text[body:closing])
        case _:
            return None


def _closing(text: str, at: int, delimiter: str) -> int | None:
    """Where the delimiter that closes a formula is, outside of all braces."""
    depth = 0
    for step in _STEP.finditer(text, at):
        match step[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
                if depth < 0:
                    return None
            case token if token.startswith("$") and depth == 0:
                if token == delimiter:
                    return step.start()
                if delimiter == "$":
                    return None
            case token if token.startswith("\n") and delimiter == "$":
                return None
            case _:
                pass
    return None
