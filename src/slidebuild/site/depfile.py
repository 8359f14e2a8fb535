"""What a site depends on, for make and Ninja."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


def depfile(target: str, root: Path, decks: Sequence[str], inputs: Sequence[str], here: Path) -> str:
    """A Makefile rule that says what the outputs depend on (GNU make, Ninja's `depfile`).

    `target` is written as it is, since build tools compare names as text; what lies below `here`, the folder one stands
    in, is named from there. Files that were looked for in vain are not named: make would say that it cannot make them.
    The folders in which they would appear stand for them, and those of decks for decks that come and go. Not so the
    root: a build leaves things there, and would call for another.
    """
    files = [path for path in inputs if (root / path).is_file()]
    sought = (_folder(root, path) for path in (*decks, *sorted(set(inputs) - set(files))))
    folders = sorted({folder for folder in sought if folder != root})
    listed = (_escaped(named(path, here)) for path in (*folders, *(root / path for path in files)))
    return f"{_escaped(target)}: {' '.join(_continued(listed))}\n"


def date_back(target: Path, started: float) -> None:
    """Let a target be as old as the build (seconds since 1970), whether it was written by it or had stayed the same.

    Tools that compare times then know that it is up to date, and that it is not when something changed meanwhile.
    """
    os.utime(target, (started, started))


def _folder(root: Path, path: str) -> Path:
    """The nearest folder above a file that is there."""
    return next((folder for folder in (root / path).parents if folder.is_dir() or folder == root), root)


def named(path: Path, here: Path) -> str:
    """What a file is called by who stands in a folder."""
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _continued(names: Iterator[str]) -> Iterator[str]:
    """One a line."""
    return (name if not place else f"\\\n  {name}" for place, name in enumerate(names))


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")
