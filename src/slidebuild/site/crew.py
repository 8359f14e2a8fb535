"""Several processes that build decks at once, one after another each."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import traceback
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Final

from slidebuild.site.order import Order
from slidebuild.site.record import DeckRecord

MOST: Final = 8
"""Processes that are started at most unless somebody asks for more: each has a browser of some 300 MB."""


class BuildCrashError(Exception):
    """A bug in slidebuild or a macro, or a process that was killed; the message is what it left."""


class NoBrowserError(Exception):
    """There is no browser, or it does not start; the message says why."""

    def __init__(self, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.hint = hint


def usual_jobs(decks: int) -> int:
    """Processes that suit this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, decks, MOST))


def build_decks(order: Order, decks: Sequence[str], jobs: int) -> Generator[DeckRecord, None, None]:
    """Build decks in `jobs` processes, a single job in this one.

    Their records come in the order of the decks, each as soon as it can be told.
    Raises BuildCrashError, NoBrowserError.
    """
    if jobs == 1:
        yield from _alone(order, decks)
        return
    with ExitStack() as stack:
        crew = stack.enter_context(_Crew(order))
        threads = stack.enter_context(ThreadPoolExecutor(max_workers=jobs))
        records = [threads.submit(crew.build, deck) for deck in decks]
        stack.callback(_cancel, records)  # before the threads are waited for
        for record in records:
            yield record.result()


def _alone(order: Order, decks: Sequence[str]) -> Iterator[DeckRecord]:
    """One deck after another in this process."""
    from slidebuild.browser.errors import BrowserError
    from slidebuild.site.making import Workshop

    with Workshop(order) as workshop:
        for deck in decks:
            try:
                yield workshop.make(deck)
            except BrowserError as error:
                raise NoBrowserError(str(error), error.hint) from error
            except Exception as error:
                raise BuildCrashError(f"{deck}: {traceback.format_exc().strip()}") from error


def _cancel(records: Sequence[Future[DeckRecord]]) -> None:
    for record in records:
        record.cancel()


@dataclass(slots=True)
class _Crew:
    order: Order
    _idle: queue.SimpleQueue[subprocess.Popen[str]] = field(default_factory=queue.SimpleQueue)
    _all: list[subprocess.Popen[str]] = field(default_factory=list)

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._all:
            with suppress(OSError, ValueError):
                if worker.stdin is not None:
                    worker.stdin.close()
        for worker in self._all:
            try:
                worker.wait(timeout=30)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
            if worker.stdout is not None:
                worker.stdout.close()

    def build(self, deck: str) -> DeckRecord:
        """Have a deck built by a worker that has nothing to do, or by a new one."""
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = self._hire()
        if worker.stdin is None or worker.stdout is None:
            raise BuildCrashError("a process without pipes")
        try:
            worker.stdin.write(json.dumps({"deck": deck}) + "\n")
            worker.stdin.flush()
            line = worker.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise BuildCrashError(f"the process that built {deck} ended with exit code {worker.wait()}")
        self._idle.put(worker)
        answer = json.loads(line)
        if "crash" in answer:
            raise BuildCrashError(f"{deck}: {answer['crash'].strip()}")
        if "browser" in answer:
            raise NoBrowserError(answer["browser"], answer["hint"])
        return DeckRecord.from_data(answer["record"])

    def _hire(self) -> subprocess.Popen[str]:
        # -P: the folder one stands in may be a stranger's, and no modules are looked for there
        command = [sys.executable, "-P", "-m", "slidebuild.site.worker"]
        worker = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._all.append(worker)
        if worker.stdin is not None:
            worker.stdin.write(self.order.as_json() + "\n")
        return worker
