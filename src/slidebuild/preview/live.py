"""Decks kept up to date: the last good page of each, what is wrong with it now, and who waits for news."""

from __future__ import annotations

import asyncio
import gc
import posixpath
import time
import traceback
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from slidebuild.diagnostics import Diagnostic
from slidebuild.preview.workspace import Built, Details, LivePage, Workspace
from slidebuild.records import dataclass

KEEP_ALIVE: Final = 15.0
"""Seconds of silence after which a page is told that the server still lives."""
PAUSE: Final = 1.0
"""Seconds without a build after which cycles among what builds left behind are looked for."""
SETTLE: Final = 0.3
"""Longest wait, in seconds, for a deck that an editor has truncated or moved away while saving."""
REMEMBERED: Final = 8
"""So many pages of a deck are remembered, for windows that come back: they share the slides that are the same."""


@dataclass(frozen=True, slots=True)
class State:
    """A deck as it stands: the last page that could be made, and the findings of the last build."""

    page: LivePage | None = None
    assets: Mapping[str, bytes | Path] = field(default_factory=dict)
    """Files that come with the page, by their path on this server without the leading slash."""
    diagnostics: tuple[Diagnostic, ...] = ()
    slides_of: Mapping[Diagnostic, int] = field(default_factory=dict)
    failed: bool = False
    """Whether the last build gave no page: `page` is an older one then."""
    crash: str | None = None
    """Traceback of a build that ended in a bug."""
    dependencies: frozenset[Path] = frozenset()
    seconds: float = 0.0
    """What the last build took."""
    title: str = ""
    noted: int = 0
    replaced: tuple[int, ...] = ()
    details: Details | None = None

    @property
    def version(self) -> str:
        """Digest of all that the page shows; empty while there is no page yet."""
        return self.page.version if self.page else ""


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
        self._pages: dict[str, LivePage] = {}

    def depends_on(self, path: Path) -> bool:
        """Whether a change of the file calls for a new build."""
        known = self.state.dependencies
        return path == self._file or path in known or not known.isdisjoint(path.parents)

    def invalidate(self) -> None:
        """Note that the page is out of date."""
        self._stale = True

    def page(self, version: str) -> LivePage | None:
        """An earlier page of this deck; None for one that is forgotten."""
        return self._pages.get(version)

    async def current(self) -> State:
        """The state, after a build if one is due. Requests that come while it runs share the next one."""
        async with self._building:
            if self._stale:
                await self._settle()
                self._stale = False
                self.state = await asyncio.to_thread(self._build, self.state)
                self._remember()
                self._listener(self.path, self.state)
                async with self._news:
                    self._news.notify_all()
        return self.state

    def _remember(self) -> None:
        if self.state.page is None:
            return
        self._pages.pop(self.state.version, None)
        self._pages[self.state.version] = self.state.page
        if len(self._pages) > REMEMBERED:
            del self._pages[next(iter(self._pages))]

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
            try:
                if self._file.stat().st_size:
                    return
            except OSError:
                pass
            await asyncio.sleep(SETTLE / 10)

    def _build(self, before: State) -> State:
        start = time.perf_counter()
        try:
            built = self._workspace.build(self.path)
        except Exception:  # noqa: BLE001 - a bug in a macro or a pass must not end the preview
            crash = traceback.format_exc()
            seconds = time.perf_counter() - start
            return replace(before, failed=True, crash=crash, diagnostics=(), slides_of={}, seconds=seconds)
        found = replace(
            before,
            failed=built.page is None,
            crash=None,
            diagnostics=tuple(built.diagnostics.sorted()),
            slides_of=built.slides_of,
            dependencies=built.dependencies,
        )
        if found.failed:
            found = replace(found, dependencies=found.dependencies | before.dependencies)
        else:
            found = self._with_page(found, built, before)
        return replace(found, seconds=time.perf_counter() - start)

    def _with_page(self, state: State, built: Built, before: State) -> State:
        folder = posixpath.dirname(self.path)
        page = built.page
        if page is not None and page.version == before.version:
            page = before.page
        return replace(
            state,
            page=page,
            assets={posixpath.normpath(posixpath.join(folder, unquote(at))): data for at, data in built.assets.items()},
            title=built.title,
            noted=built.noted,
            replaced=built.replaced,
            details=built.details,
        )


class LiveDecks:
    """All decks that someone has asked for."""

    def __init__(self, workspace: Workspace, listener: Listener) -> None:
        self.workspace = workspace
        self._listener = listener
        self._decks: dict[str, LiveDeck] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False
        self._news = asyncio.Condition()
        self._turn = 0
        self._tidying: asyncio.TimerHandle | None = None
        self.watchers = 0
        """Desks that show them."""

    def find(self, path: str) -> LiveDeck | None:
        """The deck of that path; None when the project has none."""
        if path not in self._decks:
            if path != self.workspace.deck and path not in self.workspace.decks():
                return None
            self._decks[path] = LiveDeck(path, self.workspace, self._built)
        return self._decks[path]

    def known(self, path: str) -> State | None:
        """State of a deck that was built before."""
        return self._decks[path].state if path in self._decks else None

    def asset(self, path: str) -> bytes | Path | None:
        """A file that came with a page, by its path on this server."""
        return next((d.state.assets[path] for d in self._decks.values() if path in d.state.assets), None)

    def files_changed(self, paths: Collection[Path]) -> None:
        """Rebuild the decks concerned that someone looks at; the others when they are asked for."""
        for deck in self._decks.values():
            if any(deck.depends_on(path) for path in paths):
                deck.invalidate()
                if deck.watchers or self.watchers or deck.path == self.workspace.deck:
                    self.start(deck)
        if any(path.suffix == ".md" for path in paths):
            self._tell()

    def folders(self) -> frozenset[Path]:
        """Where the files of the decks on show lie."""
        shown = [deck for deck in self._decks.values() if deck.watchers or deck.path == self.workspace.deck]
        return frozenset(path.parent for deck in shown for path in deck.state.dependencies)

    async def turns(self) -> AsyncIterator[bool]:
        """True at first and whenever a deck was built, came or went; False when nothing happened for a while."""
        seen = -1
        self.watchers += 1
        try:
            while not self._closed:
                try:
                    async with asyncio.timeout(KEEP_ALIVE), self._news:
                        while self._turn == seen and not self._closed:
                            await self._news.wait()
                except TimeoutError:
                    yield False
                    continue
                seen = self._turn
                if not self._closed:
                    yield True
        finally:
            self.watchers -= 1

    def start(self, deck: LiveDeck) -> None:
        """Build in the background."""
        self._spawn(deck.current())

    async def close(self) -> None:
        """Let go of every page that listens, so that the server can stop."""
        self._closed = True
        if self._tidying is not None:
            self._tidying.cancel()
        for deck in self._decks.values():
            await deck.close()
        async with self._news:
            self._news.notify_all()

    def _built(self, path: str, state: State) -> None:
        self._listener(path, state)
        self._tell()
        if self._tidying is not None:
            self._tidying.cancel()
        self._tidying = asyncio.get_running_loop().call_later(PAUSE, gc.collect)  # nobody waits for it then

    def _tell(self) -> None:
        self._turn += 1
        if self.watchers:
            self._spawn(self._notify())

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
