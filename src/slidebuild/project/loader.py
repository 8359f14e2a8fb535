"""Reading a project's files, and nothing outside it.

What Git keeps (`.git`) is no part of a project: its configuration may hold the password of a CI job.
"""

from __future__ import annotations

import hashlib
import posixpath
import time
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Final

from slidebuild.project.file_state import FileState, file_state
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.project.revision import RevisionFolder

_DIGESTS: Final[dict[FileState, str]] = {}
"""SHA-256 of files that were read, as long as the process lives."""


@dataclass(slots=True)
class FileLoader:
    """Reads files below a root by POSIX path; remembers what was asked for."""

    root: Path
    """Symlinks resolved."""
    is_guarded: bool = False
    """Whether files and folders whose names begin with a dot are out of reach: such as `.env` and `.npmrc`."""
    asked: set[Path] = field(default_factory=set)
    """Every file looked for, whether it was there or not: what a build depends on."""
    _cache: dict[str, bytes | None] = field(default_factory=dict)
    _unread: dict[str, str] = field(default_factory=dict)
    """SHA-256 of files that are known to be what they were."""
    _opened: int = field(default_factory=time.time_ns)

    @property
    def files(self) -> Mapping[str, bytes | None]:
        """All that was read so far, with what was found."""
        return self._cache

    @property
    def paths(self) -> Mapping[str, bool]:
        """All that was asked for so far, read or not, and whether it was there."""
        return dict.fromkeys(self._unread, True) | {path: data is not None for path, data in self._cache.items()}

    def read(self, path: str) -> bytes | None:
        """Bytes of a file; None if there is none, or if it is out of reach once symlinks are resolved."""
        if path not in self._cache:
            self._cache[path] = self._read(path)
        return self._cache[path]

    def version(self, path: str) -> str | None:
        """SHA-256 of a file; None if there is none. A file that stays as it is counts as read, but is hashed once."""
        if path in self._unread:
            return self._unread[path]
        data = self.read(path)
        if data is None:
            return None
        settled = self._settled(path)
        if settled is None:
            return hashlib.sha256(data).hexdigest()
        if settled not in _DIGESTS:
            _DIGESTS[settled] = hashlib.sha256(data).hexdigest()
        return _DIGESTS[settled]

    def state(self, path: str) -> list[int] | None:
        """What the file system says of a file, if that tells every later change."""
        found = self._settled(path)
        return None if found is None else list(found)

    def is_still(self, path: str, state: list[int], digest: str) -> bool:
        """Whether a file within reach is in a state in which its SHA-256 was this; it counts as read then."""
        found = self._settled(path)
        if found is None or list(found) != state or self._place(path) is None:
            return False
        self._unread[path] = digest
        return True

    def _settled(self, path: str) -> FileState | None:
        """The state of a file; None if it may have changed since this loader was made."""
        found = file_state(self.root / path)
        return found if found is not None and found.is_settled(self._opened) else None

    def similar(self, path: str) -> str | None:
        """The path of the only file that differs from this one in case alone, folder by folder; None if none does.

        Nothing outside the root is told.
        """
        folder = self.root
        names: list[str] = []
        for part in PurePosixPath(path).parts:
            try:
                here = [entry.name for entry in folder.iterdir()] if part != ".." else []
            except OSError:
                return None
            found = [part] if part in here else [name for name in here if name.casefold() == part.casefold()]
            if len(found) != 1:
                return None
            names.append(found[0])
            folder /= found[0]
            if not self._is_within_reach(folder.resolve()):
                return None
        real = "/".join(names)
        return real if real != path and folder.is_file() else None

    def _read(self, path: str) -> bytes | None:
        try:
            file = self._place(path)
            return file.read_bytes() if file is not None and file.is_file() else None
        except (OSError, ValueError):
            return None

    def _place(self, path: str) -> Path | None:
        """Where a file is that is asked for, symlinks resolved; None if it is out of reach."""
        try:
            file = (self.root / path).resolve()
        except (OSError, RuntimeError, ValueError):  # RuntimeError: symlinks that lead to one another
            return None
        if not self._is_within_reach(file):
            return None
        self.asked.add(file)
        return file

    def _is_within_reach(self, file: Path) -> bool:
        return file.is_relative_to(self.root) and not is_hidden(file.relative_to(self.root), all_dots=self.is_guarded)


def is_hidden(path: PurePath, *, all_dots: bool = False) -> bool:
    """Whether a path below the root leads into `.git` (any case, as some file systems have it), or below any dot."""
    return any(part.casefold() == ".git" or (all_dots and part.startswith(".")) for part in path.parts)


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


@dataclass(frozen=True, slots=True)
class RevisionThemes:
    """The themes in the folder `themes/` of a revision."""

    base: RevisionFolder

    def names(self) -> Iterable[str]:
        """Folders with a `theme.yml`."""
        return self.base.names("themes", "theme.yml")

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file of a theme; None if there is none."""
        normal = posixpath.normpath(path)
        if "/" in theme or theme.startswith(".") or normal.startswith(("../", "/")) or normal == "..":
            return None
        return self.base.read(f"themes/{theme}/{normal}")
