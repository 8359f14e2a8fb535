"""Where themes come from. Nothing else in the compiler reads a theme's files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, Protocol

from slidebuild.installed import PACKAGE, entry_points
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENTRY_POINTS: Final = "slidebuild.themes"
"""Group of installed themes: the name is the theme's, the value a package whose folder is the theme."""


class ThemeLoader(Protocol):
    """Reads themes; `project` gives one for the folder `themes/`, tests a `DictThemes`."""

    def names(self) -> Iterable[str]:
        """The themes there are."""
        ...

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file of a theme by its POSIX path below the theme's folder; None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class DictThemes:
    """Themes as a mapping: `{"euclid": {"theme.yml": b"…"}}`."""

    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)

    def names(self) -> Iterable[str]:
        """The themes there are."""
        return self.files

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file."""
        return self.files.get(theme, {}).get(path)


@dataclass(frozen=True, slots=True)
class InstalledThemes:
    """Themes of installed packages, by entry point."""

    def names(self) -> Iterable[str]:
        """The themes there are."""
        return sorted(point.name for point in entry_points(ENTRY_POINTS))

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file."""
        found = next((point for point in entry_points(ENTRY_POINTS) if point.name == theme), None)
        return None if found is None else read_resource(found.module, path)


@dataclass(frozen=True, slots=True)
class BuiltInThemes:
    """The themes in this package."""

    def names(self) -> Iterable[str]:
        """The themes there are."""
        folder = PACKAGE / "themes"
        return sorted(entry.name for entry in folder.iterdir() if (entry / "theme.yml").is_file())

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file."""
        return _read(PACKAGE / "themes", f"{theme}/{path}")


def read_resource(package: str, path: str) -> bytes | None:
    """Bytes of a file of an installed package; None if there is no such package or file."""
    from importlib import import_module

    try:
        folder = _folder(import_module(package))
    except (ImportError, TypeError, ValueError):
        return None
    return _read(folder, path)


def _folder(package: ModuleType) -> Traversable:
    """Where the files of a package are. Only for one that is no folder (a zip file) are its loaders asked: 5 ms."""
    match list(getattr(package, "__path__", ())):
        case [path] if Path(path).is_dir():
            return Path(path)
        case _:
            from importlib import resources

            return resources.files(package)


def _read(folder: Traversable, path: str) -> bytes | None:
    if any(part in ("", ".", "..") or "\\" in part for part in path.split("/")):
        return None
    entry = folder.joinpath(*path.split("/"))
    return entry.read_bytes() if entry.is_file() else None
