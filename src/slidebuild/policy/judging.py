"""Findings as a deck and its settings want them told.

What stops a build stays an error whatever the settings and the deck say: a finding that is an error by itself is
neither turned off nor lowered nor waived. One that `check` raises to an error stops the output like those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from slidebuild.diagnostics import Diagnostic, Diagnostics, Severity
from slidebuild.policy.waivers import find_waivers, report_waivers
from slidebuild.settings import Settings
from slidebuild.settings.rules import LEVELS
from slidebuild.source import SourceFile

if TYPE_CHECKING:
    from slidebuild.compiler import Compiled


def levels(settings: Settings) -> Mapping[str, Severity | None]:
    """How bad findings are, by code, where the setting `check` says so; None is off."""
    return {code: LEVELS[level] for code, level in settings.check}


def judge(
    found: Iterable[Diagnostic],
    wanted: Mapping[str, Severity | None],
    sources: Iterable[SourceFile] = (),
    looked_for: frozenset[str] = frozenset(),
) -> Diagnostics:
    """Findings as they are to be told, and what is wrong with the waivers in the files.

    `sources`: all files that waivers may stand in, whether something was found there or not. `looked_for`: codes that
    were looked for in all of the deck: a waiver of such a one is unused where nothing was found.
    """
    items = list(found)
    files = {source.path: source for source in (*sources, *(item.span.source for item in items if item.span))}
    waivers = [waiver for source in files.values() for waiver in find_waivers(source)]
    kept: list[Diagnostic] = []
    for item in items:
        covering = [waiver for waiver in waivers if waiver.covers(item)]
        for waiver in covering:
            waiver.used.add(item.code)
        if not covering:
            kept.append(item)
    own = Diagnostics()
    off = frozenset(code for code, level in wanted.items() if level is None)
    report_waivers(waivers, looked_for - off, own)
    judged = Diagnostics()
    leveled = (_leveled(item, wanted) for item in (*kept, *own))
    judged.extend(item for item in leveled if item is not None)
    return judged


def judge_deck(found: Iterable[Diagnostic], compiled: Compiled) -> Diagnostics:
    """What was found while something was made of a deck. That a waiver has no use only `slidebuild check` can say."""
    return judge(found, levels(compiled.settings), compiled.sources)


def _leveled(item: Diagnostic, wanted: Mapping[str, Severity | None]) -> Diagnostic | None:
    if item.severity is Severity.ERROR:
        return item
    level = wanted.get(item.code, item.severity)
    return None if level is None else replace(item, severity=level)
