"""Starting a browser: with a pipe where that can be, else by Playwright; with its sandbox where the system lets it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from slidebuild.browser import program
from slidebuild.browser.endpoint import Endpoint, build_of
from slidebuild.browser.errors import BrowserError, DrivingError
from slidebuild.browser.find import BrowserChoice
from slidebuild.browser.origin import Origin
from slidebuild.browser.tab import Browser
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType

_SANDBOX_COMPLAINTS: Final = ("sandbox", "namespace", "setuid", "zygote")


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


def needs_driver(choice: BrowserChoice | Endpoint) -> bool:
    """Whether Playwright's driver has to run for it."""
    return isinstance(choice, Endpoint) or not program.IS_POSSIBLE


def start(choice: BrowserChoice | Endpoint, origin: Origin, closing: ExitStack) -> tuple[Browser, Started]:
    """A browser that runs, ended when `closing` closes. Raises BrowserError."""
    if isinstance(choice, Endpoint):
        from slidebuild.browser.by_playwright import PlaywrightBrowser
        from slidebuild.browser.switches import ARGUMENTS

        connected = choice.connect(_driver(closing), ARGUMENTS)
        found = Started(connected.version, is_sandboxed=True, why_not=None, build=build_of(connected))
        browser: Browser = PlaywrightBrowser(connected, origin)
    else:
        browser, why_not = _launched(choice, _way(choice, origin, closing))
        found = Started(browser.version, why_not is None, why_not)
    closing.callback(browser.close)
    return browser, found


def no_sandbox_for() -> str | None:
    """Why none is tried: Chromium refuses to start as root with its sandbox."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return "running as root, for whom Chromium has no sandbox" if is_root else None


def _way(choice: BrowserChoice, origin: Origin, closing: ExitStack) -> Callable[..., Browser]:
    """What starts the browser, with its sandbox or without."""
    if needs_driver(choice):
        from slidebuild.browser.by_playwright import PlaywrightBrowser

        kind = _driver(closing)
        return partial(PlaywrightBrowser.start, kind, choice.path, origin.proxy)
    from slidebuild.browser.by_pipe import PipeBrowser

    return partial(PipeBrowser.start, choice.path, origin.proxy)


def _launched(choice: BrowserChoice, way: Callable[..., Browser]) -> tuple[Browser, str | None]:
    """The browser, and why it has no sandbox."""
    why_not = no_sandbox_for()
    if why_not is None:
        try:
            return way(sandbox=True), None
        except DrivingError as error:
            if not any(word in str(error).lower() for word in _SANDBOX_COMPLAINTS):
                raise _failed(choice, error) from error
            why_not = "the system does not let the browser make its sandbox"
    try:
        return way(sandbox=False), why_not
    except DrivingError as error:
        raise _failed(choice, error) from error


def _driver(closing: ExitStack) -> BrowserType:
    """Playwright's way to Chromium, its driver running."""
    from playwright.sync_api import sync_playwright

    from slidebuild.browser.by_playwright import first_line
    from slidebuild.browser.driver import driver_fault, keep_bytecode

    logging.getLogger("asyncio").addFilter(_is_news)
    keep_bytecode(os.environ)
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # a driver that dies at once is reported as a bare Exception
        fault = driver_fault(os.environ)
        why = fault.what if fault else first_line(error)
        raise BrowserError(f"Playwright's driver does not start: {why} (see slidebuild doctor)") from error
    closing.callback(playwright.stop)
    return playwright.chromium


def _is_news(record: logging.LogRecord) -> bool:
    """A driver that went away (Ctrl-C reaches it too) is known from the call that failed; asyncio need not say so."""
    return "Connection closed while reading from the driver" not in record.getMessage()


def _failed(choice: BrowserChoice, error: Exception) -> BrowserError:
    return BrowserError(f"the browser {choice.path} does not start: {str(error).partition(chr(10))[0]}")
