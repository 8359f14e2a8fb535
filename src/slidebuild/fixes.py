"""Applying repairs to the text of a file as it is on disk, whatever its line ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from slidebuild.diagnostics import Diagnostic, Fix

BYTE_ORDER_MARK = "\ufeff"


def fixes_by_path(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Fix]]:
    """The repairs that diagnostics offer: path -> repairs in order of place. Of two that overlap the first is kept."""
    found: dict[str, list[Fix]] = {}
    offered = dict.fromkeys(diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None)
    for fix in sorted(offered, key=lambda fix: (fix.span.start, fix.span.end)):
        kept = found.setdefault(fix.span.source.path, [])
        if not kept or fix.span.start >= kept[-1].span.end:
            kept.append(fix)
    return found


def apply_fixes(raw: str, fixes: Iterable[Fix]) -> str:
    r"""The text of a file with repairs done, from its end on; they must not overlap.

    `raw` is the decoded file with its line ends (`\r\n`, `\r` or `\n`) and its byte order mark, while repairs count
    places in the text with `\n` only.
    """
    offset = 1 if raw.startswith(BYTE_ORDER_MARK) else 0
    removed = _removed(raw)
    for fix in sorted(fixes, key=lambda fix: fix.span.start, reverse=True):
        start = _original(fix.span.start, removed) + offset
        end = _original(fix.span.end, removed) + offset
        raw = raw[:start] + fix.replacement + raw[end:]
    return raw


def _removed(raw: str) -> list[int]:
    r"""Places in the text with `\n` only at which a `\r\n` had one character more."""
    places: list[int] = []
    at = raw.find("\r\n")
    while at >= 0:
        places.append(at - len(places) - (1 if raw.startswith(BYTE_ORDER_MARK) else 0))
        at = raw.find("\r\n", at + 2)
    return places


def _original(offset: int, removed: list[int]) -> int:
    # A place at a line end stays before its `\r`.
    return offset + bisect_right(removed, offset - 1)
