"""The two pipes between us and a browser of this machine: one JSON text after the other, each ended by a NUL.

Chromium reads from its descriptor 3 and writes to 4 when it is started with `--remote-debugging-pipe`, and ends when
they are closed, so that it never outlives us.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections import deque
from contextlib import suppress
from typing import Final

from slidebuild.browser.errors import DrivingError

_CHUNK: Final = 1 << 20
"""Bytes that are read at once, and what a pipe is asked to hold: a PDF is a message of megabytes."""


class Gone(DrivingError):  # noqa: N818 (named as what happened)
    """The browser closed its end."""


class Pipe:
    """Our ends. Only one thread may use it."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        self._texts: deque[bytes] = deque()
        self._rest: list[bytes] = []
        self.is_open = True
        _widen(reading)

    def write(self, text: bytes) -> None:
        """Send one text. Raises Gone."""
        left = memoryview(text + b"\0")
        try:
            while left:
                left = left[os.write(self._writing, left) :]
        except OSError as error:
            raise self._gone() from error

    def read(self, until: float | None = None) -> bytes:
        """The next text. `until`: the time (`time.monotonic`) at which TimeoutError is raised. Raises Gone."""
        while not self._texts:
            if until is not None and not self._is_ready(until - time.monotonic()):
                raise TimeoutError
            try:
                data = os.read(self._reading, _CHUNK)
            except OSError as error:
                raise self._gone() from error
            if not data:
                raise self._gone()
            self._take(data)
        return self._texts.popleft()

    def close(self) -> None:
        """Close our ends."""
        self.is_open = False
        for end in (self._reading, self._writing):
            os.close(end)

    def _take(self, data: bytes) -> None:
        first, *others = data.split(b"\0")
        self._rest.append(first)
        for other in others:
            self._texts.append(b"".join(self._rest))
            self._rest = [other]

    def _is_ready(self, seconds: float) -> bool:
        waiting = select.poll()  # not select.select, which knows descriptors up to 1,024 only
        waiting.register(self._reading, select.POLLIN)
        return bool(waiting.poll(max(seconds, 0) * 1000))

    def _gone(self) -> Gone:
        self.is_open = False
        return Gone("the browser went away")


def _widen(end: int) -> None:
    """Let a pipe hold more than its 64 KiB where that can be had (Linux, within the user's limit)."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _CHUNK)
