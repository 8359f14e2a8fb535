"""Pictures that nothing in the project uses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass

PICTURES: Final = frozenset((".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"))
_FOLDERS: Final = frozenset(("img", "imgs", "image", "images", "fig", "figs", "figure", "figures", "pictures"))
"""Folders whose pictures are there to be shown."""
_TEXTS: Final = frozenset(
    (
        ".css",
        ".htm",
        ".html",
        ".ipynb",
        ".j2",
        ".js",
        ".json",
        ".md",
        ".py",
        ".rmd",
        ".rst",
        ".svg",
        ".tex",
        ".txt",
        ".yaml",
        ".yml",
    )
)
_LEFT_OUT: Final = frozenset(("node_modules", "dist", "build", "public", "_site", "vendor"))
_MAX_TEXT: Final = 4_000_000
"""Bytes of texts that are read for the names of pictures."""


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """The files of a project, once all of its decks were looked at."""

    root: Path
    used: frozenset[str]
    """Root-relative paths of what decks, themes and stylesheets were seen to read."""


def check_unused_pictures(project: ProjectFiles, diagnostics: Diagnostics) -> None:
    """`unused-picture`: one in a folder for pictures that no deck reads and whose name no text of the project holds.

    A name in a text is enough, so that excluded slides, READMEs and scripts that draw pictures count as uses.
    """
    files = sorted(_files(project))
    left = {
        path: Path(path).name
        for path in files
        if path not in project.used and Path(path).suffix.lower() in PICTURES and _is_for_showing(path)
    }
    for path in files if left else ():
        if Path(path).suffix.lower() in _TEXTS:
            text = _text(project.root / path)
            left = {picture: name for picture, name in left.items() if picture == path or not _names(name, text)}
    for path in left:
        size = (project.root / path).stat().st_size
        hint = f"it has {size / 1000:,.0f} kB; delete it, or keep it elsewhere"
        diagnostics.add("unused-picture", "nothing in the project uses this picture", path=path, hint=hint)


def _names(name: str, text: str) -> bool:
    """Whether a case-folded text holds a file's name, or its stem before a suffix that is put together elsewhere."""
    name = name.casefold()
    stem = name.rpartition(".")[0]
    if name in text or f"{stem}.{{" in text:
        return True
    return re.search(rf"[\"'/]{re.escape(stem)}[\"']", text) is not None


def _is_for_showing(path: str) -> bool:
    return any(part.lower() in _FOLDERS for part in Path(path).parts[:-1])


def _files(project: ProjectFiles) -> Iterator[str]:
    for folder, folders, names in os.walk(project.root):
        here = Path(folder).relative_to(project.root)
        folders[:] = [name for name in folders if not _is_left_out(name)]
        yield from ((here / name).as_posix() for name in names if not name.startswith("."))


def _is_left_out(folder: str) -> bool:
    return folder.startswith(".") or folder in _LEFT_OUT


def _text(file: Path) -> str:
    if not file.is_file():  # a pipe, say
        return ""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MAX_TEXT).decode("utf-8", "replace")
    except OSError:
        return ""
    return (text if "%" not in text else f"{text}\n{unquote(text)}").casefold()
