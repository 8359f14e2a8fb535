"""Diagnostics as text for people, and as JSON for machines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from slidebuild.diagnostics import Diagnostic, Severity

MAX_LINE: Final = 110
"""Longer source lines are cut around the place meant, in columns."""

_COLOURS: Final = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTICE: "36"}


def draw(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """`path:line:column: severity: message [code]`, the line, a caret under the place, and a hint."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    severity = paint(str(diagnostic.severity), _COLOURS[diagnostic.severity])
    place = place_of(diagnostic)
    head = f"{paint(place, '1')}: " if place else ""
    lines = [f"{head}{severity}: {diagnostic.message} [{diagnostic.code}]"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic, paint)
    if diagnostic.hint:
        lines.append(f"    {paint('hint:', '36')} {diagnostic.hint}")
    return "\n".join(lines)


def place_of(diagnostic: Diagnostic) -> str:
    """`path:line:column`, or the path alone, or nothing."""
    return str(diagnostic.span) if diagnostic.span is not None else diagnostic.path or ""


def _excerpt(diagnostic: Diagnostic, paint: Any) -> list[str]:
    span = diagnostic.span
    if span is None:
        return []
    position = span.position
    line = span.source.line(position.line).replace("\t", " ")
    if not line.strip():
        return []
    start = position.column - 1
    end = min(max(start + 1, start + span.end - span.start), max(len(line), start + 1))
    first = max(0, min(start - 30, len(line) - MAX_LINE)) if len(line) > MAX_LINE else 0
    shown = line[first : first + MAX_LINE]
    before, after = ("…" if first else ""), ("…" if first + MAX_LINE < len(line) else "")
    indent = _width(before + line[first:start])
    width = max(1, _width(line[start : min(end, first + MAX_LINE)]))
    number = str(position.line)
    gutter = " " * len(number)
    return [
        f"  {number} | {before}{shown}{after}",
        f"  {gutter} | {' ' * indent}{paint('^' * width, _COLOURS[diagnostic.severity])}",
    ]


def _width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings`; empty when there is nothing to say."""
    counts = dict.fromkeys((Severity.ERROR, Severity.WARNING, Severity.NOTICE), 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts.items() if count)


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data; lines and columns are 1-based, the end is exclusive."""
    data: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": diagnostic.path,
    }
    span = diagnostic.span
    if span is not None:
        end = span.source.position(span.end)
        data |= {"path": span.source.path, "line": span.position.line, "column": span.position.column}
        data |= {"endLine": end.line, "endColumn": end.column}
    if diagnostic.fix is not None:
        start, stop = diagnostic.fix.span.position, diagnostic.fix.span.source.position(diagnostic.fix.span.end)
        data["fix"] = {"line": start.line, "column": start.column, "endLine": stop.line, "endColumn": stop.column}
        data["fix"]["replacement"] = diagnostic.fix.replacement
    return data
