"""New decks, themes and folders of talks: files written from the templates in `scaffolds/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.project.output import OutputError, write_file

_NAME: Final = regex(r"\w[\w.-]*")
_HIDDEN: Final = {"gitignore": ".gitignore"}
"""Files that begin with a dot in a project -> how they are called here, where Git would obey them."""


def is_name(name: str) -> bool:
    """Whether a theme can be called so: letters, digits, `_`, `.`, `-`, none of the latter two first."""
    return _NAME.fullmatch(name) is not None


def deck_files(name: str, theme: str | None, date: str) -> dict[str, bytes]:
    """A deck by its name below `decks/`, which may have folders (`2026/tides`). ValueError for a bad name."""
    parts = name.removesuffix(".md").split("/")
    if not all(map(is_name, parts)) or parts[0].startswith("_"):
        raise ValueError(f"`{name}` is no name for a deck: letters, digits, `.`, `-`, and `/` between folders")
    title = re.sub(r"[-_.]+", " ", parts[-1]).strip()
    values = {
        "title": title[:1].upper() + title[1:],
        "date": date,
        "theme": f"theme: {theme}\n" if theme else "",
    }
    return {f"decks/{'/'.join(parts)}.md": _filled(_folder() / "deck" / "deck.md", values)}


def theme_files(name: str, parent: str, *, has_tokens: bool) -> dict[str, bytes]:
    """A theme with a parent; `has_tokens` says whether the parent's look is made of `--sb-*` properties."""
    folder = _folder() / "theme"
    values = {"name": name, "parent": parent}
    style = folder / ("tokens.css" if has_tokens else "plain.css")
    return {
        f"themes/{name}/theme.yml": _filled(folder / "theme.yml", values),
        f"themes/{name}/{name}.css": _filled(style, values),
    }


def project_files(parent: str, *, has_tokens: bool) -> dict[str, bytes]:
    """A folder of talks: settings, a first deck and its picture, a theme `house` with the given parent."""
    folder = _folder() / "project"
    found = {
        _HIDDEN.get(path, path): _filled(file, {"theme": "house"})
        for path, file in sorted(_files(folder))
        if not path.endswith(".svg")
    }
    pictures = {path: file.read_bytes() for path, file in sorted(_files(folder)) if path.endswith(".svg")}
    return found | pictures | theme_files("house", parent, has_tokens=has_tokens)


def write_new(root: Path, files: Mapping[str, bytes], diagnostics: Diagnostics) -> list[str]:
    """Write files below a root and return their paths; nothing is written where one is there already.

    Those are `would-overwrite` errors; a `.gitignore` that is there is left as it is.
    """
    wanted = {path: data for path, data in files.items() if path != ".gitignore" or not (root / path).exists()}
    for path in wanted:
        if (root / path).exists():
            diagnostics.add("would-overwrite", "this file is there already", path=str(root / path))
    if diagnostics.has_errors:
        return []
    try:
        for path, data in wanted.items():
            write_file(root / path, data)
    except OutputError as error:
        diagnostics.add("unwritable-output", str(error), path=str(root))
        return []
    return [str(root / path) for path in wanted]


def _folder() -> Traversable:
    return resources.files("slidebuild") / "scaffolds"


def _files(folder: Traversable) -> list[tuple[str, Traversable]]:
    """Files below a folder with their paths."""
    found = []
    waiting = [("", folder)]
    while waiting:
        path, here = waiting.pop()
        for entry in here.iterdir():
            if entry.is_dir():
                waiting.append((f"{path}{entry.name}/", entry))
            else:
                found.append((f"{path}{entry.name}", entry))
    return found


def _filled(file: Traversable, values: Mapping[str, str]) -> bytes:
    return Template(file.read_text(encoding="utf-8")).safe_substitute(values).encode("utf-8")
