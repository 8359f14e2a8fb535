"""What is made of findings: the setting `check` says how bad they are, waivers say which are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from slidebuild.check.waivers import find_waivers, report_waivers
from slidebuild.diagnostics import CODES, Diagnostic, Diagnostics, Severity
from slidebuild.settings import Settings
from slidebuild.settings.rules import LEVELS
from slidebuild.source import SourceFile

_OF_PRINTING: Final = frozenset(
    (
        "asset-not-loaded",
        "broken-pdf",
        "not-pdf-ua",
        "page-count",
        "pdf-too-large",
        "picture-too-large",
        "request-refused",
        "unknown-slide",
        "unknown-tag",
        "verapdf-failed",
    )
)
"""What only printing finds; that a check does not find it says nothing."""


def levels(settings: Settings) -> Mapping[str, Severity | None]:
    """How bad findings are, by code, where the setting `check` says so; None is off."""
    return {code: LEVELS[level] for code, level in settings.check}


def judge(
    found: Iterable[Diagnostic],
    settings: Settings,
    sources: Iterable[SourceFile] = (),
    not_looked_for: frozenset[str] = frozenset(),
) -> Diagnostics:
    """Findings as the deck and its settings want them told, and what is wrong with the waivers in its files.

    `sources`: all files that waivers may stand in, whether something was found there or not. `not_looked_for`: codes
    of rules that did not run, of which nothing can have been found.
    """
    wanted = levels(settings)
    items = list(found)
    files = {source.path: source for source in (*sources, *(item.span.source for item in items if item.span))}
    waivers = [waiver for source in files.values() for waiver in find_waivers(source)]
    judged = Diagnostics()
    kept: list[Diagnostic] = []
    for item in items:
        covering = [waiver for waiver in waivers if waiver.covers(item)]
        for waiver in covering:
            waiver.used.add(item.code)
        if not covering:
            kept.append(item)
    own = Diagnostics()
    off = frozenset(code for code, level in wanted.items() if level is None)
    report_waivers(waivers, frozenset(CODES) - _OF_PRINTING - not_looked_for - off, own)
    leveled = (_leveled(item, wanted) for item in (*kept, *own))
    judged.extend(item for item in leveled if item is not None)
    return judged


def _leveled(item: Diagnostic, wanted: Mapping[str, Severity | None]) -> Diagnostic | None:
    level = wanted.get(item.code, item.severity)
    return None if level is None else replace(item, severity=level)
