"""Reading a project's files, and nothing outside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class FileLoader:
    """Reads files below a root by POSIX path; remembers what was asked for."""

    root: Path
    """Symlinks resolved."""
    asked: set[Path] = field(default_factory=set)
    """Every file looked for, whether it was there or not: what a build depends on."""
    _cache: dict[str, bytes | None] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        """Bytes of a file; None if there is none, or if it lies outside the root once symlinks are resolved."""
        if path not in self._cache:
            self._cache[path] = self._read(path)
        return self._cache[path]

    def _read(self, path: str) -> bytes | None:
        try:
            file = (self.root / path).resolve()
            if not file.is_relative_to(self.root):
                return None
            self.asked.add(file)
            return file.read_bytes() if file.is_file() else None
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class FolderThemes:
    """The themes in the project's folder `themes/`."""

    loader: FileLoader

    def names(self) -> Iterable[str]:
        """Folders with a `theme.yml`."""
        return sorted(file.parent.name for file in (self.loader.root / "themes").glob("*/theme.yml"))

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file of a theme; None if there is none."""
        if "/" in theme or theme.startswith("."):
            return None
        return self.loader.read(f"themes/{theme}/{path}")
