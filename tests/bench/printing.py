"""PDFs of the same deck by other tools, whole processes, runs interleaved: marp-cli, decktape, Chromium by itself.

Each is given a deck with its pictures: marp-cli its own syntax, decktape and Chromium our HTML. They run `chromium`
where there is one, as their users do; where slidebuild takes the build without windows, that prints our HTML by itself
as well. Figures are medians of wall-clock and CPU seconds and the size of the file; a tool that writes fewer pages than
there are slides gets none.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from made_decks import write_deck
from peers import TOOLS, cycle2, marp

from slidebuild.browser.find import need_browser

DECKTAPE = "decktape@3.15.0"
SANDBOX = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
_MEASURED = """
import json, os, resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
taken = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status]))
"""


@dataclass(frozen=True)
class Print:
    """Medians of a tool's runs; or why there are none."""

    tool: str
    wall: float = 0.0
    """Seconds."""
    cpu: float = 0.0
    size: int = 0
    """Bytes of the file."""
    memory: float = 0.0
    """Megabytes of the largest process."""
    void: str = ""


@dataclass(frozen=True)
class _Job:
    command: list[str | Path]
    output: Path
    prepare: Callable[[], None] = lambda: None


def decktape() -> Path | None:
    """The program; None where there is no npm."""
    npm = shutil.which("npm")
    program = TOOLS / "decktape" / "node_modules" / ".bin" / "decktape"
    if npm is not None and not program.exists():
        program.parents[2].mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", program.parents[2], DECKTAPE]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return program if program.exists() else None


def printed(runs: int, folder: Path) -> Iterator[Print]:
    """Each tool's figures for the corpus deck; nothing where there is no corpus."""
    decks = cycle2()
    if decks:
        folder.mkdir(parents=True, exist_ok=True)
        yield from _medians(_jobs(decks, folder), runs, pages=25)


def lengths(folder: Path) -> Iterator[tuple[int, Print]]:
    """One print of made decks of 100 and 1,000 slides, nothing cached."""
    for slides in (100, 1000):
        write_deck(folder / "decks" / f"{slides}.md", slides)
        output = folder / f"{slides}.pdf"
        job = _Job([*_slidebuild("--no-cache"), folder / "decks" / f"{slides}.md", "-o", output], output)
        yield slides, next(_medians({f"{slides} slides": job}, 1, pages=slides // 2, is_warmed=True))


def table(prints: list[Print]) -> Iterator[str]:
    """Lines to print: the figures, and ours as a share of the others'."""
    others = [one for one in prints if not one.tool.startswith("slidebuild") and not one.void]
    yield f"\n{'PDF of cycle2':24} {'wall s':>7} {'CPU s':>7} {'MB':>6}" + "".join(
        f"{'x ' + o.tool:>22}" for o in others
    )
    for one in prints:
        if one.void:
            yield f"{one.tool:24} void: {one.void}"
            continue
        shares = "".join(f"{one.wall / o.wall:10.2f} {one.cpu / o.cpu:5.2f} {one.size / o.size:5.2f}" for o in others)
        yield f"{one.tool:24} {one.wall:7.2f} {one.cpu:7.2f} {one.size / 1e6:6.2f}{shares}"


def _jobs(decks: Mapping[str, Path], folder: Path) -> dict[str, _Job]:
    source = decks["slidebuild"]
    root = folder / "project"
    for part in ("decks", "img"):
        shutil.copytree(source.parents[1] / part, root / part, dirs_exist_ok=True)
    deck, ours = root / "decks" / source.name, need_browser(None, os.environ).path
    browser = shutil.which("chromium") or ours
    page = folder / "html" / "index.html"
    subprocess.run(
        [sys.executable, "-m", "slidebuild", "html", "-q", deck, "-o", page.parent], capture_output=True, check=True
    )
    text, cache, edited = deck.read_text(encoding="utf-8"), folder / "cache", root / "decks" / "edited.md"
    head, marker, tail = text.partition("\n---\n")

    def edit() -> None:
        edited.write_text(f"{head}\n\nword {time.time_ns()}\n{marker}{tail}", encoding="utf-8")

    names = ("cold", "edited", "same", "marp", "decktape", "chromium", "shell")
    at = {name: folder / f"{name}.pdf" for name in names}
    url = next(page.parent.rglob("index.html")).as_uri()
    jobs = {
        "slidebuild, no cache": _Job([*_slidebuild("--no-cache"), deck, "-o", at["cold"]], at["cold"]),
        "slidebuild, edited": _Job(
            [*_slidebuild("--cache-dir", cache), edited, "-o", at["edited"]], at["edited"], edit
        ),
        "slidebuild, unchanged": _Job([*_slidebuild("--cache-dir", cache), deck, "-o", at["same"]], at["same"]),
        "chromium": _Job(_bare(browser, at["chromium"], url), at["chromium"]),
    }
    if "headless" in ours.name:
        jobs[ours.name.removeprefix("chromium-")] = _Job(_bare(ours, at["shell"], url), at["shell"])
    if (program := marp()) is not None:
        text_for_marp = decks["marp"].read_text(encoding="utf-8").replace("../corpus/cycle2/img/", "../img/")
        (root / "decks" / "marp.md").write_text(text_for_marp, encoding="utf-8")
        options = ["--pdf", "--html", "--allow-local-files", "--browser-path", browser]
        jobs["marp-cli"] = _Job([program, *options, root / "decks" / "marp.md", "-o", at["marp"]], at["marp"])
    if (program := decktape()) is not None:
        chrome = [f"--chrome-arg={flag}" for flag in (*SANDBOX, "--allow-file-access-from-files")]
        options = ["--chrome-path", browser, *chrome, "-p", "0", "remark", url]
        jobs["decktape"] = _Job([program, *options, at["decktape"]], at["decktape"])
    return jobs


def _bare(browser: str | Path, output: Path, url: str) -> list[str | Path]:
    options = ["--headless", *SANDBOX, "--allow-file-access-from-files", f"--print-to-pdf={output}"]
    return [browser, *options, url]


def _slidebuild(*options: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "slidebuild", "pdf", "-q", *options]


def _medians(jobs: Mapping[str, _Job], runs: int, pages: int, *, is_warmed: bool = False) -> Iterator[Print]:
    found: dict[str, list[list[float]]] = {tool: [] for tool in jobs}
    void: dict[str, str] = {}
    for number in range(0 if not is_warmed else 1, runs + 1):
        for tool, job in jobs.items():
            job.output.unlink(missing_ok=True)
            job.prepare()
            command = [sys.executable, "-c", _MEASURED, *map(str, job.command)]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            figures = json.loads(run.stdout)
            count = _pages(job.output)
            if count < pages:
                void[tool] = f"exit {figures[3]}, {count} of {pages} pages"
            elif number:  # the first run warms up what is cached
                found[tool].append(figures)
    for tool, job in jobs.items():
        if tool in void:
            yield Print(tool, void=void[tool])
            continue
        wall, cpu, memory = (statistics.median(run[place] for run in found[tool]) for place in range(3))
        yield Print(tool, wall, cpu, job.output.stat().st_size, memory)


def _pages(file: Path) -> int:
    if not file.exists():
        return 0
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def report(runs: int, folder: Path) -> Iterator[str]:
    """Lines of both tables."""
    yield from table(list(printed(runs, folder)))
    for slides, one in lengths(folder / "long"):
        each = f"{one.wall / slides * 1000:.0f} ms a slide, CPU {one.cpu / slides * 1000:.0f} ms"
        yield f"{slides} slides: {each}, largest process {one.memory:.0f} MB, {one.size / 1e6:.1f} MB {one.void}"
