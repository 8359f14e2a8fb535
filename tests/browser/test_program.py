"""Programs that are started with pipes: these are scripts that behave as browsers, well or badly."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from slidebuild.browser import by_pipe
from slidebuild.browser.by_pipe import PipeBrowser
from slidebuild.browser.errors import DrivingError
from slidebuild.browser.find import need_browser
from slidebuild.browser.program import IS_POSSIBLE, Program
from slidebuild.browser.switches import switches

pytestmark = pytest.mark.skipif(not IS_POSSIBLE, reason="Playwright starts the browser here")

VERSION = """printf '{"id":1,"result":{"product":"Chrome/1.2.3.4"}}\\0' >&4"""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where programs get their folders: its name is short, as those of sockets have to be."""
    with tempfile.TemporaryDirectory(prefix="sb-") as place:
        monkeypatch.setattr(tempfile, "tempdir", place)
        yield Path(place)


def script(folder: Path, *lines: str) -> Path:
    program = folder / "browser.sh"
    program.write_text("\n".join(("#!/bin/sh", *lines)), encoding="utf-8")
    program.chmod(0o755)
    return program


def processes(word: str) -> set[int]:
    """The groups of those that run with a word in their command line or environment, and all in those groups."""
    groups = set()
    running = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    for number in set(running) - {os.getpid()}:
        with suppress(OSError):
            said = Path(f"/proc/{number}/cmdline").read_bytes() + Path(f"/proc/{number}/environ").read_bytes()
            if word.encode() in said:
                groups.add(os.getpgid(number))
    return {number for number in running for group in groups if is_in(number, group)}


