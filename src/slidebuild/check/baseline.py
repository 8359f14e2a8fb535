"""Findings that were there when checks were adopted: kept in a file, and not told again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from typing import Any, Final

from slidebuild.diagnostics import CODES, Diagnostic, Severity
from slidebuild.fingerprints import fingerprint, first_line
from slidebuild.records import dataclass

VERSION: Final = 1


class BaselineError(Exception):
    """A file that is no baseline."""


@dataclass(slots=True)
class Baseline:
    """What was found before, and has not been found again yet."""

    left: Counter[str] = field(default_factory=Counter)
    """Fingerprint -> how many findings have it."""

    @classmethod
    def read(cls, data: bytes) -> Baseline:
        """From a file. Raises BaselineError."""
        try:
            content = json.loads(data)
            version = content["version"]
            found = {str(entry["fingerprint"]): int(entry["count"]) for entry in content["findings"]}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BaselineError("it is no baseline that slidebuild check --write-baseline wrote") from error
        if version != VERSION:
            raise BaselineError(f"it is of version {version}, not {VERSION}")
        return cls(Counter(found))

    def new(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those findings that were not there before. Each that was is crossed off."""
        new: list[Diagnostic] = []
        for item in found:
            known = fingerprint(item)
            if self.left[known] > 0:
                self.left[known] -= 1
            else:
                new.append(item)
        return new


def may_wait(item: Diagnostic) -> bool:
    """Whether a finding can be left for later: not what stops a build."""
    return CODES[item.code][0] is not Severity.ERROR


def as_baseline(found: Iterable[Diagnostic]) -> bytes:
    """The file of a baseline: one finding a line, sorted, so that its changes can be read."""
    counts: Counter[str] = Counter()
    entries: dict[str, dict[str, Any]] = {}
    for item in filter(may_wait, found):
        known = fingerprint(item)
        counts[known] += 1
        path = item.span.source.path if item.span is not None else item.path or ""
        entries[known] = {"path": path, "code": item.code, "line": first_line(item)[:80], "fingerprint": known}
    rows = [json.dumps({**entry, "count": counts[known]}, ensure_ascii=False) for known, entry in entries.items()]
    inner = "\n    " + ",\n    ".join(sorted(rows)) + "\n  " if rows else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{inner}]\n}}\n'.encode("utf-8", "replace")
