"""Sees that files changed.

The whole project is watched by `watchfiles`, which looks every so often at what the system has told it. On Linux the
folders that matter to the decks on show are watched besides by inotify itself: it wakes the server the moment a file
was written to its end (or moved into place), and costs nothing until then.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from slidebuild.patterns import regex
from slidebuild.project.file_state import FileState, file_state
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from inotify_simple import INotify

QUIET: Final = 50 if sys.platform == "linux" else 10
"""Milliseconds without a further change after which changes are told: a save by an editor is several of them."""
LONGEST: Final = 200
"""Milliseconds after which they are told in any case."""
GONE: Final = 0.03
"""Seconds after which a file that vanished is told of: editors move another one into its place."""
_FOLDERS: Final = frozenset(("node_modules", "__pycache__", "site-packages"))
_LITTER: Final = regex(r"~$|^#.*#$|^\.|\.sw[a-z]$|\.py[co]$|\.tmp$|^4913$")
"""Files editors put beside the one they save (4913 is Vim's probe of whether it may write)."""

Changed = Callable[[Collection[Path]], None]


def concerns_decks(path: Path, root: Path) -> bool:
    """Whether a path may matter to a deck: not output, not hidden, not an editor's litter."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
    if not parts or parts[0] == "dist" or _LITTER.search(parts[-1]):
        return False
    return not any(part in _FOLDERS or part.startswith(".") for part in parts[:-1])


@dataclass(slots=True)
class Watch:
    """Watches a project for as long as `run` runs; `changed` is called with the files that did."""

    root: Path
    changed: Changed
    _near: NearWatch | None = field(default=None, init=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Looks again and again where the system has no notifications left to give."""
        self._near = NearWatch.open(self.root, self.changed)
        try:
            for polling in (None, True):
                try:
                    await self._run(stop, force_polling=polling)
                except OSError:
                    if polling:
                        raise
                else:
                    return
        finally:
            if self._near is not None:
                self._near.close()

    def look_closely(self, folders: Iterable[Path]) -> None:
        """What changes in these folders is to be told at once."""
        if self._near is not None:
            self._near.look_at(folders)

    async def _run(self, stop: asyncio.Event, *, force_polling: bool | None) -> None:
        from watchfiles import awatch

        async for changes in awatch(
            self.root,
            watch_filter=lambda _, path: concerns_decks(Path(path), self.root),
            debounce=LONGEST,
            step=QUIET,
            stop_event=stop,
            force_polling=force_polling,
            recursive=True,
        ):
            news = {path for _, name in changes if not self._is_told(path := Path(name))}
            if news:
                self.changed(news)

    def _is_told(self, path: Path) -> bool:
        return self._near is not None and self._near.has_told(path)


@dataclass(slots=True)
class NearWatch:
    """inotify on single folders."""

    root: Path
    changed: Changed
    _inotify: INotify
    _folders: dict[int, Path] = field(default_factory=dict)
    _told: dict[Path, FileState | None] = field(default_factory=dict)

    @staticmethod
    def open(root: Path, changed: Changed) -> NearWatch | None:
        """None where the system has no inotify, or none left to give."""
        if sys.platform != "linux":
            return None
        import inotify_simple

        try:
            inotify = inotify_simple.INotify(nonblocking=True)
        except OSError:
            return None
        watch = NearWatch(root, changed, inotify)
        asyncio.get_running_loop().add_reader(inotify.fileno(), watch._read)
        return watch

    def close(self) -> None:
        """End it."""
        asyncio.get_running_loop().remove_reader(self._inotify.fileno())
        self._inotify.close()

    def look_at(self, folders: Iterable[Path]) -> None:
        """Watch these folders as well; those that are watched already stay so."""
        from inotify_simple import flags

        wanted = flags.CLOSE_WRITE | flags.MOVED_TO | flags.MOVED_FROM | flags.DELETE | flags.ONLYDIR
        for folder in set(folders).difference(self._folders.values()):
            with suppress(OSError):  # not there, or no watches left: the other watch sees it
                self._folders[self._inotify.add_watch(str(folder), wanted)] = folder

    def has_told(self, path: Path) -> bool:
        """Whether the file was told of as it is now."""
        return path in self._told and self._told[path] == file_state(path)

    def _read(self) -> None:
        from inotify_simple import flags

        written: set[Path] = set()
        gone: set[Path] = set()
        for watch, mask, _, name in self._inotify.read(timeout=0):
            if mask & flags.IGNORED:
                self._folders.pop(watch, None)
            folder = self._folders.get(watch)
            path = folder / name if folder is not None and name else None
            if path is not None and concerns_decks(path, self.root):
                (written if mask & (flags.CLOSE_WRITE | flags.MOVED_TO) else gone).add(path)
        if written:
            self._tell(written)
        if gone - written:
            asyncio.get_running_loop().call_later(GONE, self._tell_gone, gone - written)

    def _tell(self, paths: Collection[Path]) -> None:
        for path in paths:
            self._told[path] = file_state(path)
        self.changed(paths)

    def _tell_gone(self, paths: Collection[Path]) -> None:
        missing = {path for path in paths if not path.exists()}
        if missing:
            self._tell(missing)
