"""Browsers driven by Playwright: those that run elsewhere, and this machine's where we have no pipe to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from slidebuild.browser.errors import DrivingError
from slidebuild.browser.origin import Origin
from slidebuild.browser.switches import ARGUMENTS, surroundings
from slidebuild.browser.tab import Area, Media, Size

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ProxySettings, Route

NOWHERE: Final[ProxySettings] = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
"""A proxy where nothing answers (the port of RFC 863), for everything that is no request of a page."""


class PlaywrightBrowser:
    """See `Browser`."""

    def __init__(self, browser: Browser, answering: Origin | None = None) -> None:
        """`answering`: what answers its requests when it can't ask our proxy."""
        self._browser = browser
        self._answering = answering
        self._number = _process_of(browser) if answering is None else None

    @classmethod
    def start(cls, kind: BrowserType, path: Path, proxy: str, *, sandbox: bool) -> PlaywrightBrowser:
        """This machine's. Raises DrivingError with the reason and the log of the start."""
        from playwright.sync_api import Error

        try:
            return cls(
                kind.launch(
                    executable_path=path,
                    args=list(ARGUMENTS),
                    chromium_sandbox=sandbox,
                    proxy={"server": proxy, "bypass": "<-loopback>"},
                    env=dict(surroundings(os.environ)),
                )
            )
        except Error as error:
            raise DrivingError(f"{_reason(str(error))}\n{error}") from error

    @property
    def version(self) -> str:
        """See `Browser`."""
        return self._browser.version

    @property
    def is_there(self) -> bool:
        """See `Browser`."""
        return self._browser.is_connected()

    def tab(self, size: Size, *, javascript: bool, scale: float) -> PlaywrightTab:
        """See `Browser`."""
        with _failing():
            context = self._browser.new_context(
                java_script_enabled=javascript,
                viewport={"width": size[0], "height": size[1]},
                device_scale_factor=scale,
                service_workers="block",
                accept_downloads=False,
                locale="en-US",
                timezone_id="UTC",
                proxy=NOWHERE if self._answering is not None else None,
            )
            if self._answering is not None:
                _answer_from(self._answering, context)
            return PlaywrightTab(context, context.new_page())

    def kill(self) -> None:
        """See `Browser`."""
        if self._number is not None:
            with suppress(OSError):
                os.kill(self._number, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    def close(self) -> None:
        """See `Browser`."""
        self._browser.close()


class PlaywrightTab:
    """See `Tab`."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._context = context
        self._page = page

    @property
    def address(self) -> str:
        """See `Tab`."""
        return self._page.url

    def watch(self, requested: Callable[[str], None], told: Callable[[str], None]) -> None:
        """See `Tab`."""
        self._page.on("request", lambda request: requested(request.url))
        self._page.on("console", lambda message: told(message.text))

    def resize(self, size: Size) -> None:
        """See `Tab`."""
        with _failing():
            self._page.set_viewport_size({"width": size[0], "height": size[1]})

    def dress(self, media: Media, *, is_still: bool) -> None:
        """See `Tab`."""
        with _failing():
            self._page.emulate_media(media=media, reduced_motion="reduce" if is_still else "no-preference")
            if not is_still:
                protocol = self._context.new_cdp_session(self._page)
                protocol.send("Animation.enable")
                protocol.send("Animation.setPlaybackRate", {"playbackRate": 0})

    def go(self, address: str, seconds: float) -> None:
        """See `Tab`."""
        from playwright.sync_api import TimeoutError as TooLong

        with _failing():
            try:
                self._page.goto(address, timeout=seconds * 1000)
            except TooLong as error:
                raise TimeoutError from error

    def evaluate(self, function: str, argument: str) -> str | None:
        """See `Tab`."""
        with _failing():
            found: str | None = self._page.evaluate(function, argument)
            return found

    def hold(self, function: str) -> Callable[[str], Any]:
        """See `Tab`."""
        with _failing():
            held = self._page.evaluate_handle(function)

        def ask(other: str) -> Any:
            with _failing():
                return held.evaluate(other)

        return ask

    def rest(self, seconds: float) -> None:
        """See `Tab`."""
        with _failing():
            self._page.wait_for_timeout(seconds * 1000)

    def print_pdf(self, size: Size) -> bytes:
        """See `Tab`."""
        with _failing():
            return self._page.pdf(
                width=f"{size[0]}px",
                height=f"{size[1]}px",
                margin={"top": "0", "right": "0", "bottom": "0", "left": "0"},
                print_background=True,
                prefer_css_page_size=True,
                tagged=True,
                outline=True,
            )

    def screenshot(self, area: Area | None) -> bytes:
        """See `Tab`."""
        with _failing():
            if area is None:
                return self._page.screenshot(animations="disabled")
            x, y, width, height = area
            part = {"x": x, "y": y, "width": width, "height": height}
            return self._page.screenshot(clip=part, full_page=True, animations="disabled")  # type: ignore[arg-type]

    def close(self) -> None:
        """See `Tab`."""
        with _failing():
            self._context.close()


def first_line(error: Exception) -> str:
    """What an error says, in short."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


@contextmanager
def _failing() -> Iterator[None]:
    """Playwright's errors come out as DrivingError."""
    from playwright.sync_api import Error

    try:
        yield
    except Error as error:
        raise DrivingError(first_line(error)) from error


def _answer_from(origin: Origin, context: BrowserContext) -> None:
    """Let all requests of a context be answered by us, or by nobody."""

    def answer(route: Route) -> None:
        found = origin.answer(route.request.url)
        if found is None:
            route.abort("accessdenied")
        else:
            route.fulfill(status=found.status, headers=dict(found.headers), body=found.body)

    context.route("**/*", answer)


def _process_of(browser: Browser) -> int | None:
    """The number of the browser's main process; None when it does not tell (it can't be killed then)."""
    from playwright.sync_api import Error

    try:
        found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    except Error:
        return None
    return next((int(process["id"]) for process in found if process["type"] == "browser"), None)


def _reason(text: str) -> str:
    """The line of a launch log that says most."""
    lines = [line.strip(" -") for line in text.splitlines()]
    telling = (line for line in lines if "error" in line.lower() and "[pid" in line)
    return next(telling, lines[0] if lines else "no reason given")
