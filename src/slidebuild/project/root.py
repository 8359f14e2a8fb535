"""Where a project begins: what a deck reads lies below that folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SETTINGS_FILE: Final = "slidebuild.yml"


def find_root(start: Path) -> Path:
    """The project's root for a deck file or a folder, symlinks resolved.

    The nearest ancestor with `slidebuild.yml`, else the nearest with `.git`, else the parent of the deck's folder; but
    never `/` or the home folder, instead of which it is the deck's own folder.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    ancestors = (folder, *folder.parents)
    for marker in (SETTINGS_FILE, ".git"):
        for ancestor in ancestors:
            if (ancestor / marker).exists() and _is_allowed(ancestor):
                return ancestor
    parent = folder if start.is_dir() else folder.parent
    return parent if _is_allowed(parent) else folder


def _is_allowed(folder: Path) -> bool:
    try:
        home = Path.home().resolve()
    except RuntimeError:  # no home folder is known
        home = Path("/")
    return folder not in (home, Path(folder.anchor))
