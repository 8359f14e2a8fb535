"""One page in the browser."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

from slidebuild.browser.errors import BrowserError, DrivingError, PageNotReady
from slidebuild.browser.origin import Origin, Site
from slidebuild.browser.tab import Area, Browser, Media, Size, Tab
from slidebuild.installed import PACKAGE
from slidebuild.patterns import regex
from slidebuild.records import dataclass

T = TypeVar("T")

Call: TypeAlias = Callable[[Callable[[], Any], float], Any]
"""Does something in the browser's thread, or raises PageNotReady after so many seconds."""

_CALL: Final = """(argument) => {
  const found = (SCRIPT)(JSON.parse(argument));
  return found instanceof Promise ? found.then((value) => JSON.stringify(value)) : JSON.stringify(found);
}"""
_LOCAL: Final = regex(r"Not allowed to load local resource: (\S+)")
_PRINTING: Final = 5
"""How many times the timeout printing may take: it has all pages to do."""
_GRACE: Final = 5.0
"""Seconds beyond the timeout until a browser is killed that does not even answer."""
_POLL: Final = 0.005
"""Seconds between two looks at a page that is not ready."""


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """A picture, font or other file that did not load, or could not be decoded."""

    kind: str
    """`picture`, `font` or `file`."""
    address: str
    """As the page writes it; for a font its family."""
    slide: int | None
    """0-based `.remark-slide-container` it stands in, where that is known."""


@dataclass(frozen=True, slots=True)
class Running:
    """A browser, and what answers its requests."""

    browser: Browser
    origin: Origin
    spare: list[Tab] = field(default_factory=list)
    """A page to print from that was opened before there was anything to print."""

    def blank(self, size: Size, *, javascript: bool = False, scale: float = 1.0) -> Tab:
        """An empty page in a profile of its own. `size` in CSS px."""
        if self.spare and not javascript and scale == 1.0:
            found = self.spare.pop()
            found.resize(size)
            return found
        return self.browser.tab(size, javascript=javascript, scale=scale)


@dataclass(slots=True)
class Page:
    """A page that was loaded; its methods may be called from any thread."""

    site: Site
    _origin: Origin
    _tab: Tab
    _timeout: float
    _call: Call
    _refused: dict[str, None] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        running: Running,
        html: str,
        assets: Mapping[str, bytes],
        size: Size,
        *,
        javascript: bool,
        media: Media,
        is_still: bool,
        scale: float = 1.0,
        timeout: float,
        call: Call,
    ) -> Page:
        """Load a page (in the browser's thread)."""
        site = running.origin.add(html, assets, javascript=javascript)
        page = cls(site, running.origin, running.blank(size, javascript=javascript, scale=scale), timeout, call)
        try:
            page._load(media, is_still=is_still)
        except (DrivingError, PageNotReady):
            page.close()
            raise
        return page

    def show(self, html: str, assets: Mapping[str, bytes]) -> None:
        """Load another page in place of this one, under the same address; nothing refused or missed is remembered.

        Raises PageNotReady.
        """

        def work() -> None:
            self._refused.clear()
            self._origin.replace(self.site, html, assets)
            self._go()

        self._call(work, self._timeout + _GRACE)

    @property
    def refused(self) -> tuple[str, ...]:
        """Addresses outside the page's own files that it asked for, in the order of asking."""
        return tuple(self._refused)

    @property
    def too_large(self) -> frozenset[str]:
        """The page's own pictures that it did not get because they have too many pixels."""
        return frozenset(self.site.too_large)

    def wait(self) -> tuple[NotLoaded, ...]:
        """Wait until fonts and pictures are ready to be drawn; returns what never will be.

        Raises PageNotReady with what is missing when it takes longer than the page's timeout.
        """
        found: tuple[NotLoaded, ...] = self._call(self._wait, self._timeout + _GRACE)
        return found

    def evaluate(self, script: str, argument: object = None) -> Any:
        """The JSON value of a JavaScript function, called with the argument. Works where the page's scripts are off.

        Both travel as text: other ways take 50 ms for what is known of a thousand slides. Raises PageNotReady when it
        takes longer than the page's timeout.
        """
        called = _CALL.replace("SCRIPT", script)
        text = self._call(lambda: self._tab.evaluate(called, json.dumps(argument)), self._timeout + _GRACE)
        return None if text is None else json.loads(text)

    def print_pdf(self, width: int, height: int) -> bytes:
        """The page as a tagged PDF on sheets of that size in CSS px, backgrounds printed, without margins.

        Raises PageNotReady when it takes longer than five times the page's timeout.
        """

        def work() -> bytes:
            self._still_here()
            return self._tab.print_pdf((width, height))

        found: bytes = self._call(work, self._timeout * _PRINTING)
        return found

    def screenshot(self, clip: Area | None = None) -> bytes:
        """A PNG of the viewport, or of (x, y, width, height) in CSS px of the whole page."""

        def work() -> bytes:
            self._still_here()
            return self._tab.screenshot(clip)

        found: bytes = self._call(work, self._timeout + _GRACE)
        return found

    def close(self) -> None:
        """Close it (in the browser's thread)."""
        self._origin.remove(self.site)
        self._tab.close()

    def _load(self, media: Media, *, is_still: bool) -> None:
        self._tab.watch(self._note_request, self._note_message)
        self._tab.dress(media, is_still=is_still)
        self._go()

    def _go(self) -> None:
        try:
            self._tab.go(self.site.address, self._timeout)
        except (DrivingError, TimeoutError) as error:
            why = str(error) if isinstance(error, DrivingError) else "something on it keeps the browser busy"
            raise PageNotReady(f"the page did not load within {self._timeout:g} s: {why}") from error

    def _wait(self) -> tuple[NotLoaded, ...]:
        state = self._tab.hold(_ready_script())
        until = time.monotonic() + self._timeout
        while True:
            now = state("(state) => state.look()")
            if not now["waiting"]:
                break
            if time.monotonic() > until:
                names = ", ".join(self._awaited(entry["address"], entry["slide"]) for entry in now["waiting"])
                raise PageNotReady(f"the page was not ready after {self._timeout:g} s; it waits for {names}")
            self._tab.rest(_POLL)
        self._still_here()
        failed = [NotLoaded(e["kind"], self._as_written(e["address"]), e["slide"]) for e in now["failed"]]
        known = {entry.address for entry in failed} | set(self._refused)
        absent = (*self.site.missed, *self.site.too_large)
        files_missed = [NotLoaded("file", name, None) for name in absent if name not in known]
        return tuple(entry for entry in failed if entry.address not in self._refused) + tuple(files_missed)

    def _still_here(self) -> None:
        if self._tab.address.partition("#")[0] != self.site.address:
            raise BrowserError("the page went away to another address while it was loaded")

    def _awaited(self, address: str, slide: int | None) -> str:
        return self._as_written(address) + (f" on page {slide + 1}" if slide is not None else "")

    def _as_written(self, address: str) -> str:
        relative = self.site.relative(address)
        return address if relative is None else relative

    def _note_request(self, address: str) -> None:
        if self.site.relative(address) is None and not address.startswith(("data:", "blob:", "about:")):
            self._refused[address] = None

    def _note_message(self, message: str) -> None:
        found = _LOCAL.search(message)
        if found:
            self._refused[found[1]] = None


@cache
def _ready_script() -> str:
    return (PACKAGE / "browser" / "ready.js").read_text("utf-8")
