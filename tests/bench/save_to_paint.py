"""How long an edit takes from the file to the screen: slidebuild, and where npm is there Slidev and Marp's server.

Every tool serves the same slides and shows the one in the middle in a window of its own; then a word on it is changed,
in one tool after the other, again and again. Timed is what passes from the end of the save to the end of the frame in
which the word was painted, by the clock of the machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from made_decks import KINDS
from peers import TOOLS, for_marp, for_slidev, marp
from playwright.sync_api import Browser, Page, sync_playwright

from slidebuild.browser.find import need_browser

SLIDEV: Final = "51.0.0"
PAUSE: Final = 400
"""Milliseconds between two edits."""
GIVEN_UP: Final = 15_000
"""Milliseconds after which an edit counts as lost."""
WATCH: Final = """selector => {
  const look = () => {
    const word = sessionStorage.getItem('word');
    const shown = word && document.querySelector(selector);
    if (!shown || !shown.textContent.includes(word)) return requestAnimationFrame(look);
    sessionStorage.removeItem('word');
    // This runs right before the frame is painted; the message arrives after it.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { painted(performance.timeOrigin + performance.now()); requestAnimationFrame(look); };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
}"""
"""Runs in every page, also when it is loaded again."""


@dataclass(frozen=True)
class Tool:
    """A preview."""

    name: str
    write: Callable[[Path, int], None]
    """Writes the deck of so many slides; `EDIT` stands once, on the slide in the middle."""
    command: Callable[[Path, int], list[str | Path]]
    """Serves a deck on a port."""
    address: Callable[[int, Path, int], str]
    """Of a slide, counted from 1."""
    shown: str
    """Selector of the slide that is shown."""
    environment: Callable[[int], dict[str, str]] = lambda _port: {}


def tools() -> Iterator[Tool]:
    """Those that are here."""
    yield Tool(
        "slidebuild",
        lambda file, slides: _write(file, slides, lambda slide: slide),
        lambda file, port: [
            sys.executable,
            "-m",
            "slidebuild",
            "serve",
            file,
            "--port",
            str(port),
            "--root",
            file.parent,
        ],
        lambda port, file, number: f"http://127.0.0.1:{port}/{file.name}#{number}",
        ".remark-visible",
    )
    if (program := slidev()) is not None:
        yield Tool(
            "Slidev",
            lambda file, slides: _write(file, slides, for_slidev, "---\ntheme: none\n---\n\n"),
            lambda file, port: [program, file, "--port", str(port)],
            lambda port, _file, number: f"http://localhost:{port}/{number}",
            "#slide-content, #slide-container",
        )
    if (program_marp := marp()) is not None:
        yield Tool(
            "marp -s",
            lambda file, slides: _write(file, slides, for_marp, "---\nmarp: true\nmath: katex\n---\n\n"),
            lambda file, _port: [program_marp, "--html", "-s", file.parent],
            lambda port, file, number: f"http://localhost:{port}/{file.name}#{number}",
            ".bespoke-marp-active",
            lambda port: {"PORT": str(port)},
        )


def slidev() -> Path | None:
    """Slidev; None where there is no npm, or the install fails."""
    npm = shutil.which("npm")
    folder = TOOLS / "slidev"
    program = folder / "node_modules" / ".bin" / "slidev"
    if npm is not None and not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packages = [f"@slidev/cli@{SLIDEV}", "@slidev/theme-default"]
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, *packages], check=False, capture_output=True
        )
    return program if program.exists() else None


def _write(file: Path, slides: int, translate: Callable[[str], str], head: str = "") -> None:
    parts = [translate(KINDS[n % len(KINDS)].replace("NUMBER", str(n))) for n in range(slides)]
    parts[slides // 2] = "## In the middle\n\nEDIT\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + "\n---\n\n".join(parts), encoding="utf-8")


def painted_after_save(folder: Path, slides: int, edits: int) -> dict[str, list[float]]:
    """Milliseconds of each edit, by tool; `inf` for one that never showed."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=need_browser(None, os.environ).path, args=arguments)
        running = [stack.enter_context(_running(tool, folder, slides, browser)) for tool in tools()]
        times: dict[str, list[float]] = {one.tool.name: [] for one in running}
        for edit in range(edits + 1):
            for one in running:
                taken = one.edit(f"EDIT{edit}x")
                if edit:  # the first one warms everything up
                    times[one.tool.name].append(taken)
        browser.close()
    return times


@dataclass
class _Running:
    """A tool that runs, with its window."""

    tool: Tool
    file: Path
    text: str
    page: Page
    painted: list[float]

    def edit(self, word: str) -> float:
        """Change the word and wait until it is painted."""
        self.painted.clear()
        self.page.bring_to_front()
        self.page.evaluate("word => sessionStorage.setItem('word', word)", word)
        self.file.write_text(self.text.replace("EDIT", word), encoding="utf-8")
        saved = time.time() * 1000
        deadline = time.monotonic() + GIVEN_UP / 1000
        while not self.painted and time.monotonic() < deadline:
            self.page.wait_for_timeout(10)
        self.page.wait_for_timeout(PAUSE)
        return self.painted[0] - saved if self.painted else float("inf")


@contextmanager
def _running(tool: Tool, folder: Path, slides: int, browser: Browser) -> Iterator[_Running]:
    file = folder / re.sub(r"\W", "", tool.name) / "deck.md"
    tool.write(file, slides)
    port = _free_port()
    environment = {**os.environ, "BROWSER": "none", **tool.environment(port)}
    process = subprocess.Popen(
        tool.command(file, port),
        cwd=file.parent,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    painted: list[float] = []
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.expose_function("painted", lambda at: painted.append(at))
    page.add_init_script(f"({WATCH})({tool.shown!r})")
    try:
        _open(page, tool.address(port, file, slides // 2 + 1))
        yield _Running(tool, file, file.read_text(encoding="utf-8"), page, painted)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait()
        if process.stdin:
            process.stdin.close()


def _open(page: Page, address: str) -> None:
    for _ in range(240):
        try:
            page.goto(address, wait_until="load", timeout=60_000)
            page.get_by_text("EDIT").first.wait_for(timeout=60_000)
            page.wait_for_timeout(2000)
        except Exception as error:  # noqa: BLE001 - whatever the browser says while the server is not there yet
            last: Any = error
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"{address} does not answer: {last}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
