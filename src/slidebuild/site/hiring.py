"""Processes that build decks, and how they come about.

Where that is safe they are forked from this one, which has loaded and made before what all of them need: libraries,
the theme's fonts. What is forked has none of the other threads, so a lock that one of them holds would be held for
ever, and macOS's own libraries don't bear it: where there are threads, and on other systems, new interpreters are
started, which do all that for themselves.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from slidebuild.records import dataclass
from slidebuild.site import worker
from slidebuild.site.order import Order

if TYPE_CHECKING:
    from slidebuild.site.making import Workshop

_THREADS: Final = Path("/proc/self/task")
"""A folder for each thread of this process, those of libraries too."""
_LEAVING: Final = 0.1
"""Seconds until threads are gone that have ended."""
_ENDING: Final = 30.0
"""Seconds in which a process must have finished the deck that it has in hand."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that builds one deck after another."""

    orders: IO[str]
    answers: IO[str]
    wait: Callable[[float | None], int | None]
    """Waits for its end, for so many seconds at most; its exit code, None while it runs."""
    kill: Callable[[], None]

    def ask(self, deck: str) -> dict[str, Any] | None:
        """What it answers when it is to build a deck; None when it is gone."""
        try:
            self.orders.write(json.dumps({"deck": deck}) + "\n")
            self.orders.flush()
            line = self.answers.readline()
        except OSError:
            return None
        return dict(json.loads(line)) if line else None

    def dismiss(self) -> None:
        """Tell it that there is nothing more to do."""
        with suppress(OSError, ValueError):
            self.orders.close()

    def leave(self) -> None:
        """Wait until it is gone."""
        if self.wait(_ENDING) is None:
            self.kill()
            self.wait(None)
        self.answers.close()


def hire(order: Order, decks: Sequence[str], jobs: int) -> list[Worker]:
    """So many processes. Forked ones find the first deck begun: what it needs most others need as well."""
    if not _can_fork():
        return [_started(order) for _ in range(jobs)]
    from slidebuild.site.making import Workshop

    workshop = Workshop(order)
    workshop.begin(decks[0])
    workers: list[Worker] = []
    while len(workers) < jobs:
        workers.append(_forked(workshop, tuple(workers)) if _can_fork() else _started(order))
    return workers


def _can_fork() -> bool:
    """Whether there is no other thread; those that have just ended are waited for."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    until = time.monotonic() + _LEAVING
    while (count := _threads()) > 1 and time.monotonic() < until:
        time.sleep(0.001)
    return count == 1


def _threads() -> int:
    """Threads of this process; 0 where the system does not tell."""
    try:
        return len(list(_THREADS.iterdir()))
    except OSError:
        return 0


def _forked(workshop: Workshop, others: Sequence[Worker]) -> Worker:
    """`others` were forked before."""
    from multiprocessing import get_context

    theirs, ours = os.pipe()
    answers, answering = os.pipe()
    # who has a copy of our ends of the pipes would keep others from noticing that we are gone
    inherited = [ours, answers, *(file.fileno() for other in others for file in (other.orders, other.answers))]
    process = get_context("fork").Process(target=_serve, args=(workshop, theirs, answering, inherited), daemon=True)
    process.start()
    os.close(theirs)
    os.close(answering)

    def wait(seconds: float | None) -> int | None:
        process.join(seconds)
        return process.exitcode

    return Worker(os.fdopen(ours, "w", encoding="utf-8"), os.fdopen(answers, encoding="utf-8"), wait, process.kill)


def _serve(workshop: Workshop, orders: int, answers: int, inherited: Sequence[int]) -> None:
    """What the forked process does."""
    for handle in inherited:
        os.close(handle)
    sys.stdout = sys.stderr = sys.__stderr__  # whatever this process has put there before
    with os.fdopen(orders, encoding="utf-8") as lines, os.fdopen(answers, "w", encoding="utf-8") as out, workshop:
        worker.serve(workshop, lines, out)


def _started(order: Order) -> Worker:
    # -P: the folder one stands in may be a stranger's, and no modules are looked for there
    command = [sys.executable, "-P", "-m", worker.__name__]
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )

    def wait(seconds: float | None) -> int | None:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    if process.stdin is None or process.stdout is None:
        raise OSError("a process without pipes")
    process.stdin.write(order.as_json() + "\n")
    return Worker(process.stdin, process.stdout, wait, process.kill)
