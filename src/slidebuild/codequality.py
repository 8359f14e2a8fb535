"""Diagnostics as a GitLab code quality report, which merge requests show beside the lines.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from slidebuild.diagnostics import Diagnostic, Severity
from slidebuild.fingerprints import told_apart

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def code_quality(found: Iterable[tuple[Diagnostic, str]]) -> list[dict[str, Any]]:
    """The report. Each diagnostic comes with its project's folder as seen from the repository."""
    pairs = list(found)
    folders = [folder for _, folder in pairs]
    return [
        {
            "description": item.message if item.hint is None else f"{item.message} ({item.hint})",
            "check_name": item.code,
            "fingerprint": known,
            "severity": _SEVERITIES[item.severity],
            "location": _location(item, folder),
        }
        for (item, known), folder in zip(told_apart(item for item, _ in pairs), folders, strict=True)
    ]


def _location(item: Diagnostic, folder: str) -> dict[str, Any]:
    span = item.span
    path = (span.source.path if span is not None else item.path) or "."
    lines = {"begin": 1}
    if span is not None:
        last = span.source.position(max(span.start, span.end - 1)).line
        lines = {"begin": span.position.line, "end": last}
    return {"path": f"{folder}/{path}" if folder else path, "lines": lines}
