"""Which decks a project has, and what their outputs are called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from slidebuild.records import dataclass

DEFAULT_DECKS: Final = ("decks/**/*.md",)
"""Where decks are looked for unless `decks:` in slidebuild.yml says otherwise."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Decks that would write the same files."""

    id: str
    decks: tuple[str, ...]


def find_decks(root: Path, patterns: Iterable[str] = ()) -> tuple[str, ...]:
    """Root-relative POSIX paths of all decks, sorted; files and folders beginning with `_` or `.` are none."""
    found = set()
    for pattern in tuple(patterns) or DEFAULT_DECKS:
        for file in root.glob(pattern.lstrip("/")):
            path = PurePosixPath(file.relative_to(root).as_posix())
            if file.is_file() and not any(part.startswith(("_", ".")) for part in path.parts):
                found.add(str(path))
    return tuple(sorted(found))


def deck_id(path: str) -> str:
    """The deck's path below `decks/` (else below the root) without suffix: `talks/2026/intro`; `stdin` for `-`."""
    if path == "-":
        return "stdin"
    pure = PurePosixPath(path)
    parts = pure.parts[1:] if pure.parts[0] == "decks" and len(pure.parts) > 1 else pure.parts
    return str(PurePosixPath(*parts).with_suffix(""))


def clashes(paths: Iterable[str]) -> tuple[Clash, ...]:
    """Groups of decks of one id (`decks/a.md` and `a.md`; names that differ in case only count as equal)."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(deck_id(path).lower(), []).append(path)
    return tuple(Clash(deck_id(group[0]), tuple(group)) for group in groups.values() if len(group) > 1)
