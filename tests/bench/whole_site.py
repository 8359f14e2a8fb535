"""A site of many decks: how it scales with processes, and what a build costs when little or nothing has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from made_decks import write_deck

DECKS = 100
SLIDES = 40


@dataclass(frozen=True)
class Build:
    """One build, timed as a process."""

    what: str
    seconds: float
    cpu: float
    """Seconds of all its processes, browsers left aside: others on the machine don't count."""
    peak: float
    """Megabytes of the largest of them."""

    def __str__(self) -> str:
        return f"{self.what:54} {self.seconds:8.2f} s {self.cpu:8.2f} s CPU {self.peak:5.0f} MB"


def builds(folder: Path, *, has_pdf: bool, decks: int = DECKS) -> Iterator[Build]:
    """Cold with one and with two processes, unchanged, one deck changed; and that deck alone."""
    root = folder / "site"
    for number in range(decks):
        write_deck(root / "decks" / f"deck{number:03}.md", SLIDES)
    (root / "slidebuild.yml").write_text("title: Bench\n", encoding="utf-8")
    options = [] if has_pdf else ["--no-pdf"]
    kind = f"build, {decks} decks x {SLIDES} slides{', PDF' if has_pdf else ''}"
    yield _timed(f"{kind}: a quarter of them", quarter(root, folder / "quarter"), "build", "--no-cache", *options)
    for jobs in ("1", "2"):
        shutil.rmtree(root / "dist", ignore_errors=True)
        yield _timed(f"{kind}: cold, --jobs {jobs}", root, "build", "--no-cache", "--jobs", jobs, *options)
    _timed("", root, "build", *options)
    time.sleep(2.5)  # until the times of the files tell a later change
    yield _timed(f"{kind}: unchanged, first", root, "build", *options)
    yield _timed(f"{kind}: unchanged", root, "build", *options)
    deck = sorted((root / "decks").glob("*.md"))[decks // 2]
    deck.write_text(deck.read_text(encoding="utf-8").replace("EDIT", "edited"), encoding="utf-8")
    yield _timed(f"{kind}: one deck changed", root, "build", *options)
    command = "pdf" if has_pdf else "html"
    yield _timed(f"{command} of that deck alone", root, command, deck, "--no-cache")


def quarter(root: Path, folder: Path) -> Path:
    """A site with every fourth deck: memory that grows with decks shows."""
    (folder / "decks").mkdir(parents=True)
    shutil.copy(root / "slidebuild.yml", folder)
    for deck in sorted((root / "decks").glob("*.md"))[::4]:
        shutil.copy(deck, folder / "decks")
    return folder


def _timed(what: str, root: Path, *arguments: str | Path) -> Build:
    start = time.perf_counter()
    command = [sys.executable, "-m", "slidebuild", *arguments]
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, running.args)
    seconds = time.perf_counter() - start
    return Build(what, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
