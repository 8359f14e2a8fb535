"""What is installed beside slidebuild, read from the names in `sys.path`.

`importlib.metadata` knows more and takes 40 ms to say it; it is asked only where there is something to hear.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PACKAGE: Final = Path(__file__).parent
"""The folder of slidebuild's own files. (`importlib.resources` takes 3 ms to say so.)"""

_SUFFIXES: Final = (".dist-info", ".egg-info")


def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """The entry points of a group; each name once, the one that Python would import."""
    if not _may_have(group, tuple(sys.path)):
        return ()
    from importlib import metadata

    return tuple(metadata.entry_points(group=group))


def distributions() -> tuple[str, ...]:
    """Names and versions of installed distributions as their folders tell them: `click-8.1.7.dist-info`."""
    return tuple(sorted({entry.name for entry in _records(tuple(sys.path))}))


def extensions() -> dict[str, str]:
    """Installed packages that bring themes or macros: name -> version."""
    found = {}
    for group in ("slidebuild.themes", "slidebuild.macros"):
        for entry in entry_points(group):
            if entry.dist is not None:
                found[entry.dist.name] = entry.dist.version
    return dict(sorted(found.items()))


@lru_cache(maxsize=8)
def _may_have(group: str, paths: tuple[str, ...]) -> bool:
    """Whether some distribution may have such entry points."""
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    if len(finders) > 1 or any(Path(path).is_file() or path.endswith(".egg") for path in paths):
        return True
    return f"[{group}]".encode() in _points(paths)


@lru_cache(maxsize=2)
def _points(paths: tuple[str, ...]) -> bytes:
    """The entry points of all distributions, one file after the other."""
    return b"\n".join(_content(f"{entry.path}/entry_points.txt") for entry in _records(paths))


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a hundred of them: Path takes twice the time)
            return file.read()
    except OSError:
        return b""


def _records(paths: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    for path in dict.fromkeys(paths):
        try:
            with os.scandir(path or ".") as entries:
                yield from (entry for entry in entries if entry.name.endswith(_SUFFIXES))
        except OSError:
            continue


def user_caches(environ: Mapping[str, str]) -> Path:
    """The folder for what programs of this user keep, which nobody else may write to."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
    match sys.platform:
        case "darwin":
            return home / "Library" / "Caches"
        case "win32":
            return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case _:
            return Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
