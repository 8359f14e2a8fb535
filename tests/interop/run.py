"""Lets tools from npm work on pages of ours: `python tests/interop/run.py DECK…`.

decktape has to take the page for a remark.js slideshow by itself, walk through it by remark's interface, and print as
many pages of the right shape as the page has slides. axe-core has to find nothing serious in any theme. Node.js is
needed; without npm this says so and passes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import accessibility
import pikepdf

from slidebuild.browser.find import need_browser

HERE = Path(__file__).parent
DATA = re.compile(r'<script type="application/json" id="sb-deck">(.*?)</script>', re.DOTALL)


def install() -> None:
    """Bring `node_modules` up to date; puppeteer's own browser is not wanted."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    stamp = HERE / "node_modules" / ".slidebuild"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        quiet = ["--no-fund", "--no-audit", "--no-package-lock", "--loglevel=error"]
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        subprocess.run(["npm", "install", *quiet], cwd=HERE, env=environment, check=True)
        stamp.write_text(wanted, encoding="utf-8")


def decktape(page: Path, output: Path) -> str:
    """Print a page with decktape; what it said."""
    command = ["node", HERE / "node_modules/decktape/decktape.js", "--pause", "50", "--load-pause", "500"]
    command += ["--chrome-path", need_browser(None, os.environ).path]
    if os.geteuid() == 0:
        command += ["--chrome-arg=--no-sandbox"]
    done = subprocess.run(
        [*command, page.as_uri(), output], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"decktape failed:\n{done.stdout}")
    return done.stdout


def check(deck: str, folder: Path) -> str:
    """Build a deck, print it with decktape, compare; one line about it. AssertionError when they differ."""
    page, output = folder / "deck.html", folder / "deck.pdf"
    subprocess.run([sys.executable, "-m", "slidebuild", "html", deck, "-o", page], check=True)
    found = DATA.search(page.read_text(encoding="utf-8"))
    assert found, "the page has no #sb-deck"
    data = json.loads(found[1])
    said = decktape(page.resolve(), output)
    assert "Remark JS" in said, f"decktape did not take the page for remark.js:\n{said}"
    width, height = (int(part) for part in data["ratio"].split(":"))
    with pikepdf.open(output) as pdf:
        assert len(pdf.pages) == len(data["slides"]), f"{len(pdf.pages)} pages for {len(data['slides'])} slides"
        for number, sheet in enumerate(pdf.pages, 1):
            _, _, right, top = (float(value) for value in sheet.mediabox)
            assert abs(right / top - width / height) < 0.01, f"page {number} is {right} x {top} pt"
        return f"decktape: {deck}: {len(pdf.pages)} slides, {len(pdf.pages)} pages of {data['ratio']}"


def main(decks: list[str]) -> int:
    """Check each deck."""
    if not shutil.which("npm"):
        print("interop skipped: npm (Node.js) is not installed")
        return 0
    install()
    for deck in decks:
        with tempfile.TemporaryDirectory() as folder:
            print(check(deck, Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        print(accessibility.check_all(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["decks/cycle2.md"]))
