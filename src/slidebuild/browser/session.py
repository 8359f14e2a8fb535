"""A running browser: started at once in a thread of its own, so that compiling goes on meanwhile.

Playwright's objects belong to the thread that made them; one worker thread owns the browser and every call waits for
its turn there.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from slidebuild.browser.driver import driver_fault, keep_bytecode
from slidebuild.browser.endpoint import Endpoint, build_of
from slidebuild.browser.errors import BrowserError, PageNotReady
from slidebuild.browser.find import BrowserChoice
from slidebuild.browser.origin import Origin
from slidebuild.browser.page import Page, Running
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

T = TypeVar("T")

ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--disable-lcd-text",
    "--dns-prefetch-disable",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its name in older versions
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""No network but our proxy; text drawn the same everywhere."""

_CLOSING: Final = 20.0
"""Seconds that a page may take to be closed."""

_SANDBOX_COMPLAINTS: Final = ("sandbox", "namespace", "setuid", "zygote")

_UNCERTAIN: Final = ("LANG", "LANGUAGE", "LC_", "TZ")
"""Beginnings of environment variables that would change fonts chosen, sorting or times."""


@dataclass(frozen=True, slots=True)
class Started:
    """What came of starting the browser."""

    version: str
    """`156.0.8078.79`"""
    is_sandboxed: bool
    why_not: str | None
    """Why there is no sandbox."""
    build: str = ""
    """For a browser that runs elsewhere: what tells it, its fonts included, from others."""


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
        self._process: int | None = None
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
        return self._running is None or not self._running.browser.is_connected()

    def call(self, work: Callable[[], T], seconds: float | None = None) -> T:
        """Do something in the browser's thread; Playwright's errors come out as BrowserError.

        A browser that does not answer for so many seconds is killed, which raises PageNotReady: a page can keep it
        busy for ever with a script or with what takes long to lay out or draw, and Playwright waits for that.
        """
        self.started  # noqa: B018 (raises what kept the browser from starting)
        future = self._thread.submit(_translated, work)
        try:
            return future.result(seconds)
        except TimeoutError:
            if future.done():
                raise
            self._kill()
            raise PageNotReady(f"the browser was busy with the page for more than {seconds:g} s") from None

    @contextmanager
    def page(
        self,
        html: str,
        assets: Mapping[str, bytes],
        *,
        width: int,
        height: int,
        javascript: bool = False,
        media: Literal["screen", "print"] = "print",
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
        from playwright.sync_api import sync_playwright

        logging.getLogger("asyncio").addFilter(_is_news)
        keep_bytecode(os.environ)
        try:
            playwright = sync_playwright().start()
        except Exception as error:  # a driver that dies at once is reported as a bare Exception
            fault = driver_fault(os.environ)
            why = fault.what if fault else _first_line(error)
            raise BrowserError(f"Playwright's driver does not start: {why} (see slidebuild doctor)") from error
        self._closing.callback(playwright.stop)
        origin = self._closing.enter_context(Origin())
        if isinstance(self.choice, Endpoint):
            browser = self.choice.connect(playwright.chromium, ARGUMENTS)
            started = Started(browser.version, is_sandboxed=True, why_not=None, build=build_of(browser))
        else:
            browser, why_not = self._launch(playwright, self.choice, origin)
            self._process = _process_of(browser)
            started = Started(browser.version, why_not is None, why_not)
        self._closing.callback(browser.close)
        self._running = Running(browser, origin, is_elsewhere=isinstance(self.choice, Endpoint))
        if self._is_to_print:
            self._running.spare.append(self._running.blank((1280, 720)))
        return started

    def _launch(self, playwright: Playwright, choice: BrowserChoice, origin: Origin) -> tuple[Browser, str | None]:
        """The browser, and why it has no sandbox."""
        from playwright.sync_api import Error

        launch = _Launch(playwright.chromium.launch, choice, origin.proxy)
        why_not = _no_sandbox_for()
        if why_not is None:
            try:
                return launch(sandbox=True), None
            except Error as error:
                if not any(word in str(error).lower() for word in _SANDBOX_COMPLAINTS):
                    raise _failed(choice, error) from error
                why_not = "the system does not let the browser make its sandbox"
        try:
            return launch(sandbox=False), why_not
        except Error as error:
            raise _failed(choice, error) from error

    def _kill(self) -> None:
        if self._process is not None:
            with suppress(OSError):
                os.kill(self._process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    def _close(self) -> None:
        self._running = None
        with suppress(Exception):  # a browser that is gone already is closed
            self._closing.close()


@dataclass(frozen=True, slots=True)
class _Launch:
    launch: Callable[..., Browser]
    choice: BrowserChoice
    proxy: str

    def __call__(self, *, sandbox: bool) -> Browser:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNCERTAIN)}
        return self.launch(
            executable_path=self.choice.path,
            args=list(ARGUMENTS),
            chromium_sandbox=sandbox,
            proxy={"server": self.proxy, "bypass": "<-loopback>"},
            env=kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
        )


def _process_of(browser: Browser) -> int | None:
    """The number of the browser's main process; None when it does not tell (it can't be killed then)."""
    from playwright.sync_api import Error

    try:
        found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    except Error:
        return None
    return next((int(process["id"]) for process in found if process["type"] == "browser"), None)


def _is_news(record: logging.LogRecord) -> bool:
    """A driver that went away (Ctrl-C reaches it too) is known from the call that failed; asyncio need not say so."""
    return "Connection closed while reading from the driver" not in record.getMessage()


def _no_sandbox_for() -> str | None:
    """Chromium refuses to start as root with its sandbox, so that is not even tried."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return "running as root, for whom Chromium has no sandbox" if is_root else None


def _translated(work: Callable[[], T]) -> T:
    from playwright.sync_api import Error

    try:
        return work()
    except Error as error:
        raise BrowserError(f"the browser failed: {_first_line(error)}") from error


def _failed(choice: BrowserChoice, error: Exception) -> BrowserError:
    return BrowserError(f"the browser {choice.path} does not start: {_reason(str(error))}")


def _reason(text: str) -> str:
    """The line of a launch log that says most."""
    lines = [line.strip(" -") for line in text.splitlines()]
    telling = (line for line in lines if "error" in line.lower() and "[pid" in line)
    return next(telling, lines[0] if lines else "no reason given")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
