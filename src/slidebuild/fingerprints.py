"""What knows a finding again after lines have moved.

A finding is known by what it is about, not by where it stands: its code, the file, the text of the line and the words
meant. A line that changes brings its finding back.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from slidebuild.diagnostics import Diagnostic

_LONGEST: Final = 120
"""Characters of the words meant that count; what is longer is a whole slide, whose first line will do."""


def fingerprint(item: Diagnostic) -> str:
    """24 hexadecimal digits; equal findings on equal lines of a file have the same."""
    span = item.span
    if span is None:
        parts = [item.code, item.path or "", re.sub(r"\d+(?:\.\d+)?", "0", item.message)]
    else:
        written = span.text.strip()
        is_short = len(written) <= _LONGEST and "\n" not in written
        parts = [item.code, span.source.path, first_line(item), written if is_short else ""]
    return _digest("\0".join(parts))


def first_line(item: Diagnostic) -> str:
    """The first line with something on it, from where a finding stands; blanks count as one."""
    if item.span is None:
        return ""
    number, source = item.span.position.line, item.span.source
    last = source.position(len(source.text)).line
    while number < last and not source.line(number).strip():
        number += 1
    return " ".join(source.line(number).split())


def told_apart(found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Findings, each with a fingerprint of its own: those that share one are numbered in their order."""
    seen: Counter[str] = Counter()
    for item in found:
        known = fingerprint(item)
        seen[known] += 1
        yield item, known if seen[known] == 1 else _digest(f"{known}{seen[known]}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
