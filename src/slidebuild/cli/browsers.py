"""The browsers that commands print, draw and measure with; exit code 3 where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from slidebuild.cli.run import EXIT_ENVIRONMENT, fail

if TYPE_CHECKING:
    from slidebuild.browser.find import BrowserChoice
    from slidebuild.browser.session import Session as BrowserSession


def chosen_browser(explicit: str | None, hint: str | None = None) -> BrowserChoice:
    """The browser to use, not started; `hint` is told where there is none and nothing better to say."""
    from slidebuild.browser.errors import BrowserError
    from slidebuild.browser.find import need_browser

    try:
        return need_browser(explicit, os.environ)
    except BrowserError as error:
        fail(str(error), hint=error.hint or hint, code=EXIT_ENVIRONMENT)


@contextmanager
def browser_session(
    explicit: str | None, endpoints: tuple[str, ...] = (), jobs: int | None = None
) -> Iterator[BrowserSession]:
    """A browser that starts when it is needed, or told to; exit code 3 when there is none or it fails.

    With `endpoints` it is one that runs elsewhere. `jobs`: browsers that share the work of a long deck (None: one for
    every two processors, at most four).
    """
    from slidebuild.browser.crew import crew
    from slidebuild.browser.errors import BrowserError
    from slidebuild.browser.find import need_browser

    count = jobs or min(max((os.cpu_count() or 1) // 2, 1), 4)
    try:
        with crew(lambda: need_browser(explicit, os.environ), endpoints, count) as session:
            yield session
    except BrowserError as error:
        fail(str(error), hint=error.hint, code=EXIT_ENVIRONMENT)
