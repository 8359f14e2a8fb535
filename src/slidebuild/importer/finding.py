"""Which pages of a folder hold decks, and what their decks are called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from slidebuild.importer.files import Origin
from slidebuild.importer.importing import is_deck

_NAMELESS: Final = frozenset(("index", "slides", "presentation"))
"""Pages that are called after their folder."""


def find_pages(folder: Path) -> tuple[Path, ...]:
    """All pages with remark.js decks below a folder, sorted; hidden folders and `node_modules` are left out."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        pages = (Path(place) / name for name in files if name.lower().endswith((".html", ".htm")))
        found += [page for page in pages if is_deck(Origin(page.resolve(), folder.resolve(), str(page)))]
    return tuple(sorted(found))


def deck_name(page: Path) -> str:
    """The file's name without its suffix; that of its folder for `index.html` and the like."""
    page = page.resolve()
    stem = page.parent.name if page.stem.lower() in _NAMELESS and page.parent.name else page.stem
    return re.sub(r"[^\w.-]+", "-", stem).strip("-._") or "deck"


def distinct(names: Iterable[str]) -> list[str]:
    """The same names, `-2`, `-3` … behind one that was there before (in whatever case)."""
    given: set[str] = set()
    out = []
    for name in names:
        number, own = 1, name
        while own.lower() in given:
            number += 1
            own = f"{name}-{number}"
        given.add(own.lower())
        out.append(own)
    return out


def is_deck_name(name: str) -> bool:
    """Whether `decks/NAME.md` would be found as a deck: a path of parts that begin with a letter or digit."""
    parts = PurePosixPath(name).parts
    return bool(parts) and all(re.fullmatch(r"\w[\w. -]*", part) and not part.startswith("_") for part in parts)
