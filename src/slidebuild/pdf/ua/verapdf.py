"""What veraPDF (https://verapdf.org) says of a file, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from slidebuild.patterns import regex
from slidebuild.records import dataclass

_PAGE: Final = regex(r"/pages\[(\d+)\]")
_TIMEOUT: Final = 600
"""Seconds. It takes some three for a hundred slides."""


class VeraPdfFailed(Exception):  # noqa: N818 (named as what happened)
    """veraPDF did not give a report that can be read."""


@dataclass(frozen=True, slots=True)
class VeraFault:
    """A check that failed."""

    clause: str
    """Of ISO 14289-1, and the number of veraPDF's test of it: `7.1-3`."""
    message: str
    page: int | None
    """0-based."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF found."""

    is_compliant: bool
    faults: tuple[VeraFault, ...]


def find_verapdf() -> str | None:
    """The program, if it is on PATH."""
    return shutil.which("verapdf")


def ask_verapdf(program: str, file: Path) -> Verdict:
    """Let veraPDF check a file against PDF/UA-1. Raises VeraPdfFailed."""
    command = [program, "--flavour", "ua1", "--format", "xml", str(file.resolve())]
    try:
        run = subprocess.run(  # noqa: S603 (the user's own program, no shell)
            command, capture_output=True, timeout=_TIMEOUT, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VeraPdfFailed(str(error)) from error
    try:
        return read_report(run.stdout)
    except ValueError as error:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise VeraPdfFailed(said[-1] if said else str(error)) from error


def read_report(report: bytes) -> Verdict:
    """Read the machine-readable report of veraPDF 1.18 and later. Raises ValueError."""
    try:
        root = ElementTree.fromstring(report)  # noqa: S314 (written by a program of this machine)
    except ElementTree.ParseError as error:
        raise ValueError(f"its report is no XML: {error}") from error
    validation = next(root.iter("validationReport"), None)
    if validation is None:
        trouble = next(root.iter("exceptionMessage"), None)
        raise ValueError(trouble.text if trouble is not None and trouble.text else "its report holds no validation")
    faults: dict[VeraFault, None] = {}
    for rule in validation.iter("rule"):
        if rule.get("status", "failed") != "failed":
            continue
        clause = f"{rule.get('clause', '?')}-{rule.get('testNumber', '?')}"
        asks = _words(rule.findtext("description"))
        for check in rule.iter("check"):
            page = _PAGE.search(check.findtext("context") or "")
            message = _words(check.findtext("errorMessage")) or asks
            faults[VeraFault(clause, message, int(page[1]) if page else None)] = None
    return Verdict(validation.get("isCompliant") == "true", tuple(faults))


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
