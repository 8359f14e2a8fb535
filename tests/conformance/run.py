"""Builds a corpus of real decks and has it compared, slide by slide, with what remark.js made of them.

    python tests/conformance/run.py CORPUS [option of the comparer …]

CORPUS holds decks, their options and goldens; the comparer, `compare.py`, stands in `CORPUS/../tools`. Both are kept
outside this repository: the decks are other people's. Options such as `--only NAME --diff` are handed on.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

BAR: Final = 1.0
"""The share of slides that must be exactly as remark.js makes them."""
EXPECTED: Final = Path(__file__).with_name("expected.txt")


def decks_of(corpus: Path, tools: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, deck and options file of each deck that has a golden, as the comparer names them."""
    sys.path.insert(0, str(tools))
    oracle = importlib.import_module("remark_oracle")
    for deck in oracle.corpus_decks(corpus, need_golden=True):
        options, _ = oracle.deck_files(deck)
        relative = deck.relative_to(corpus)
        yield str(relative.parent if deck.name == "deck.md" else relative.with_suffix("")), deck, options


def build(job: tuple[Path, Path, Path]) -> str | None:
    """Build one deck as `slidebuild html` would; what went wrong, or None."""
    from slidebuild.cli import main

    deck, options, out = job
    config = ["--config", str(options)] if options.exists() else []
    arguments = ["html", str(deck), *config, "--theme", "remark", "--assets", "link", "--no-cache", "-o", str(out)]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main(arguments)
    except SystemExit as end:
        return None if not end.code else f"exit {end.code}: {said.getvalue().strip()[-300:]}"
    except Exception:  # noqa: BLE001 - a crash on one deck must not hide the others
        return traceback.format_exc(limit=-3)
    return None


def build_all(corpus: Path, tools: Path, folder: Path, only: list[str]) -> int:
    """Build every deck into `folder/NAME.html` (`/` as `__`); the number built."""
    jobs = {
        name: (deck, options, folder / (name.replace("/", "__") + ".html"))
        for name, deck, options in decks_of(corpus, tools)
        if not only or any(part in name for part in only)
    }
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for name, wrong in zip(jobs, pool.imap(build, jobs.values(), chunksize=4), strict=True):
            if wrong:
                print(f"{name}: {wrong}", file=sys.stderr)
    return len(jobs)


def with_browser(environment: dict[str, str]) -> dict[str, str]:
    """The environment with the browser that slidebuild found, for a comparer that looks on the PATH alone."""
    from slidebuild.browser.find import need_browser

    return {"ORACLE_CHROMIUM": str(need_browser(None, environment).path), **environment}


def main(corpus: Path, *options: str) -> int:
    """Build, compare, report; the comparer's exit status."""
    tools = corpus.parent / "tools"
    if not (corpus.is_dir() and (tools / "compare.py").exists()):
        print(f"conformance skipped: {corpus} with {tools / 'compare.py'} is not there (CORPUS=folder names another)")
        return 0
    only = [value for option, value in pairwise(options) if option == "--only"]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        count = build_all(corpus, tools, Path(folder), only)
        print(f"{count} decks built in {time.perf_counter() - start:.1f} s", flush=True)
        command = [sys.executable, tools / "compare.py", "--corpus", corpus, "--built-dir", folder]
        rules = ["--min-exact", str(BAR), "--expected", EXPECTED]
        status = subprocess.run(
            [*command, *rules, *options], env=with_browser(dict(os.environ)), check=False
        ).returncode
        print(f"conformance took {time.perf_counter() - start:.1f} s")
    return status


if __name__ == "__main__":
    if len(sys.argv) < 2 or re.match("-", sys.argv[1]):
        print("conformance skipped: no corpus given (make conformance CORPUS=folder)")
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1]).resolve(), *sys.argv[2:]))
