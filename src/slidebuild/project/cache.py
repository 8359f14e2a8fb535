"""The cache on disk: content-addressed files that any number of processes read and write at once.

An entry is a file named by the digest of its key and of the program that made it, and begins with the digest of its
bytes: one that was cut short or changed is taken for missing and removed. Files appear whole (written beside, then
renamed). When all of them together outgrow the limit, those that were used longest ago go. A folder that cannot be
written is no fault: nothing is kept then.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Final

from slidebuild.installed import user_caches
from slidebuild.project.fingerprint import fingerprint
from slidebuild.records import dataclass

FOLDER: Final = ".slidebuild"
"""Folder for what slidebuild keeps in a project."""
LIMIT: Final = 256_000_000
"""Bytes that a cache may take."""
_USERS_LIMIT: Final = 64_000_000
"""Bytes that may be kept for all projects of a user."""
_KEPT_SHARE: Final = 0.8
"""How much of the limit is left when it was exceeded."""
_DIGEST: Final = hashlib.sha256().digest_size
_USED_AGAIN: Final = 3600.0
"""Seconds after which a use is noted anew, so that reading seldom writes."""
_STALE: Final = 3600.0
"""Seconds after which a temporary file is one that a killed process has left."""
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of slidebuild: safe to delete.\n"
"""Marks a folder that backups leave out (https://bford.info/cachedir/)."""


@cache
def user_cache() -> FolderCache:
    """For what is made out of nothing but what is installed: in the user's folder, as Python keeps bytecode."""
    return FolderCache(user_caches(os.environ) / "slidebuild" / "made", limit=_USERS_LIMIT)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a cache holds."""

    entries: int
    size: int
    """Bytes."""


@dataclass(slots=True, eq=False)
class FolderCache:
    """A cache in a folder, which is made when something is first put into it."""

    folder: Path
    limit: int = LIMIT
    """Bytes."""
    maker: str = field(default_factory=fingerprint)
    """What the entries of other programs and versions are told apart by."""
    _is_ready: bool = False
    _is_off: bool = False

    def get(self, key: str) -> bytes | None:
        """What was put under the key; None if there is nothing, or nothing whole."""
        file = self._file(key)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            if content[:_DIGEST] != hashlib.sha256(memoryview(content)[_DIGEST:]).digest():
                content = b""
                file.unlink()
            elif time.time() - file.stat().st_mtime > _USED_AGAIN:
                os.utime(file)
        return content[_DIGEST:] if content else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the folder can be written."""
        if self._is_off or len(data) > self.limit // 4:
            return
        try:
            self._prepare()
            file = self._file(key)
            file.parent.mkdir(exist_ok=True)
            temporary = file.with_name(f"{file.name}.{os.getpid()}-{time.monotonic_ns()}.tmp")
            try:
                with temporary.open("wb") as opened:
                    opened.write(hashlib.sha256(data).digest())
                    opened.write(data)
                temporary.replace(file)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
            self._count(len(data) + _DIGEST)
        except OSError:
            self._is_off = True

    def clear(self) -> Usage:
        """Remove all entries; what there was. Raises OSError where they cannot be removed."""
        removed, size = 0, 0
        with self._lock():
            for path, _, length in self._entries():
                Path(path).unlink(missing_ok=True)
                removed, size = removed + 1, size + length
            self._total_file.unlink(missing_ok=True)
        return Usage(removed, size)

    def usage(self) -> Usage:
        """How many entries there are, and their bytes."""
        sizes = [length for _, _, length in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def _file(self, key: str) -> Path:
        name = hashlib.sha256(f"{self.maker}\n{key}".encode()).hexdigest()
        return self.folder / name[:2] / name[2:]

    @property
    def _total_file(self) -> Path:
        return self.folder / "total"

    def _prepare(self) -> None:
        """Make the folder with what tells version control and backups to leave it out."""
        if self._is_ready:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        above = self.folder.parent if self.folder.parent.name == FOLDER else self.folder
        for file, text in ((above / ".gitignore", "*\n"), (self.folder / "CACHEDIR.TAG", _TAG)):
            if not file.exists():
                file.write_text(text, encoding="ascii")
        self._is_ready = True

    def _count(self, added: int) -> None:
        """Add to the sum of sizes, which is kept in a file, and make room when it exceeds the limit."""
        with self._lock():
            try:
                total = int(self._total_file.read_text(encoding="ascii")) + added
            except (FileNotFoundError, ValueError):
                total = self.usage().size
            if total > self.limit:
                total = self._evict()
            self._total_file.write_text(str(total), encoding="ascii")

    def _evict(self) -> int:
        """Remove what was used longest ago, and leftovers; the bytes that are left."""
        entries = sorted(self._entries(), key=lambda entry: entry[1])
        total = sum(length for _, _, length in entries)
        now = time.time()
        for path, used, length in entries:
            is_leftover = path.endswith(".tmp") and now - used > _STALE
            if is_leftover or total > self.limit * _KEPT_SHARE:
                Path(path).unlink(missing_ok=True)
                total -= length
        return total

    def _entries(self) -> Iterator[tuple[str, float, int]]:
        """Path, time of the last use and size of each entry."""
        for folder in self._folders():
            with suppress(FileNotFoundError), os.scandir(folder) as files:
                for file in files:
                    with suppress(FileNotFoundError):
                        status = file.stat()
                        yield file.path, status.st_mtime, status.st_size

    def _folders(self) -> list[str]:
        """The folders of entries: two hexadecimal digits. Nothing else in the folder is ever touched."""
        try:
            with os.scandir(self.folder) as found:
                return [entry.path for entry in found if len(entry.name) == 2 and entry.is_dir(follow_symlinks=False)]
        except FileNotFoundError:
            return []

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Keep other processes from counting or clearing meanwhile; readers need no lock."""
        try:
            import fcntl
        except ImportError:  # no Unix: the sum may be wrong for a while
            yield
            return
        if not self.folder.is_dir():
            yield
            return
        with (self.folder / "lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
