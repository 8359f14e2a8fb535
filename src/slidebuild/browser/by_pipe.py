"""This machine's browser, driven by us: it starts in 0.1 s; Playwright's driver takes 0.6 s before it starts one."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from slidebuild.browser.connection import Connection
from slidebuild.browser.errors import DrivingError
from slidebuild.browser.pipe import Gone
from slidebuild.browser.pipe_tab import PipeTab
from slidebuild.browser.program import Program
from slidebuild.browser.switches import surroundings, switches
from slidebuild.browser.tab import Size
from slidebuild.patterns import regex

_STARTING: Final = 60.0
"""Seconds until a program is given up that does not answer."""

_LOGGED: Final = tuple(regex(rf"\[[\d:/.]+:{level}:[^\]]*\] ?(.+)") for level in ("FATAL", "ERROR"))
"""A line of Chromium's log, what tells most first; numbers, time, level and place stand before the text."""


class PipeBrowser:
    """See `Browser`."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._connection = Connection(program.pipe)
        product = self._connection.ask("Browser.getVersion", until=time.monotonic() + _STARTING)["product"]
        self.version: str = product.rpartition("/")[2]

    @classmethod
    def start(cls, path: Path, proxy: str, *, sandbox: bool) -> PipeBrowser:
        """A browser that has answered. Raises DrivingError with the reason that the program gave, all its lines."""
        program = Program.start(path, switches(proxy, sandbox=sandbox), surroundings(os.environ))
        try:
            return cls(program)
        except Gone as error:
            why = DrivingError("\n".join([_reason(program), program.said()]))
            program.end()
            raise why from error
        except TimeoutError as error:
            program.end()
            raise DrivingError(f"it did not answer within {_STARTING:g} s") from error

    @property
    def is_there(self) -> bool:
        """See `Browser`."""
        return self._connection.is_open and self._program.is_running

    def tab(self, size: Size, *, javascript: bool, scale: float) -> PipeTab:
        """See `Browser`."""
        return PipeTab(self._connection, size, javascript=javascript, scale=scale)

    def kill(self) -> None:
        """See `Browser`."""
        self._program.kill()

    def close(self) -> None:
        """See `Browser`."""
        self._program.end()


def _reason(program: Program) -> str:
    """The line of what the program said that tells most, else how it ended."""
    lines = [line.strip() for line in program.said().splitlines()]
    telling = (found[1] for level in _LOGGED for line in lines if (found := level.match(line)) is not None)
    return next(telling, program.how_it_ended())
