"""What outputs depend on besides the files of the project: programs, libraries, fonts, the date that is given."""

from __future__ import annotations

import os
import platform
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from slidebuild import __version__
from slidebuild.installed import distributions
from slidebuild.project.fingerprint import LIBRARIES, fingerprint

if TYPE_CHECKING:
    from slidebuild.browser.find import BrowserChoice

_PRINTING: Final = ("pikepdf", "playwright")
"""Libraries that show in a PDF only."""


def environment(browser: BrowserChoice | None) -> dict[str, object]:
    """As it stands in the manifest; `browser` is the one that prints."""
    from slidebuild.browser.fonts import find_fonts

    return {
        "slidebuild": __version__,
        "code": _code_digest(),
        "python": platform.python_version(),
        "libraries": _libraries(),
        "browser": f"{browser.path.name} {browser.read_version()}" if browser is not None else None,
        "fonts": list(find_fonts(os.environ).families) if browser is not None else [],
        "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
    }


def environment_key(browser: BrowserChoice | None) -> str:
    """What tells one environment from another, told in no time."""
    where = ""
    if browser is not None:
        from slidebuild.pdf.machine import machine

        where = machine(browser)
    return sha256(f"{fingerprint()} {where} {os.environ.get('SOURCE_DATE_EPOCH')}".encode()).hexdigest()


def _libraries() -> dict[str, str]:
    found = {}
    for name in distributions():
        stem = name.rpartition(".")[0]
        library, _, version = stem.partition("-")
        if library.lower().startswith((*LIBRARIES, *_PRINTING)):
            found[library] = version
    return found


def _code_digest() -> str:
    """SHA-256 of slidebuild's own files: a version that is being worked on has no number of its own."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for file in sorted(root.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(root).as_posix()} ".encode() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()
