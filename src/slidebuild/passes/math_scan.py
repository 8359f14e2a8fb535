"""Finding one's way in TeX: balanced groups, options and the uses of a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from slidebuild.patterns import regex

_BRACE: Final = regex(r"\\.|[{}]", re.S)
_BRACE_OR_BRACKET: Final = regex(r"\\.|[{}\]]", re.S)
_ROW_TOKEN: Final = regex(r"\\(?:begin|end)(?![A-Za-z])|\\.|[{}&]", re.S)
_WORD: Final = regex(r"\\(?:[A-Za-z]+|.)", re.S)


def skip_blanks(tex: str, at: int) -> int:
    """The first place from `at` on that holds no blank."""
    while at < len(tex) and tex[at].isspace():
        at += 1
    return at


def group_end(tex: str, at: int) -> int | None:
    """Behind the `}` that closes the `{` at `at`; None when nothing closes it."""
    depth = 0
    for token in _BRACE.finditer(tex, at):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return None


def option_end(tex: str, at: int) -> int | None:
    """Behind the `]` that closes the `[` at `at`, braces respected; None when nothing does."""
    depth = 0
    for token in _BRACE_OR_BRACKET.finditer(tex, at + 1):
        if token[0] == "]" and depth == 0:
            return token.end()
        depth += {"{": 1, "}": -1}.get(token[0], 0)
    return None


def argument(tex: str, at: int) -> tuple[str, int] | None:
    """An argument without its braces, and where it ends; a command or character counts as one, as in TeX."""
    at = skip_blanks(tex, at)
    if at >= len(tex) or tex[at] == "}":
        return None
    if tex[at] == "{":
        end = group_end(tex, at)
        return None if end is None else (tex[at + 1 : end - 1], end)
    word = _WORD.match(tex, at)
    end = word.end() if word else at + 1
    return tex[at:end], end


def uses(tex: str, command: str) -> list[tuple[int, int]]:
    """Where a command (a pattern without its backslash) stands, last one first, so that inner uses come before outer.

    The backslash of a line break is not taken for one: `\\\\mbox` is a break followed by letters.
    """
    found = re.finditer(rf"\\(?:(?P<name>{command})(?![A-Za-z])|.)", tex, re.S)
    return [match.span() for match in found if match["name"] is not None][::-1]


def rewrite(tex: str, command: str, count: int, make: Callable[[Sequence[str]], str], *, option: bool = False) -> str:
    """Replace each use of a command with its `count` arguments by what `make` makes of them.

    `option`: an optional `[…]` comes first and is dropped. A use that lacks an argument is left alone, for the
    converter to complain about.
    """
    for start, end in uses(tex, command):
        after = skip_blanks(tex, end)
        if option and tex[after : after + 1] == "[":
            end = option_end(tex, after) or end
        arguments: list[str] = []
        while len(arguments) < count:
            found = argument(tex, end)
            if found is None:
                break
            arguments.append(found[0])
            end = found[1]
        else:
            tex = tex[:start] + make(arguments) + tex[end:]
    return tex


def split_rows(body: str) -> list[list[str]]:
    """The rows (at `\\\\`) and cells (at `&`) of a table body; what stands in groups and inner tables is not split.

    Each row but the last keeps its `\\\\` at the end of its last cell, so joining all cells with `&` within rows and
    nothing between rows gives the body back.
    """
    rows: list[list[str]] = [[]]
    depth, start = 0, 0
    for token in _ROW_TOKEN.finditer(body):
        match token[0]:
            case "{" | "\\begin":
                depth += 1
            case "}" | "\\end":
                depth -= 1
            case "&" if depth == 0:
                rows[-1].append(body[start : token.start()])
                start = token.end()
            case "\\\\" if depth == 0:
                rows[-1].append(body[start : token.end()])
                rows.append([])
                start = token.end()
            case _:
                pass
    rows[-1].append(body[start:])
    return rows