def is_in(number: int, group: int) -> bool:
    """Whether a process runs and is in a group."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return False
    return state[0] not in "ZX" and int(state[2]) == group


def comes_true(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    return what()


def test_program_gets_the_pipes_nothing_else_of_ours_and_a_folder_that_goes_with_it(folder: Path) -> None:
    secret = os.open(folder, os.O_RDONLY)
    os.set_inheritable(secret, False)
    program = Program.start(
        script(
            folder, "ls /proc/$$/fd > $TMPDIR/fds", "echo warning >&2", 'printf "%s\\0" "$1 $MARK" >&4', "cat <&3 >&4"
        ),
        ["--first"],
        {**os.environ, "MARK": "kept"},
    )
    os.close(secret)
    assert program.pipe.read(time.monotonic() + 20) == b"--first kept"
    program.pipe.write(b"echo")  # which comes back
    assert program.pipe.read(time.monotonic() + 20) == b"echo"
    assert program.is_running
    assert program.said() == "warning\n"
    (own,) = folder.glob("slidebuild-*")
    assert {"0", "1", "2", "3", "4"} <= set((own / "fds").read_text("utf-8").split())
    assert not {number for number in (own / "fds").read_text("utf-8").split() if 4 < int(number) < 10}
    program.end()
    assert not program.is_running
    assert not own.exists()
    program.kill()  # once more does nothing


def test_what_a_program_started_ends_with_it(folder: Path) -> None:
    program = Program.start(script(folder, "sleep 1000 &", VERSION, "wait"), [], os.environ)
    program.pipe.read(time.monotonic() + 20)
    (own,) = folder.glob("slidebuild-*")
    assert len(processes(str(own))) == 2
    program.end()
    assert comes_true(lambda: not processes(str(own)))


def test_program_that_ends_says_how() -> None:
    for command, said in (("exit 7", "it ended with exit code 7"), ("kill -9 $$", "it ended by SIGKILL")):
        program = Program.start(script(Path(tempfile.gettempdir()), command), [], os.environ)
        assert program.how_it_ended() == said
        assert not program.is_running
        program.end()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("exit 7",), "^it ended with exit code 7\n$"),
        (("echo hello >&2", "echo '[1:2:1123/1.2:ERROR:a.cc:9] No disk error' >&2", "exit 1"), "^No disk error\n"),
        (("echo '[1:ERROR:a.cc(9)] Less' >&2", "echo '[1:FATAL:a.cc(9)] Most' >&2", "exit 1"), "^Most\n"),
        (("exec 4>&-", "sleep 1000"), "^it closed its pipe\n$"),
        (("sleep 1000",), r"^it did not answer within 0\.2 s$"),
    ],
)
def test_browser_that_does_not_start_says_why_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(by_pipe, "_STARTING", 0.2 if "answer" in said else 20)
    monkeypatch.setattr("slidebuild.browser.program._ENDING", 0.2)
    with pytest.raises(DrivingError, match=said):
        PipeBrowser.start(script(folder, *lines), "http://127.0.0.1:9", sandbox=True)
    assert not list(folder.glob("slidebuild-*"))
    assert comes_true(lambda: not processes(str(folder / "slidebuild-")))


def test_program_that_cannot_be_run_says_why_and_leaves_nothing(folder: Path) -> None:
    text = folder / "text"
    text.write_text("no program")
    with pytest.raises(DrivingError, match="Permission denied"):
        Program.start(text, [], os.environ)
    assert not list(folder.glob("slidebuild-*"))


def test_browser_tells_its_version_and_when_it_is_gone(folder: Path) -> None:
    browser = PipeBrowser.start(script(folder, VERSION, "cat <&3 >/dev/null"), "http://127.0.0.1:9", sandbox=False)
    assert browser.version == "1.2.3.4"
    assert browser.is_there
    browser.kill()
    assert comes_true(lambda: not browser.is_there)
    browser.close()


def test_folders_of_browsers_whose_owners_were_killed_are_removed_by_the_next(folder: Path) -> None:
    quiet = script(folder, "exec cat <&3")
    left, running, young = (Program.start(quiet, [], os.environ) for _ in range(3))
    places = [program._folder for program in (left, running, young)]
    other = folder / "slidebuild-other"
    other.mkdir()
    for program in (left, young):
        program.kill()
        assert comes_true(lambda program=program: not program.is_running)  # type: ignore[misc]
    os.close(left._log)  # as if we had been killed
    left._log = os.open(os.devnull, os.O_RDONLY)
    for place in (*places[:2], other):
        os.utime(place, (1, 1))
    Program.start(quiet, [], os.environ).end()
    assert [place.exists() for place in (*places, other)] == [False, True, True, True]
    for program in (left, running, young):
        program.end()


@pytest.mark.browser
def test_no_browser_outlives_us_when_we_are_killed(folder: Path) -> None:
    code = (
        "import os, time\n"
        "from slidebuild.browser.find import need_browser\nfrom slidebuild.browser.session import Session\n"
        "with Session(need_browser(None, os.environ), to_print=True) as session:\n"
        "    session.call(lambda: None)\n    print('runs', flush=True)\n    time.sleep(1000)\n"
    )
    environ = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE) as us:
        assert us.stdout is not None
        said = us.stdout.readline()
        (own,) = folder.glob("slidebuild-*")
        running = {number for number in processes(f"--user-data-dir={own}") if number != us.pid}
        us.kill()
    assert said == b"runs\n"
    assert len(running) > 2
    assert comes_true(lambda: not [number for number in running if Path(f"/proc/{number}").exists()])


@pytest.mark.browser
def test_browser_starts_where_temporary_files_lie_deep(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / ("long" * 20)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    browser = PipeBrowser.start(need_browser(None, os.environ).path, "http://127.0.0.1:9", sandbox=os.geteuid() != 0)
    browser.close()
    assert not list(deep.iterdir())


@pytest.mark.browser
def test_real_browser_leaves_neither_files_nor_processes(folder: Path) -> None:
    browser = PipeBrowser.start(need_browser(None, os.environ).path, "http://127.0.0.1:9", sandbox=os.geteuid() != 0)
    browser.tab((200, 100), javascript=False, scale=1.0)
    (own,) = folder.glob("slidebuild-*")
    running = processes(str(own))
    assert len(running) > 2
    browser.close()
    assert not own.exists()
    assert comes_true(lambda: not [number for number in running if Path(f"/proc/{number}").exists()])
    assert not list(folder.iterdir())


def test_what_puts_pages_on_the_screen_stands_apart_where_the_sandbox_protects_it() -> None:
    with_sandbox, without = (switches("http://127.0.0.1:9", sandbox=sandbox) for sandbox in (True, False))
    assert set(without) - set(with_sandbox) == {"--no-sandbox", "--in-process-gpu"}
    assert set(with_sandbox) <= set(without)
