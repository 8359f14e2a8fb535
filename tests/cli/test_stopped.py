"""A build that is stopped leaves no half file and no browser behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc"),
]

ENDLESS = "".join(f'<g id="u{n + 1}">{"".join([f"<use href=%#u{n}%/>"] * 10)}</g>' for n in range(9)).replace("%", '"')
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="u0" width="1" height="1"/>{ENDLESS}<use href="#u9"/></svg>'
PATIENCE = 60.0
"""Seconds until a process counts as one that stays."""


def family(first: int) -> set[int]:
    """A process, its children, theirs, and so on."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (status := read(entry / "stat")):
            state, parent = status.rpartition(b")")[2].split()[:2]
            if state != b"Z":
                parents.setdefault(int(parent), []).append(int(entry.name))
    found, waiting = {first}, [first]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            found.add(child)
            waiting.append(child)
    return found


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def is_renderer(number: int) -> bool:
    return b"--type=renderer" in read(Path(f"/proc/{number}/cmdline"))


def is_alive(number: int) -> bool:
    return bool(read(Path(f"/proc/{number}/cmdline")))  # one that is dead and not yet asked for has none


def until(condition: object) -> bool:
    assert callable(condition)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_build_that_is_stopped_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    """While a page is loaded that never ends."""
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n", encoding="utf-8")
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/a.md").write_text("animation: false\n\n![](endless.svg)\n", encoding="utf-8")
    (tmp_path / "decks/endless.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "dist/a").mkdir(parents=True)
    (tmp_path / "dist/a/a.pdf").write_bytes(b"the last good one")
    running = subprocess.Popen(
        [sys.executable, "-m", "slidebuild", "pdf", "decks/a.md", "--timeout", "600"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    all_of_it: set[int] = set()
    try:
        assert until(lambda: any(map(is_renderer, family(running.pid))))
        all_of_it = family(running.pid)
        assert len(all_of_it) > 4
        if how is signal.SIGINT:
            os.killpg(running.pid, how)  # Ctrl-C in a terminal reaches all of them
        else:
            running.send_signal(how)
        code = running.wait(PATIENCE)
        assert until(lambda: not any(map(is_alive, all_of_it)))
    finally:
        running.kill()
        running.wait()
        for number in filter(is_alive, all_of_it):
            os.kill(number, signal.SIGKILL)
    if how is signal.SIGINT:
        assert code == 130
    assert [path.name for path in (tmp_path / "dist").rglob("*") if path.is_file()] == ["a.pdf"]
    assert (tmp_path / "dist/a/a.pdf").read_bytes() == b"the last good one"
