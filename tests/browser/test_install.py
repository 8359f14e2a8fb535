from __future__ import annotations

import sys
from pathlib import Path

import pytest

from slidebuild.browser import install as module
from slidebuild.browser import program
from slidebuild.browser.driver import DriverFault
from slidebuild.browser.fonts import Fonts
from slidebuild.browser.install import install

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")


class Machine:
    """A bare machine with stand-in programs."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bin = root / "bin"
        self.bin.mkdir()
        self.shown: list[str] = []
        self.environ = {"PATH": str(self.bin), "HOME": str(root)}
        monkeypatch.setattr(module.sys, "executable", str(self.program("python", "exit 1")))
        monkeypatch.setattr(module, "find_fonts", lambda environ: Fonts((), "Some Emoji"))
        monkeypatch.setattr(module, "is_root", lambda: True)
        monkeypatch.setattr(module, "driver_fault", lambda environ: None)
        monkeypatch.setattr("slidebuild.browser.find.sys.platform", "linux")

    def program(self, name: str, script: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def makes(self, name: str, text: str = "#!/bin/sh") -> str:
        """Shell that puts a program on PATH."""
        path = self.bin / name
        return f"echo '{text}' > {path}; /bin/chmod 755 {path}"

    def install(self) -> bool:
        return install(None, self.environ, self.shown.append)

    @property
    def commands(self) -> list[str]:
        return [line.removeprefix("$ ") for line in self.shown if line.startswith("$ ")]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_debian_gets_chromium_without_windows_after_an_update(machine: Machine) -> None:
    machine.program("apt-get", f'case "$*" in *-shell) {machine.makes("chromium-headless-shell")};; esac; echo done')
    assert machine.install()
    assert machine.commands == [
        "apt-get update",
        "apt-get install -y --no-install-recommends chromium-headless-shell",
    ]
    assert "  done" in machine.shown


def test_snap_stub_is_not_taken_and_playwright_comes_next(machine: Machine) -> None:
    stub = machine.makes("chromium-browser", "#!/bin/sh snap install")
    machine.program("apt-get", f'case "$*" in *" chromium" | *-shell) exit 100;; *chromium-browser) {stub};; esac')
    machine.program("python", machine.makes("google-chrome"))
    assert machine.install()
    assert machine.commands[1:5] == [
        "apt-get install -y --no-install-recommends chromium-headless-shell",
        "apt-get install -y --no-install-recommends chromium",
        "apt-get install -y --no-install-recommends chromium-browser",
        f"{machine.bin}/python -m playwright install --with-deps chromium",
    ]
    assert "  failed (exit 100)" in machine.shown


def test_without_root_and_sudo_the_command_is_told(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_root", lambda: False)
    machine.program("apt-get", "exit 1")
    assert not machine.install()
    assert "apt-get needs root; to install it yourself: sudo apt-get install chromium-headless-shell" in machine.shown
    assert machine.commands == [f"{machine.bin}/python -m playwright install chromium"]


def test_sudo_is_used_when_it_asks_for_no_password(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_root", lambda: False)
    machine.program("apt-get", "exit 1")
    machine.program("sudo", f'case "$*" in *install*) {machine.makes("chromium")};; esac')
    assert machine.install()
    assert machine.commands[:2] == [
        "sudo -n apt-get update",
        "sudo -n apt-get install -y --no-install-recommends chromium-headless-shell",
    ]


def test_brew_is_tried_where_there_is_no_apt(machine: Machine) -> None:
    machine.program("brew", machine.makes("chromium"))
    assert machine.install()
    assert machine.commands == ["brew install --cask chromium"]


def test_emoji_font_is_installed_where_there_is_none(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_fonts", lambda environ: Fonts((), None))
    machine.program("chromium", "exit 0")
    machine.program("apt-get", "exit 0")
    assert machine.install()
    assert "apt-get install -y --no-install-recommends fonts-noto-color-emoji" in machine.commands


def test_nothing_is_run_where_all_is_there(machine: Machine) -> None:
    machine.program("chromium", "exit 0")
    assert machine.install()
    assert machine.commands == []


def test_failure_is_shown_and_not_raised(machine: Machine) -> None:
    assert not machine.install()
    assert machine.shown[-1] == "no browser could be installed; install Chromium, Chrome or Edge by hand"


def test_library_that_a_needed_driver_lacks_is_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "driver_fault", lambda environ: DriverFault("lacks something", "libatomic1"))
    machine.program("chromium", "")
    machine.program("apt-get", "exit 0")
    monkeypatch.setattr(program, "IS_POSSIBLE", True)
    assert machine.install()
    assert machine.commands == []
    monkeypatch.setattr(program, "IS_POSSIBLE", False)
    assert machine.install()
    assert machine.commands == ["apt-get update", "apt-get install -y --no-install-recommends libatomic1"]
