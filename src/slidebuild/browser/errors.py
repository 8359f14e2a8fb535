"""What can go wrong with the browser itself; none of it is the deck's fault."""

from __future__ import annotations

from typing import Final

INSTALL_HINT: Final = "slidebuild doctor --install"


class BrowserError(Exception):
    """The browser could not be started, went away, or did not do what it was told. Exit code 3."""

    hint: str = "slidebuild doctor"


class BrowserNotFound(BrowserError):  # noqa: N818 (named as what happened)
    """There is no Chromium, Chrome or Edge that could be used. Exit code 3."""

    hint = INSTALL_HINT


class PageNotReady(BrowserError):  # noqa: N818
    """A page did not become ready in time; the message says what it still waited for."""

    hint = "a larger --timeout, or take out what does not load"


class DrivingError(Exception):
    """A command to the browser failed; the message is the browser's, one line. `Session` makes a BrowserError of it."""
