"""Diagnostics as a SARIF 2.1.0 log, which code hosts and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from slidebuild.diagnostics import CODES, Diagnostic, Fix, Severity
from slidebuild.fingerprints import told_apart
from slidebuild.source import Span

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_RULES: Final = tuple(CODES)
_INDEX: Final = {code: index for index, code in enumerate(_RULES)}


def sarif_log(found: Iterable[tuple[Diagnostic, str]], version: str) -> dict[str, Any]:
    """A log of one run. Each diagnostic comes with its project's folder as seen from the repository."""
    pairs = list(found)
    known = [mark for _, mark in told_apart(item for item, _ in pairs)]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "slidebuild", "semanticVersion": version, "rules": _rules()}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the folder of the repository"}}},
                "results": [_result(*pair, mark) for pair, mark in zip(pairs, known, strict=True)],
            }
        ],
    }


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": code,
            "shortDescription": {"text": meaning},
            "defaultConfiguration": {"level": _LEVELS[severity]},
        }
        for code, (severity, meaning) in CODES.items()
    ]


def _result(diagnostic: Diagnostic, folder: str, known: str) -> dict[str, Any]:
    text = diagnostic.message if diagnostic.hint is None else f"{diagnostic.message} ({diagnostic.hint})"
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": _INDEX[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
        "partialFingerprints": {"slidebuild/v1": known},
    }
    span = diagnostic.span
    path = span.source.path if span is not None else diagnostic.path
    if path and path != "-":
        place: dict[str, Any] = {"artifactLocation": _artifact(path, folder)}
        if span is not None:
            place["region"] = _region(span)
        result["locations"] = [{"physicalLocation": place}]
        if diagnostic.fix is not None:
            result["fixes"] = [_fix(diagnostic.fix, folder)]
    return result


def _artifact(path: str, folder: str) -> dict[str, str]:
    return {"uri": quote(f"{folder}/{path}" if folder else path), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    """Lines and columns count from 1; the end column is that of the character after the last one (§3.30.8)."""
    start, end = span.position, span.source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(fix: Fix, folder: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(fix.span), "insertedContent": {"text": fix.replacement}}
    change = {"artifactLocation": _artifact(fix.span.source.path, folder), "replacements": [replacement]}
    return {"description": {"text": "what `slidebuild check --fix` does"}, "artifactChanges": [change]}
