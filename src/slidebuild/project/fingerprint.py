"""What tells one installation of slidebuild from another: what it makes may differ."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from slidebuild import __version__
from slidebuild.installed import distributions

LIBRARIES: Final = (
    "brotli",
    "fontpkg",
    "fonttools",
    "ftfy",
    "jinja2",
    "markdown_it",
    "markupsafe",
    "math_core",
    "pillow",
    "pygments",
    "pyyaml",
    "segno",
    "selectolax",
    "tinycss2",
    "uharfbuzz",
    "webencodings",
    "ziamath",
)
"""Beginnings of the names of the distributions whose versions show in a page."""


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Versions of slidebuild, Python and the libraries, and sizes and times of slidebuild's own files."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for name in distributions():
        if name.lower().replace("-", "_").startswith(LIBRARIES):
            digest.update(f"\n{name}".encode())
    for line in sorted(_files(str(Path(__file__).parents[1]))):
        digest.update(f"\n{line}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(root: str) -> Iterator[str]:
    """Name, size and time of each file of the package, data included, compiled code excluded."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                        continue
                    status = entry.stat()
                    yield f"{entry.path[len(root) :]} {status.st_size} {status.st_mtime_ns}"
        except OSError:  # in an archive: the version says enough
            continue
