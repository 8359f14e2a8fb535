"""`slidebuild` and `python -m slidebuild`."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import NoReturn

from slidebuild.cli import main


def run() -> NoReturn:
    """The command line, as a process of its own."""
    try:
        main()
    except SystemExit as ending:
        _end(ending.code)
        raise
    raise SystemExit


def _end(code: object) -> None:
    """End at once: taking modules and objects apart one by one takes Python 12 ms, and nobody needs them any more.

    Comes back where something is left to do that Python does better: threads that work, an error to be told, output
    that nobody takes.
    """
    if not isinstance(code, int | None) or threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001  each once: none is left if Python ends as usual after all
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # there are none where nobody can look
            stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code or 0)


if __name__ == "__main__":
    run()
