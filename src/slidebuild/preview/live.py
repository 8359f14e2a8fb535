"""Decks kept up to date: the last good page of each, what is wrong with it now, and who waits for news."""

from __future__ import annotations

import asyncio
import hashlib
import os
import posixpath
import time
import traceback
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from slidebuild.diagnostics import Diagnostic
from slidebuild.preview.workspace import Built, Workspace

KEEP_ALIVE: Final = 15.0
"""Seconds of silence after which a page is told that the server still lives."""
SETTLE: Final = 0.3
"""Longest wait, in seconds, for a deck that an editor has truncated or moved away while saving."""


@dataclass(frozen=True, slots=True)
class State:
    """A deck as it stands: the last page that could be made, and the findings of the last build."""

    version: str = ""
    """Digest of all that the page shows; empty while there is no page yet."""
    html: str | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Files from memory, by their path on this server without the leading slash."""
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    """Whether the last build gave no page: `html` is an older one then."""
    crash: str | None = None
    """Traceback of a build that ended in a bug."""
    dependencies: frozenset[Path] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    """Files that the page loads from the project: address on this server -> what tells one version from another."""
    seconds: float = 0.0
    """What the last build took."""


Listener = Callable[[str, State], None]
"""Hears of each build: path of the deck, its new state."""


class LiveDeck:
    """One deck; built when someone first asks for it and again when told that files have changed."""

    def __init__(self, path: str, workspace: Workspace, listener: Listener) -> None:
        self.path = path
        self.state = State()
        self.watchers = 0
        """Pages that show it."""
        self._workspace = workspace
        self._listener = listener
        self._stale = True
        self._closed = False
        self._building = asyncio.Lock()
        self._news = asyncio.Condition()

    def depends_on(self, path: Path) -> bool:
        """Whether a change of the file calls for a new build."""
        known = self.state.dependencies
        return path == self._file or path in known or not known.isdisjoint(path.parents)

    def invalidate(self) -> None:
        """Note that the page is out of date."""
        self._stale = True

    async def current(self) -> State:
        """The state, after a build if one is due. Requests that come while it runs share the next one."""
        async with self._building:
            if self._stale:
                await self._settle()
                self._stale = False
                self.state = await asyncio.to_thread(self._build, self.state)
                self._listener(self.path, self.state)
                async with self._news:
                    self._news.notify_all()
        return self.state

    async def states(self) -> AsyncIterator[State | None]:
        """Each new state, beginning with the present one; None when nothing happened for a while."""
        seen: State | None = None
        self.watchers += 1
        try:
            await self.current()
            while not self._closed:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        await self._other_than(seen)
                except TimeoutError:
                    yield None
                    continue
                if not self._closed:
                    seen = self.state
                    yield seen
        finally:
            self.watchers -= 1

    async def _other_than(self, seen: State | None) -> None:
        """Wait until there is another state, or no more to come."""
        async with self._news:
            while self.state is seen and not self._closed:
                await self._news.wait()

    async def close(self) -> None:
        """End all `states`."""
        self._closed = True
        async with self._news:
            self._news.notify_all()

    @property
    def _file(self) -> Path:
        return self._workspace.root / self.path

    async def _settle(self) -> None:
        """Wait for a file that is missing or empty: most editors save by truncating, or by moving another in place."""
        for _ in range(10):
            if self._file.exists() and self._file.stat().st_size:
                return
            await asyncio.sleep(SETTLE / 10)

    def _build(self, before: State) -> State:
        start = time.perf_counter()
        try:
            built = self._workspace.build(self.path)
        except Exception:  # noqa: BLE001 - a bug in a macro or a pass must not end the preview
            crash = traceback.format_exc()
            seconds = time.perf_counter() - start
            return replace(before, failed=True, crash=crash, diagnostics=(), seconds=seconds)
        found = State(
            diagnostics=tuple(built.diagnostics.sorted()),
            dependencies=frozenset(Path(os.path.realpath(path)) for path in built.dependencies),
            seconds=time.perf_counter() - start,
        )
        if built.html is None or built.diagnostics.has_errors:
            known = before.dependencies | found.dependencies
            return replace(
                before,
                failed=True,
                crash=None,
                diagnostics=found.diagnostics,
                dependencies=known,
                seconds=found.seconds,
            )
        folder = posixpath.dirname(self.path)
        assets = {posixpath.normpath(posixpath.join(folder, unquote(at))): data for at, data in built.assets.items()}
        files = dict(self._stamps(built.linked))
        return replace(found, html=built.html, assets=assets, files=files, version=_digest(built, files))

    def _stamps(self, linked: Collection[Path]) -> Iterator[tuple[str, str]]:
        for path in sorted(linked):
            address = "/" + quote(path.relative_to(self._workspace.root).as_posix())
            with suppress(OSError):  # one that is not there has no version
                yield address, f"{path.stat().st_mtime_ns:x}"


class LiveDecks:
    """All decks that someone has asked for."""

    def __init__(self, workspace: Workspace, listener: Listener) -> None:
        self.workspace = workspace
        self._listener = listener
        self._decks: dict[str, LiveDeck] = {}
        self._tasks: set[asyncio.Task[State]] = set()

    def find(self, path: str) -> LiveDeck | None:
        """The deck of that path; None when the project has none."""
        if path not in self._decks:
            if path != self.workspace.deck and path not in self.workspace.decks():
                return None
            self._decks[path] = LiveDeck(path, self.workspace, self._listener)
        return self._decks[path]

    def known(self, path: str) -> State | None:
        """State of a deck that was built before."""
        return self._decks[path].state if path in self._decks else None

    def asset(self, path: str) -> bytes | None:
        """A file that was made by a build, by its path on this server."""
        return next((d.state.assets[path] for d in self._decks.values() if path in d.state.assets), None)

    def files_changed(self, paths: Collection[Path]) -> None:
        """Rebuild the decks concerned that someone looks at; the others when they are asked for."""
        for deck in self._decks.values():
            if any(deck.depends_on(path) for path in paths):
                deck.invalidate()
                if deck.watchers or deck.path == self.workspace.deck:
                    self.start(deck)

    def start(self, deck: LiveDeck) -> None:
        """Build in the background."""
        task = asyncio.create_task(deck.current())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let go of every page that listens, so that the server can stop."""
        for deck in self._decks.values():
            await deck.close()


def _digest(built: Built, files: Mapping[str, str]) -> str:
    """What tells two pages apart: their bytes, and the age of files that they load from the disk."""
    digest = hashlib.sha256((built.html or "").encode())
    for address, data in sorted(built.assets.items()):
        digest.update(f"\0{address}\0".encode() + data)
    for address, stamp in files.items():
        digest.update(f"\0{address}\0{stamp}".encode())
    return digest.hexdigest()[:16]
