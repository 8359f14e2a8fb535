"""Several processes that build decks at once, one after another each."""

from __future__ import annotations

import os
import traceback
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import field
from queue import SimpleQueue
from typing import Final

from slidebuild.records import dataclass
from slidebuild.site.hiring import Worker, hire
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
        crew = stack.enter_context(_Crew(hire(order, decks, jobs)))  # before there are threads
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
    """Processes that wait for something to do."""

    workers: Sequence[Worker]
    _idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)

    def __enter__(self) -> _Crew:
        for worker in self.workers:
            self._idle.put(worker)
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.dismiss()
        for worker in self.workers:
            worker.leave()

    def build(self, deck: str) -> DeckRecord:
        """Have a deck built by a process that has nothing to do. Raises BuildCrashError, NoBrowserError."""
        worker = self._idle.get()
        try:
            answer = worker.ask(deck)
        finally:
            self._idle.put(worker)
        if answer is None:
            raise BuildCrashError(f"the process that built {deck} ended with exit code {worker.wait(None)}")
        if "crash" in answer:
            raise BuildCrashError(f"{deck}: {answer['crash'].strip()}")
        if "browser" in answer:
            raise NoBrowserError(answer["browser"], answer["hint"])
        return DeckRecord.from_data(answer["record"])
