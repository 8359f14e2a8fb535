"""The server as a program: its port, what it says, how it stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from smalldeck import workspace, write_project

from slidebuild.preview import serve
from slidebuild.preview.server import PreviewServer

PROGRAM = """
import sys
from pathlib import Path
from smalldeck import workspace
from slidebuild.preview import serve
serve(workspace(Path(sys.argv[1]), "decks/a.md"), port=int(sys.argv[2]), say=lambda line: print(line, flush=True))
"""


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@contextmanager
def run(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The program; it does not outlive the test, however that ends."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(root), str(port)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.mark.parametrize(("sign", "last"), [(signal.SIGINT, "Stopped.\n"), (signal.SIGTERM, "")])
def test_it_tells_what_it_does_and_stops_at_once_though_a_page_listens(
    tmp_path: Path, taken: int, sign: signal.Signals, last: str
) -> None:
    root = write_project(tmp_path / "talks", a="hello TODO")
    with run(root, taken) as process:
        said = line(process)
        assert said.startswith(f"Port {taken} is taken, so this is ")
        port = int(said.removesuffix(".").split()[-1])
        assert line(process) == f"Showing decks/a.md at http://127.0.0.1:{port}/ (Ctrl-C stops)"
        assert " decks/a.md built in " in line(process)  # nobody has asked for it yet
        assert "decks/a.md:1:7: warning: todo is in the text [missing-image]" in line(process)
        assert [line(process) for _ in range(3)][-1] == "hint: take it out"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/events/decks/a.md", timeout=10) as events:
            assert events.readline().startswith(b"data: {")
            process.send_signal(sign)
            rest, _ = process.communicate(timeout=10)
        assert rest == last
        assert process.returncode == (-sign if sign is signal.SIGTERM else 0)


def test_server_listens_on_this_machine_alone(tmp_path: Path) -> None:
    server = PreviewServer(workspace(tmp_path))
    try:
        assert server.address.startswith("http://127.0.0.1:")
    finally:
        server.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_own_machine_needs_no_token(tmp_path: Path, host: str) -> None:
    server = PreviewServer(workspace(tmp_path), host=host)
    try:
        assert not server.is_public
        assert "token" not in server.address
    finally:
        server.close()


def test_other_addresses_come_with_a_token_of_their_own(tmp_path: Path) -> None:
    servers = [PreviewServer(workspace(tmp_path), host="0.0.0.0") for _ in range(2)]
    try:
        tokens = {re.fullmatch(r"http://[\d.]+:\d+/\?token=([\w-]{20,})", server.address) for server in servers}
        assert None not in tokens
        assert len({found[1] for found in tokens if found}) == 2
        assert all(server.is_public for server in servers)
    finally:
        for server in servers:
            server.close()


def test_everyone_is_warned_of_an_open_address(tmp_path: Path) -> None:
    said: list[str] = []
    with patch.object(PreviewServer, "show", lambda server, _opener: server.close()):
        serve(workspace(tmp_path), port=0, host="0.0.0.0", say=said.append)
    assert "token=" in said[0]
    assert said[1].startswith("Warning: everyone who reaches 0.0.0.0")


def test_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="address"):
        PreviewServer(workspace(tmp_path), host="192.0.2.1")
