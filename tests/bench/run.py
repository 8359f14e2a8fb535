"""Measures slidebuild as its users meet it: `python tests/bench/run.py [--runs N] [--json FILE] [DECK]`.

Commands are timed as whole processes; the preview from the moment a file is saved to the frame in which the new text
is painted. All figures are wall-clock milliseconds on this machine: compare them with those of the same machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from made_decks import DECKS, write_deck
from peers import AS_INSTALLED, compared, compile_ratio, cycle2, table, thousand
from printing import report
from save_to_paint import painted_after_save
from whole_site import Build, builds

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """One measurement."""

    what: str
    runs: int
    median: float
    p95: float

    @staticmethod
    def of(what: str, milliseconds: list[float]) -> Row:
        ranked = sorted(milliseconds)
        return Row(what, len(ranked), statistics.median(ranked), ranked[int(0.95 * (len(ranked) - 1) + 0.5)])

    def __str__(self) -> str:
        return f"{self.what:48} {self.runs:4} {self.median:10.0f} {self.p95:10.0f}"


def command(what: str, runs: int, *arguments: str | Path) -> Row:
    """Time a slidebuild command."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "slidebuild", *arguments],
            check=True,
            capture_output=True,
            cwd=REPOSITORY,
            env=AS_INSTALLED,
        )
        times.append((time.perf_counter() - start) * 1000)
    return Row.of(what, times)


def commands(deck: str, runs: int, folder: Path) -> Iterator[Row]:
    """Start, HTML and PDF."""
    yield command("slidebuild --version", runs, "--version")
    yield command(f"html {deck}", runs, "html", deck, "-o", folder / "html")
    yield command(f"html {deck}, one file", runs, "html", deck, "--assets", "inline", "-o", folder / "one.html")
    yield command(f"pdf {deck}", max(1, runs // 2), "pdf", deck, "-o", folder / "deck.pdf")


@contextmanager
def made_project(folder: Path) -> Iterator[Path]:
    """A project of decks of known length."""
    root = folder / "talks"
    for name, slides in DECKS.items():
        write_deck(root / "decks" / f"{name}.md", slides)
    yield root
    shutil.rmtree(root)


def ours(deck: str, runs: int, edits: int, folder: Path) -> list[Row]:
    """Commands and preview, printed as they are measured."""
    rows: list[Row] = []
    load = os.getloadavg()[0]
    print(f"{'':48} {'runs':>4} {'median ms':>10} {'p95 ms':>10}     (load {load:.1f} on {os.cpu_count()} cores)")

    def show(row: Row) -> None:
        rows.append(row)
        print(row, flush=True)

    for row in commands(deck, runs, folder):
        show(row)
    with made_project(folder) as root:
        for name, slides in DECKS.items():
            made = f"decks/{name}.md"
            show(command(f"html, {slides} slides", 1, "html", root / made, "-o", folder / "made"))
            for tool, times in painted_after_save(root / "preview", slides, edits).items():
                show(Row.of(f"preview: save to paint, {slides} slides, {tool}", times))
    return rows


def side_by_side(runs: int, folder: Path) -> dict[str, object]:
    """Other tools on the same decks, printed and as data."""
    found: dict[str, object] = {}
    for title, decks in (("cycle2", cycle2()), ("1,000 slides", thousand(folder / "thousand"))):
        if decks:
            times = list(compared(decks, runs, folder))
            found[title] = [asdict(one) for one in times]
            print("\n".join(table(title, times)), flush=True)
    mine, alone = compile_ratio(runs)
    found["compile"] = {"slidebuild": mine, "markdown-it-py": alone}
    print(
        f"\ncompile, 1,000 plain slides: {mine:.0f} ms CPU, markdown-it-py alone {alone:.0f} ms: x {mine / alone:.2f}"
    )
    return found


def site_builds(folder: Path) -> Iterator[Build]:
    """A site without PDFs, and a small one with them."""
    yield from builds(folder / "pages", has_pdf=False)
    yield from builds(folder / "printed", has_pdf=True, decks=6)


def main() -> int:
    """Measure and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("deck", nargs="?", default="decks/cycle2.md")
    arguments.add_argument("--runs", type=int, default=5, help="of each command")
    arguments.add_argument("--edits", type=int, default=30, help="of each deck in the preview")
    arguments.add_argument("--peers-only", action="store_true", help="compare with other tools, nothing else")
    arguments.add_argument("--pdf-only", action="store_true", help="compare printing with other tools, nothing else")
    arguments.add_argument("--site-only", action="store_true", help="a site of a hundred decks, nothing else")
    arguments.add_argument("--json", type=Path, help="write the figures here as well")
    given = arguments.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        if given.site_only or not (given.peers_only or given.pdf_only):
            for build in site_builds(Path(temporary)):
                print(build, flush=True)
        if given.site_only:
            return 0
        for line in report(given.runs, Path(temporary) / "pdf"):
            print(line, flush=True)
        if given.pdf_only:
            return 0
        if not given.peers_only:
            rows = ours(given.deck, given.runs, given.edits, Path(temporary))
        beside = side_by_side(given.runs, Path(temporary) / "peers")
    if given.json:
        given.json.write_text(
            json.dumps({"rows": [asdict(row) for row in rows], "peers": beside}, indent=1) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
