"""Chunks of slides on their way through browsers: loaded, measured, printed; several browsers share the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from queue import SimpleQueue
from typing import Final, TypeAlias

from slidebuild.browser.crew import lost
from slidebuild.browser.endpoint import Endpoint
from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.pdf.chunks import Chunk
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.loading import Loading
from slidebuild.pdf.page_cache import Named
from slidebuild.pdf.printed import Printed
from slidebuild.pdf.slices import Slices
from slidebuild.pdf.survey import prepare
from slidebuild.records import dataclass

Replace: TypeAlias = Callable[[Chunk], Mapping[str, bytes]]
"""What the page of a chunk gets in place of files, by address."""
Sift: TypeAlias = Callable[[Chunk, Page], Collection[int]]
"""The slides of a chunk that are to be printed, now that its page is loaded; called in any thread."""

_LEAVE_OUT: Final = """indexes => {
  const boxes = document.querySelectorAll(".remark-slide-container");
  for (const index of indexes) boxes[index].hidden = true;
}"""
_WORTH: Final = 2
"""Chunks that another browser must have to do to be worth its start."""


@dataclass(frozen=True, slots=True)
class Files:
    """What pages show."""

    names: Named
    assets: Mapping[str, bytes]
    replace: Replace

    def of(self, html: str, chunk: Chunk) -> Mapping[str, bytes]:
        """The files of a chunk's page, by address; those that it does not name are not even read."""
        replaced = self.replace(chunk)
        return {name: (replaced if name in replaced else self.assets)[name] for name in self.names.within(html)}


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A chunk that was printed."""

    printed: Printed | None
    """None if none of its slides was to be printed."""
    session: Session
    loading: Loading


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException
    session: Session
    chunk: Chunk | None


@dataclass(slots=True)
class Press:
    """Prints chunks of one deck."""

    session: Session
    """The browser, with its companions."""
    cut: Slices
    addresses: Mapping[str, int]
    sheet: Sheet
    timeout: float
    files: Files
    sift: Sift
    meanwhile: Iterable[object] = ()
    """What is done, step by step, until the browsers have something printed."""
    _todo: deque[Chunk] = field(default_factory=deque)
    _results: SimpleQueue[Sheaf | _Failed | None] = field(default_factory=SimpleQueue)

    def run(self, chunks: Sequence[Chunk]) -> Iterator[Sheaf]:
        """Each chunk printed, as they come. What a browser that went away had in hand is printed by another.

        Raises BrowserError when none is left, or when a page never becomes ready.
        """
        self._todo.extend(chunks)
        alive, spare = self._sessions(len(chunks)), self.session.spare
        with ThreadPoolExecutor(len(alive) + 1, "slidebuild-press") as pool:
            working = 0
            try:
                for session in alive:
                    pool.submit(self._work, session)
                    working += 1
                for _ in self.meanwhile:
                    if not self._results.empty():
                        break
                while working:
                    found = self._results.get()
                    if isinstance(found, Sheaf):
                        yield found
                        continue
                    working -= 1
                    if isinstance(found, _Failed):
                        alive.remove(found.session)
                        if not alive and spare is not None:
                            alive, spare = [spare], None
                        if not found.session.is_lost or not alive or found.chunk is None:
                            raise found.error
                        lost(self.session, found.session, found.error)
                        self._todo.append(found.chunk)
                        pool.submit(self._work, alive[0])
                        working += 1
            except KeyboardInterrupt:
                for session in alive:
                    session.kill()
                raise
            finally:
                self._todo.clear()

    def _sessions(self, chunks: int) -> list[Session]:
        """Browsers to share the work; starting one on this machine pays for several chunks."""
        able = [one for one in (self.session, *self.session.companions) if not one.is_lost]
        if not able:
            return [self.session if self.session.spare is None else self.session.spare]
        is_elsewhere = isinstance(self.session.choice, Endpoint)
        return able[: max(1, chunks if is_elsewhere else chunks // _WORTH)]

    def _work(self, session: Session) -> None:
        """Print chunks until there are none left."""
        chunk: Chunk | None = None
        width, height = self.sheet.size
        try:
            chunk = self._next()
            if chunk is not None:
                html, assets = self._page(chunk)
                with session.page(html, assets, width=width, height=height, timeout=self.timeout) as page:
                    self._results.put(self._print(page, chunk, session))
                    while (chunk := self._next()) is not None:
                        page.show(*self._page(chunk))
                        self._results.put(self._print(page, chunk, session))
        except BaseException as error:  # noqa: BLE001 (raised again where the results are read)
            self._results.put(_Failed(error, session, chunk))
        else:
            self._results.put(None)

    def _next(self) -> Chunk | None:
        try:
            return self._todo.popleft()
        except IndexError:
            return None

    def _page(self, chunk: Chunk) -> tuple[str, Mapping[str, bytes]]:
        html = self.cut.together(chunk.slides, self.addresses)
        return html, self.files.of(html, chunk)

    def _print(self, page: Page, chunk: Chunk, session: Session) -> Sheaf:
        loading = Loading.wait(page)
        wanted = self.sift(chunk, page)
        slides = tuple(index for index in chunk.slides if index in wanted)
        if not slides:
            return Sheaf(None, session, loading)
        if slides != chunk.slides:
            page.evaluate(_LEAVE_OUT, sorted(set(chunk.slides) - set(slides)))
        survey = prepare(page, self.sheet, self.addresses)
        data = page.print_pdf(*self.sheet.size)
        return Sheaf(Printed(data, slides, survey, page.site.relative), session, loading)
