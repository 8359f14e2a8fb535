"""A running browser: started at once in a thread of its own, so that compiling goes on meanwhile.

What drives it belongs to the thread that made it; one worker thread owns the browser and every call waits for its turn
there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Final, TypeVar

from slidebuild.browser.endpoint import Endpoint
from slidebuild.browser.errors import BrowserError, DrivingError, PageNotReady
from slidebuild.browser.find import BrowserChoice
from slidebuild.browser.origin import Origin
from slidebuild.browser.page import Page, Running
from slidebuild.browser.start import Started, start
from slidebuild.browser.tab import Media

T = TypeVar("T")

_TURN: Final = 0.0005
"""Seconds (Python's own: 0.005) after which a thread that computes lets another go on: what drives a browser waits most
of the time, and the browser for it."""
_CLOSING: Final = 20.0
"""Seconds that a page may take to be closed."""


class Session:
    """A browser for the length of a `with` block. Entering returns at once; the first call waits for the browser.

    A lazy one starts when it is told to (`start`), else with the first call. One `to_print` has its first page open by
    then. Raises BrowserError (from the first call) when the browser does not start.
    """

    def __init__(self, choice: BrowserChoice | Endpoint, *, lazy: bool = False, to_print: bool = False) -> None:
        self.choice = choice
        self._is_lazy = lazy
        self._is_to_print = to_print
        self._is_open = False
        self._thread = ThreadPoolExecutor(1, "slidebuild-browser")
        self._closing = ExitStack()
        self._running: Running | None = None
        self._ended: Future[None] | None = None
        self._started: Future[Started] | None = None
        self.companions: tuple[Session, ...] = ()
        """Other browsers that share this one's work."""
        self.spare: Session | None = None
        """The browser that goes on when all those are gone."""
        self.news: list[str] = []
        """What happened to browsers that users may want to know."""

    def __enter__(self) -> Session:
        self._is_open = True
        if not self._is_lazy:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        if self._ended is not None:
            self._ended.result()
        self._thread.shutdown()

    def start(self) -> None:
        """Begin to start the browser, unless that was done; returns at once."""
        if self._started is None and self._is_open:
            sys.setswitchinterval(_TURN)
            self._started = self._thread.submit(self._start)

    def end(self) -> None:
        """Begin to close the browser, which takes a while; returns at once. No page can be opened any more."""
        self._is_open = False
        if self._started is not None and self._ended is None:
            self._ended = self._thread.submit(self._close)

    @property
    def has_started(self) -> bool:
        """Whether the browser was started, or is just starting."""
        return self._started is not None

    @property
    def started(self) -> Started:
        """Version and sandbox; waits until the browser runs."""
        self.start()
        if self._started is None:
            raise BrowserError("the browser session was not entered")
        return self._started.result()

    @property
    def is_lost(self) -> bool:
        """Whether the browser did not start, or went away."""
        if self._started is None or not self._started.done():
            return False
        return self._running is None or not self._running.browser.is_there

    def call(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """Do something in the browser's thread; its errors come out as BrowserError.

        A browser that does not answer for so many seconds is killed, which raises PageNotReady: a page can keep it
        busy for ever with a script or with what takes long to lay out or draw, and nothing else ends that.
        """
        self.started  # noqa: B018 (raises what kept the browser from starting)
        future = self._thread.submit(_translated, work)
        try:
            return future.result(seconds)
        except KeyboardInterrupt:
            self.kill()  # else leaving would wait for it; Ctrl-C reaches us only
            raise
        except TimeoutError:
            if future.done():
                raise
            self.kill()
            raise PageNotReady(f"the browser was busy with the page for more than {seconds:g} s") from None

    def kill(self) -> None:
        """End the browser at once: whatever waits for it fails."""
        if self._running is not None:
            self._running.browser.kill()

    @contextmanager
    def page(
        self,
        html: str,
        assets: Mapping[str, bytes],
        *,
        width: int,
        height: int,
        javascript: bool = False,
        media: Media = "print",
        is_still: bool = True,
        scale: float = 1.0,
        timeout: float = 60.0,
    ) -> Iterator[Page]:
        """A page loaded from memory, closed afterwards.

        `assets` go by their addresses relative to the page; every other request is refused and noted. `width` and
        `height` are the viewport in CSS px. `is_still=False` stops the clock of all animations at their beginning
        instead of asking the page for less motion. `scale`: pixels of a screenshot for each CSS px. `timeout` in
        seconds, for loading and for `Page.wait`; raises PageNotReady after it.
        """
        page = self.call(
            lambda: Page.open(
                self._in_use(),
                html,
                assets,
                (width, height),
                javascript=javascript,
                media=media,
                is_still=is_still,
                scale=scale,
                timeout=timeout,
                call=self.call,
            )
        )
        try:
            yield page
        finally:
            with suppress(BrowserError):
                self.call(page.close, _CLOSING)

    def _in_use(self) -> Running:
        if self._running is None:
            raise BrowserError("the browser session has ended")
        return self._running

    def _start(self) -> Started:
        origin = self._closing.enter_context(Origin())
        browser, started = start(self.choice, origin, self._closing)
        self._running = Running(browser, origin)
        if self._is_to_print:
            self._running.spare.append(self._running.blank((1280, 720)))
        return started

    def _close(self) -> None:
        self._running = None
        with suppress(Exception):  # a browser that is gone already is closed
            self._closing.close()


def _translated(work: Callable[[], T]) -> T:
    try:
        return work()
    except DrivingError as error:
        raise BrowserError(f"the browser failed: {error}") from error
