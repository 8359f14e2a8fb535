"""Two thousand edits of a real deck, broken ones too: after each, the patched page is what a fresh build gives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Error, Page
from playwright.sync_api import TimeoutError as PatienceOverError
from random_edits import edited

from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import Project

pytestmark = [pytest.mark.browser, pytest.mark.long]

REPOSITORY = Path(__file__).resolve().parents[2]
EDITS = int(os.environ.get("SLIDEBUILD_SOAK") or 2000)
SEED = 6
PATIENCE = 30_000
"""Milliseconds in which an edit has to have arrived."""

COMPARE = """html => {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const slides = page => [...page.querySelectorAll('.remark-slides-area > .remark-slide-container')];
  const outer = container => JSON.stringify([...container.attributes].map(({ name, value }) => [name, value])
    .filter(([name]) => !['class', 'style', 'inert'].includes(name)).sort());
  const same = (one, other) => outer(one) === outer(other) && ['.remark-slide', '.remark-slide-notes'].every(
    part => one.querySelector(part).isEqualNode(other.querySelector(part)));
  const wanted = slides(fresh);
  const data = page => JSON.parse(page.getElementById('sb-deck')?.textContent || 'null'); // a page that still loads
  const styles = page => [...page.querySelectorAll('head > style')].map(style => style.textContent);
  const expected = { data: JSON.stringify(data(fresh)), title: fresh.title, styles: styles(fresh) };
  window.difference = () => {
    const have = slides(document);
    if (have.length !== wanted.length) return `${have.length} slides instead of ${wanted.length}`;
    for (const [index, slide] of wanted.entries()) {
      if (same(have[index], slide)) continue;
      return `slide ${index + 1}: ${have[index].outerHTML}\\ninstead of\\n${slide.outerHTML}`;
    }
    if (JSON.stringify(data(document)) !== expected.data) return 'data';
    if (document.title !== expected.title) return `title ${document.title} instead of ${expected.title}`;
    const given = styles(document);
    return expected.styles.every((text, index) => given[index] === text) ? '' : 'styles';
  };
}"""
FAILED = "document.querySelector('#sb-preview-overlay')?.shadowRoot.querySelector('.bar').hidden === false"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("decks", "img", "themes"):
        if (REPOSITORY / folder).is_dir():
            shutil.copytree(REPOSITORY / folder, tmp_path / "talks" / folder)
    return (tmp_path / "talks").resolve()


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[tuple[int, str]]:
    """Process number and address of `slidebuild serve`."""
    said = tmp_path / "said.txt"
    command = [sys.executable, "-u", "-m", "slidebuild", "serve", "decks/cycle2.md", "--port", "0"]
    with said.open("w") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=subprocess.STDOUT)
    with process:
        try:
            while (found := re.search(r"http://\S+", said.read_text(encoding="utf-8"))) is None:
                assert process.poll() is None, said.read_text(encoding="utf-8")
                time.sleep(0.1)
            yield process.pid, found[0]
        finally:
            process.kill()


class Fonts(dict[str, bytes]):
    """Keeps fonts, which take longest to make; slides and pages are made anew each time."""

    __hash__ = object.__hash__  # as all caches

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


FONTS = Fonts()


def fresh(root: Path) -> str | None:
    """The page as `slidebuild html` makes it; None when it refuses."""
    found = Diagnostics()
    opened = Project.open(root, found).open_deck("decks/cycle2.md", found)
    if opened is None:
        return None
    page = make_page(compile_deck(opened.source, replace(opened.inputs, cache=FONTS), found), found)
    return None if found.has_errors else page.html


def memory(process: int) -> int:
    """Resident megabytes of a process."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(text.split("VmRSS:")[1].split()[0]) // 1024


def note(line: str) -> None:
    """Tell how far it is, to whoever gave a file for it."""
    if name := os.environ.get("SLIDEBUILD_SOAK_LOG"):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def heap(page: Page) -> float:
    """Megabytes of the page's script after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    size = float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
    session.detach()
    return size


def arrived(page: Page, html: str) -> None:
    """Wait until the page is the fresh one. A patch that asks for a reload takes the comparison with it."""
    for _ in range(5):
        try:
            page.evaluate(COMPARE, html)
            page.wait_for_function(
                "window.difference ? window.difference() === '' : true", timeout=PATIENCE, polling=40
            )
            if page.evaluate("typeof window.difference === 'function'"):
                return
        except PatienceOverError as error:
            raise AssertionError(page.evaluate("window.difference && window.difference()")) from error
        except Error as error:
            if "Execution context was destroyed" not in error.message:
                raise
        page.wait_for_load_state()
    raise AssertionError("the page is loaded again and again")


def test_patched_page_equals_a_fresh_build_after_each_of_many_edits(
    root: Path, server: tuple[int, str], browser: Browser
) -> None:
    process, address = server
    file = root / "decks" / "cycle2.md"
    original = text = file.read_text(encoding="utf-8")
    random = Random(SEED)
    page = browser.new_page(viewport={"width": 1000, "height": 600})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    page.goto(address)
    page.wait_for_function("typeof slideshow === 'object'")
    broken, early = 0, (0, 0.0)
    for number in range(EDITS):
        text = edited(text, original, random)
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        html = fresh(root)
        try:
            if html is None:
                broken += 1
                page.wait_for_function(FAILED, timeout=PATIENCE)
                text = original
            else:
                arrived(page, html)
        except Exception as error:
            raise AssertionError(f"edit {number}: {error}") from error
        assert errors == []
        if number == EDITS // 5:
            early = memory(process), heap(page)
        if number % 100 == 0:
            note(f"edit {number}: {memory(process)} MB")
    late = memory(process), heap(page)
    page.close()
    assert broken or EDITS < 100
    note(f"{EDITS} edits, {broken} broken; MB of server and script: {early}, {late}")
    assert EDITS < 1000 or late[0] < early[0] + 30  # before, it is still growing to its size
    assert late[1] < early[1] * 1.5 + 5
