"""What is asked of a browser and its pages, whoever drives it: `by_pipe` this machine's, `by_playwright` all others.

All of it belongs to the thread that made the browser, but for `kill`. What fails raises DrivingError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol

Media = Literal["screen", "print"]
Area = tuple[float, float, float, float]
"""x, y, width and height in CSS px of the whole page."""
Size = tuple[int, int]
"""Width and height in CSS px."""


class Tab(Protocol):
    """A page in a profile of its own, empty at first."""

    @property
    def address(self) -> str:
        """Where it is now."""

    def watch(self, requested: Callable[[str], None], told: Callable[[str], None]) -> None:
        """From now on, note the addresses that are requested, and the messages of the browser's console."""

    def resize(self, size: Size) -> None:
        """Give the viewport another size."""

    def dress(self, media: Media, *, is_still: bool) -> None:
        """Choose the style sheets; ask them for no motion, or stop the clock of all animations at their beginning."""

    def go(self, address: str, seconds: float) -> None:
        """Load another page, its pictures and style sheets with it. Raises TimeoutError."""

    def evaluate(self, function: str, argument: str) -> str | None:
        """What a JavaScript function makes of a text, also of a page whose own scripts are off: a text, or nothing."""

    def hold(self, function: str) -> Callable[[str], Any]:
        """Keep what a JavaScript function makes; the JSON value of other functions called with that."""

    def rest(self, seconds: float) -> None:
        """Let the page go on."""

    def print_pdf(self, size: Size) -> bytes:
        """The page as a tagged PDF with an outline, on sheets of that size, with backgrounds, without margins."""

    def screenshot(self, area: Area | None) -> bytes:
        """A PNG of the viewport, or of part of the page; animations at their end, endless ones at their beginning."""

    def close(self) -> None:
        """Close it, with its profile."""


class Browser(Protocol):
    """A browser that runs."""

    @property
    def version(self) -> str:
        """`156.0.8078.79`."""

    @property
    def is_there(self) -> bool:
        """Whether it has not gone away."""

    def tab(self, size: Size, *, javascript: bool, scale: float) -> Tab:
        """A new page, whose own scripts are off or not; `scale`: pixels of a screenshot for each CSS px.

        It has no cookies, keeps no files, opens no windows; its language is English, its time zone UTC.
        """

    def kill(self) -> None:
        """End it at once, from any thread, if it runs on this machine."""

    def close(self) -> None:
        """End it."""
