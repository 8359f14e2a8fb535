"""The same decks in other tools, side by side: pandoc (revealjs) and Marp, whole processes, runs interleaved.

The tools are installed once, into `.slidebuild/bench`: pandoc from PyPI, Marp from npm where that is there. Figures are
CPU time (user and system) and wall-clock time, medians; ratios are of CPU time, which a busy machine changes least. A
tool that fails, or writes fewer slides than it was given, gets no figures.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from made_decks import KINDS

REPOSITORY: Final = Path(__file__).resolve().parents[2]
TOOLS: Final = REPOSITORY / ".slidebuild" / "bench"
MARP: Final = "@marp-team/marp-cli@4.5.1"
SLIDES: Final = 1000
AS_INSTALLED: Final = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What pip installs comes with bytecode, so a source tree must be allowed to have it, too."""
_SLIDE: Final = re.compile(r'<section[\s>]|class="remark-slide-container"')


@dataclass(frozen=True)
class Times:
    """Medians of a tool's runs, in milliseconds; or why there are none."""

    tool: str
    cpu: float = 0.0
    wall: float = 0.0
    void: str = ""


def pandoc() -> Path | None:
    """The program in the package pypandoc_binary; None where it cannot be had."""
    folder = TOOLS / "pandoc"
    if not folder.is_dir():
        venv.create(folder, with_pip=True)
        _quietly(folder / "bin" / "python", "-m", "pip", "install", "-q", "pypandoc_binary")
    return next(folder.glob("lib/python*/site-packages/pypandoc/files/pandoc"), None)


def marp() -> Path | None:
    """marp-cli; None where there is no npm."""
    npm = shutil.which("npm")
    program = TOOLS / "marp" / "node_modules" / ".bin" / "marp"
    if npm is not None and not program.exists():
        program.parents[2].mkdir(parents=True, exist_ok=True)
        _quietly(npm, "install", "--no-audit", "--no-fund", "--prefix", program.parents[2], MARP)
    return program if program.exists() else None


def _quietly(*command: str | Path) -> None:
    environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


# ---- decks


