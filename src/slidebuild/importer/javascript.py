"""JavaScript cut into tokens, as far as finding a call and reading literals needs it. Nothing is run."""

from __future__ import annotations

import re
import sys
from typing import Final, Literal, TypeAlias

from slidebuild.patterns import regex
from slidebuild.records import dataclass

Kind: TypeAlias = Literal["string", "template", "regexp", "number", "word", "mark"]

_SKIP: Final = regex(r"(?:[\s\ufeff]++|//[^\n]*+|/\*[\s\S]*?(?:\*/|\Z)|<!--[^\n]*+)*+")
_TOKEN: Final = regex(
    r"""(?P<string>'(?:\\[\s\S]|[^'\\\n])*+'|"(?:\\[\s\S]|[^"\\\n])*+")
    |(?P<template>`(?:\\[\s\S]|[^`\\])*+`)
    |(?P<number>0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)
    |(?P<word>[^\W\d][\w$]*|\$[\w$]*)
    |(?P<mark>=>|[=!]==?|[<>]=|\+\+|--|&&|\|\||\?\?|\.\.\.|[-+*/%&|^]=|[\s\S])""",
    re.VERBOSE,
)
_REGEXP: Final = regex(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,500}+\]|[^/\\\[\n])++/[A-Za-z]*")
_BEFORE_OPERAND: Final = frozenset(("return", "typeof", "case", "in", "of", "new", "delete", "void"))


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place in the code."""

    kind: Kind
    text: str
    start: int
    end: int
    begins_line: bool
    """A line break stands before it."""


def tokens(code: str, limit: int = sys.maxsize) -> tuple[Token, ...]:
    """The first `limit` tokens of a script, comments and blanks left out. Never fails."""
    found: list[Token] = []
    at = 0
    while True:
        first = _SKIP.match(code, at).end()  # type: ignore[union-attr]  # it matches the empty text
        if first >= len(code) or len(found) >= limit:
            return tuple(found)
        match = _REGEXP.match(code, first) if code[first] == "/" and _takes_operand(found) else None
        kind: Kind = "regexp"
        if match is None:
            match = _TOKEN.match(code, first)
            assert match is not None  # noqa: S101  the last alternative takes any character
            kind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
        found.append(Token(kind, match[0], first, match.end(), "\n" in code[at:first] or not found))
        at = match.end()


def _takes_operand(before: list[Token]) -> bool:
    """Whether a `/` here begins a regular expression: a division needs something to divide."""
    if not before:
        return True
    last = before[-1]
    if last.kind == "mark":
        return last.text not in (")", "]", "}")
    return last.kind == "word" and last.text in _BEFORE_OPERAND
