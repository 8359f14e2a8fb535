"""Shorter names for what the joined modules declare, so that pages carry less.

Only names declared at the left margin of a module are renamed, and of these only such as never stand where they would
mean something else: behind a dot, as a key, as a shorthand (`{ name }`), or in template text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, product
from string import ascii_letters
from typing import Final

from slidebuild.patterns import regex

_TOKEN: Final = regex(
    r"(?P<text>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|//[^\n]*"
    r"|(?<=[=(,:!&|?{};\[])\s*/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)"
    r"|(?P<template>`(?:\\.|[^`\\])*`)"
    r"|(?P<bracket>[{}()\[\]])|(?P<word>[A-Za-z_$][\w$]*)",
    re.DOTALL,
)
"""Strings, comments, regular expressions (a `/` where no value can end), and what has to be looked at."""
_WORD: Final = regex(r"[A-Za-z_$][\w$]*")
_RESERVED: Final = frozenset(("as", "do", "if", "in", "is", "of"))


def shorten(code: str, declared: Iterable[str]) -> str:
    """The code with the names in `declared` replaced by shorter ones where that is safe; the same for the same code."""
    names = {name for name in declared if len(name) > 2}
    if not names:
        return code
    tokens = [token for token in _TOKEN.finditer(code) if token["word"] is None or token["word"] in names]
    uses = Counter(token["word"] for token in tokens if token["word"])
    wanted = sorted(names - _unsafe(code, tokens), key=lambda name: (-uses[name], name))
    short = dict(zip(wanted, _short_names(set(_WORD.findall(code))), strict=False))
    pieces: list[str] = []
    at = 0
    for token in tokens:
        if new := short.get(token["word"]):
            pieces += [code[at : token.start()], new]
            at = token.end()
    return "".join([*pieces, code[at:]])


def _unsafe(code: str, tokens: list[re.Match[str]]) -> set[str]:
    """Names with a use that is no plain identifier, and all that stands in template text."""
    found: set[str] = set()
    open_brackets: list[str] = []
    for token in tokens:
        if token["template"]:
            found.update(_WORD.findall(token["template"]))
        elif bracket := token["bracket"]:
            if bracket in "{([":
                open_brackets.append(bracket)
            else:
                open_brackets.pop()
        elif name := token["word"]:
            before, behind = _last(code, token.start()), _next(code, token.end())
            is_in_braces = open_brackets[-1:] == ["{"]
            if before == "." or behind == ":" or (is_in_braces and before in "{," and behind in "},(="):
                found.add(name)
    return found


def _short_names(taken: set[str]) -> Iterator[str]:
    """Names of one letter, then of two, that the code does not use."""
    for letters in chain(ascii_letters, product(ascii_letters, repeat=2)):
        name = "".join(letters)
        if name not in taken and name not in _RESERVED:
            yield name


def _last(code: str, at: int) -> str:
    """The sign before a place, blanks aside."""
    return code[max(0, at - 9) : at].rstrip()[-1:]


def _next(code: str, at: int) -> str:
    """The sign from a place on, blanks aside."""
    return code[at : at + 9].lstrip()[:1]
