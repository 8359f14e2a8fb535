"""Ctrl-C, which does not interrupt the loading of a module.

Modules written in C and C++ may not bear it: pikepdf's ends the process, that of `xml.etree` forgets it, and the build
goes on.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_AGAIN: Final = 0.02
"""Seconds until it is looked again whether a module is still being loaded."""
_LONGEST: Final = 2.0
"""Seconds for which that is waited: macros of a project may do anything as they are loaded."""


@contextmanager
def patient() -> Iterator[None]:
    """Let KeyboardInterrupt be raised between modules only. Nothing is done off the main thread, and on Windows."""
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer") and signal.getsignal(signal.SIGINT) is signal.default_int_handler):
        yield
        return
    handler = _Handler()
    before = signal.signal(signal.SIGALRM, handler)
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, before)


class _Handler:
    """Raises KeyboardInterrupt, later if need be: asked again by the alarm."""

    def __init__(self) -> None:
        self._since: float | None = None

    def __call__(self, _: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if _is_loading(frame) and now - self._since < _LONGEST:
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
            return
        self._since = None
        raise KeyboardInterrupt


def _is_loading(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
