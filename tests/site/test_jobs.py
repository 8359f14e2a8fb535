"""Decks that are built by several processes: forked ones, and interpreters of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sites import Talks

from slidebuild import fonts
from slidebuild.passes import math_font
from slidebuild.site import hiring
from slidebuild.site.making import Workshop
from slidebuild.site.order import Order


def order(talks: Talks) -> Order:
    return Order(root=talks.root, output=talks.root / "dist", has_pdf=False)


@pytest.fixture
def thread() -> Iterator[None]:
    """Something that another thread does meanwhile."""
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    yield
    end.set()
    other.join()


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")
def test_processes_are_forked_where_there_is_no_other_thread(tmp_path: Path) -> None:
    talks = Talks.make(tmp_path)
    program = (
        "from slidebuild.site import hiring\n"
        "hiring._started = None\n"  # cannot be called
        "from slidebuild.cli import main\n"
        "main(['build', '--no-pdf', '--jobs', '2'])\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=talks.root, check=True, capture_output=True)
    assert "refraction" in talks.output("one/index.html")


@pytest.mark.usefixtures("thread")
def test_where_there_is_another_thread_interpreters_are_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(hiring, "_forked")
    talks = Talks.make(tmp_path / "started")
    talks.build("--jobs", "2")
    alone = Talks.make(tmp_path / "alone")
    alone.build("--jobs", "1")
    assert talks.files == alone.files


def test_what_was_made_for_the_first_deck_serves_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = Talks.make(tmp_path)
    talks.edit("decks/one.md", "refraction", "refraction $x^2$")
    with Workshop(order(talks)) as workshop:
        workshop.begin("decks/one.md")
        monkeypatch.delattr(fonts, "_cut")
        monkeypatch.delattr(math_font, "_cut")
        assert workshop.make("decks/two.md").outputs
    assert "Sound" in talks.output("two/index.html")


def test_a_deck_that_was_begun_is_built_as_any_other(tmp_path: Path) -> None:
    talks = Talks.make(tmp_path)
    with Workshop(order(talks)) as workshop:
        workshop.begin("decks/one.md")
        begun = workshop.make("decks/one.md")
        again = workshop.make("decks/one.md")
    assert (begun.outputs, begun.inputs, begun.slides) == (again.outputs, again.inputs, again.slides)
    assert len(begun.outputs) > 2


def test_macros_are_not_run_where_they_could_end_the_whole_build(tmp_path: Path) -> None:
    talks = Talks.make(tmp_path, "macros: deadly\n")
    (talks.root / "deadly.py").write_text("import os\n\ndef die(call):\n    os._exit(9)\n", encoding="utf-8")
    talks.edit("decks/2025/three.md", "home", "![:die]()")  # the first
    said = talks.build("--jobs", "2", code=1)["diagnostics"]
    assert any("ended with exit code 9" in item["message"] for item in said)


def test_processes_end_when_the_one_that_forked_them_is_killed(tmp_path: Path) -> None:
    talks = Talks.make(tmp_path)
    for number in range(60):
        (talks.root / f"decks/more{number}.md").write_text(f"# Number {number}\n\n$x^{number}$\n", encoding="utf-8")
    build = subprocess.Popen(
        [sys.executable, "-m", "slidebuild", "build", "--quiet", "--no-pdf", "--jobs", "2"],
        cwd=talks.root,
        stdout=subprocess.PIPE,
    )
    while not list((talks.root / "dist").glob("*/index.html")):
        time.sleep(0.01)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    assert build.stdout is not None
    with build.stdout:
        build.stdout.read()  # ends when all have ended that could write there
    assert not (talks.root / "dist/index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_on_a_terminal_decks_are_told_on_lines_of_their_own(tmp_path: Path) -> None:
    import pty

    talks = Talks.make(tmp_path)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "slidebuild", "build", "--no-pdf", "--jobs", "2"]
    build = subprocess.Popen(command, cwd=talks.root, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # how Linux tells the end of a terminal
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    assert build.wait() == 0
    text = said.decode()
    assert "3/3" in text
    told = [line for line in text.replace("\x1b[2K", "\r").splitlines() if "dist/" in line]
    assert len(told) == 4
    assert all(line.startswith(str(talks.root)) for line in told)
