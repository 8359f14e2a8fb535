"""Marked spans in a line of code: what stands between back-ticks, or what a deck's own pattern finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from slidebuild.patterns import regex

Part: TypeAlias = tuple[str, bool]
"""A piece of HTML, and whether it is marked."""

_BACK_TICKS: Final = r"`([^`]+?)`"
_ATOM: Final = regex(r"\\[\s\S]|\[\^?\]|\[(?:[^\]\\]|\\[\s\S])*\]|\(\?<(?=[A-Za-z_$])|\$")
"""What may mean something else in JavaScript: an escape, a set of characters, a named group, the end of the text."""


@lru_cache(maxsize=16)
def span_pattern(setting: bool | str) -> re.Pattern[str] | None:  # noqa: FBT001 (the value of a setting)
    """The pattern of `highlightSpans`: None when it is off; re.error when its regular expression cannot be used.

    As in remark.js its first group is the character before the span (a backslash there keeps the span as it is),
    so a span never begins a line, and the second one what is marked.
    """
    if not setting:
        return None
    source = r"([^`])" + _BACK_TICKS if setting is True else r"([\s\S])(?:" + _python_pattern(setting) + ")"
    return re.compile(source, re.ASCII)


def split_spans(html: str, pattern: re.Pattern[str]) -> Iterator[Part]:
    """The HTML of a line in pieces, the markers taken away and the backslashes that kept some."""
    read = 0
    for match in pattern.finditer(html):
        before, read = html[read : match.start()], match.end()
        if match[1] == "\\":
            yield before + match[0][1:], False
        else:
            yield before + match[1], False
            yield (match[2] or "" if pattern.groups > 1 else match[0][1:]), True
    yield html[read:], False


def _python_pattern(source: str) -> str:
    """A JavaScript regular expression in Python's notation, where the two differ."""
    return _ATOM.sub(_python_atom, source)


def _python_atom(match: re.Match[str]) -> str:
    match match[0]:
        case "[^]":
            return r"[\s\S]"
        case "[]":
            return r"(?!)"
        case "(?<":
            return "(?P<"
        case "$":
            return r"\Z"
        case set_of_characters if set_of_characters.startswith("["):
            # Python warns of a bracket inside a set, which it may one day read as a nested one.
            return "[" + re.sub(r"(\\[\s\S])|\[", lambda m: m[1] or r"\[", set_of_characters[1:])
        case escape:
            return escape
