"""Diagnostics as JSON and back: what was said about a deck is kept with what was built of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from slidebuild.diagnostics import Diagnostic, Fix, Severity
from slidebuild.source import SourceFile, Span


def as_data(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Diagnostics, with the texts that they point into, each once."""
    sources: dict[SourceFile, int] = {}
    items = [_item(item, sources) for item in diagnostics]
    return {"items": items, "sources": [[source.path, source.text] for source in sources]}


def from_data(data: dict[str, Any]) -> Iterator[Diagnostic]:
    """What `as_data` was given."""
    sources = [SourceFile(path, text) for path, text in data["sources"]]
    for code, severity, message, place, hint, path, repair in data["items"]:
        fix = Fix(_span(repair[0], sources), repair[1]) if repair is not None else None
        span = _span(place, sources) if place is not None else None
        yield Diagnostic(code, Severity(severity), message, span, hint, path, fix)


def _item(item: Diagnostic, sources: dict[SourceFile, int]) -> list[Any]:
    span = _place(item.span, sources) if item.span is not None else None
    fix = [_place(item.fix.span, sources), item.fix.replacement] if item.fix is not None else None
    return [item.code, int(item.severity), item.message, span, item.hint, item.path, fix]


def _place(span: Span, sources: dict[SourceFile, int]) -> list[int]:
    return [sources.setdefault(span.source, len(sources)), span.start, span.end]


def _span(place: list[int], sources: list[SourceFile]) -> Span:
    return Span(sources[place[0]], place[1], place[2])
