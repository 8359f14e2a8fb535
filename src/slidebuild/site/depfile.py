"""What a site depends on, for make and Ninja."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def depfile(target: Path, root: Path, inputs: Sequence[str]) -> str:
    """A Makefile rule that says what the outputs depend on (GNU make, Ninja's `depfile`)."""
    listed = " \\\n  ".join(_escaped(str(root / path)) for path in inputs)
    return f"{_escaped(str(target))}: {listed}\n"


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")