def thousand(folder: Path) -> dict[str, Path]:
    """The made deck of a thousand slides in each tool's syntax."""
    ours = [kind.replace("NUMBER", str(number)) for number, kind in enumerate(islice(cycle(KINDS), SLIDES))]
    texts = {
        "slidebuild": "\n---\n\n".join(ours),
        "pandoc": "\n---\n\n".join(map(_for_pandoc, ours)),
        "marp": "---\nmarp: true\nmath: katex\n---\n\n" + "\n---\n\n".join(map(for_marp, ours)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.md" for name in texts}


def cycle2() -> dict[str, Path]:
    """The corpus deck in each tool's syntax; empty where there is no corpus."""
    corpus = Path(os.environ.get("CORPUS") or REPOSITORY.parent / "shared" / "corpus")
    found = {
        "slidebuild": corpus / "cycle2" / "decks" / "cycle2.md",
        "pandoc": corpus.parent / "bench" / "cycle2.pandoc.md",
        "marp": corpus.parent / "bench" / "cycle2.marp.md",
    }
    return found if all(file.is_file() for file in found.values()) else {}


_PROPERTY: Final = re.compile(r"\A(?:[a-z]+: .*\n)+")
_CONTENT: Final = re.compile(r"^\.([\w-]+)\[\n(.*?)\n\]$", re.MULTILINE | re.DOTALL)
_NOTES: Final = re.compile(r"^\?\?\?\n(.*)\Z", re.MULTILINE | re.DOTALL)


def _for_pandoc(slide: str) -> str:
    slide = _CONTENT.sub(r"::: {.\1}\n\2\n:::\n", _PROPERTY.sub("", slide))
    return _NOTES.sub(r"::: notes\n\1\n:::\n", slide)


def for_marp(slide: str) -> str:
    """A slide of ours as Marp understands it."""
    slide = _CONTENT.sub(r'<div class="\1">\n\n\2\n\n</div>\n', _PROPERTY.sub("", slide))
    return _NOTES.sub(r"<!--\n\1\n-->\n", slide)


def for_slidev(slide: str) -> str:
    """A slide of ours as Slidev understands it."""
    return for_marp(slide)


# ---- measuring


def compared(decks: Mapping[str, Path], runs: int, folder: Path) -> Iterator[Times]:
    """Each tool's times for a deck. slidebuild: nothing cached, a cached deck of which one word changed, unchanged."""
    edited = folder / "edited.md"
    text = decks["slidebuild"].read_text(encoding="utf-8")
    cache = folder / "cache"
    html = [sys.executable, "-m", "slidebuild", "html", "--quiet", "--theme", "remark", "--assets", "link"]
    jobs: dict[str, tuple[list[str | Path], Callable[[], None]]] = {
        "slidebuild, no cache": ([*html, "--no-cache", decks["slidebuild"]], lambda: None),
        "slidebuild, edited": (
            [*html, "--cache-dir", cache, "--root", folder, edited],
            lambda: _write(edited, f"{text}\n\nword {time.time_ns()}\n"),
        ),
        "slidebuild, unchanged": ([*html, "--cache-dir", cache, decks["slidebuild"]], lambda: None),
    }
    if (program := pandoc()) is not None:
        options = ["-f", "markdown-yaml_metadata_block", "-t", "revealjs", "-s", "--slide-level=0"]
        jobs["pandoc"] = ([program, *options, decks["pandoc"]], lambda: None)
    if (program := marp()) is not None:
        jobs["marp-cli"] = ([program, "--html", "--allow-local-files", decks["marp"]], lambda: None)
    yield from _measured(jobs, runs, folder, slides=_count(text))


def _measured(
    jobs: Mapping[str, tuple[list[str | Path], Callable[[], None]]], runs: int, folder: Path, slides: int
) -> list[Times]:
    cpu: dict[str, list[float]] = {tool: [] for tool in jobs}
    wall: dict[str, list[float]] = {tool: [] for tool in jobs}
    void: dict[str, str] = {}
    for number in range(runs + 1):
        for tool, (command, prepare) in jobs.items():
            output = folder / f"{tool.replace(' ', '').replace(',', '-')}.html"
            output.unlink(missing_ok=True)
            prepare()
            used, taken, status = _run([*command, "-o", output])
            found = len(_SLIDE.findall(output.read_text(encoding="utf-8"))) if output.exists() else 0
            if status != 0 or found < slides:
                void[tool] = f"exit {status}, {found} of {slides} slides"
            elif number:  # the first run warms up what is cached
                cpu[tool].append(used)
                wall[tool].append(taken)
    return [
        Times(tool, void=void[tool])
        if tool in void
        else Times(tool, statistics.median(cpu[tool]), statistics.median(wall[tool]))
        for tool in jobs
    ]


def _run(command: Sequence[str | Path]) -> tuple[float, float, int]:
    """CPU and wall-clock milliseconds of a process and its children, and its exit status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=REPOSITORY,
        env=AS_INSTALLED,
    )
    taken = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used * 1000, taken * 1000, done.returncode


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _count(text: str) -> int:
    """How many slides every tool makes of a deck at least: steps and separators, excluded slides left aside."""
    return max(1, len(re.findall(r"^---$", text, re.MULTILINE)) // 2)


def compile_ratio(runs: int) -> tuple[float, float]:
    """CPU milliseconds to compile the made slides without code and formulas, and for markdown-it-py alone to render."""
    from markdown_it import MarkdownIt

    from slidebuild.compiler import Inputs, compile_deck
    from slidebuild.diagnostics import Diagnostics
    from slidebuild.layer import Layer
    from slidebuild.source import DictLoader, SourceFile

    plain = [kind for kind in KINDS if "`" not in kind and "$" not in kind]
    slides = (kind.replace("NUMBER", str(number)) for number, kind in enumerate(islice(cycle(plain), SLIDES)))
    text = "\n---\n\n".join(slides)
    inputs = Inputs(DictLoader(), stronger=(Layer({"theme": "remark"}),), assets="link")
    ours, theirs = [], []
    for _ in range(max(runs, 3)):
        start = time.process_time()
        MarkdownIt("commonmark").enable("table").render(text)
        middle = time.process_time()
        compile_deck(SourceFile("decks/talk.md", text), inputs, Diagnostics())
        ours.append(time.process_time() - middle)
        theirs.append(middle - start)
    return min(ours) * 1000, min(theirs) * 1000


def table(title: str, times: Sequence[Times]) -> Iterator[str]:
    """Lines to print: CPU and wall-clock time, and how many times those of the other tools."""
    others = [found for found in times if not found.tool.startswith("slidebuild") and not found.void]
    heads = "".join(f"{f'x {other.tool}':>12}" for other in others)
    yield f"\n{title:32} {'CPU ms':>8} {'wall ms':>8}{heads}"
    for found in times:
        if found.void:
            yield f"{found.tool:32} void: {found.void}"
            continue
        ratios = "".join(f"{found.cpu / other.cpu:12.2f}" for other in others)
        yield f"{found.tool:32} {found.cpu:8.0f} {found.wall:8.0f}{ratios}"
