from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from slidebuild.browser import program
from slidebuild.browser.doctor import examine
from slidebuild.browser.driver import DriverFault, driver_fault, keep_bytecode

unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in program is a shell script")


def node(folder: Path, script: str) -> dict[str, str]:
    """Surroundings in which Playwright's Node.js is a script."""
    program = folder / "node"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return {**os.environ, "PLAYWRIGHT_NODEJS_PATH": str(program)}


def test_driver_of_this_machine_runs() -> None:
    assert driver_fault(os.environ) is None


@unix
def test_missing_library_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "IS_POSSIBLE", False)
    said = "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file"
    environ = node(tmp_path, f"echo '{said}' >&2; exit 127")
    assert driver_fault(environ) == DriverFault("Playwright's Node.js lacks libatomic.so.1", "libatomic1")
    report = examine(None, environ)
    assert not report.is_fit
    assert "sudo apt-get install libatomic1" in [fault.remedy for fault in report.faults]


@pytest.mark.browser
@pytest.mark.skipif(not program.IS_POSSIBLE, reason="the driver is needed here")
def test_driver_that_nobody_needs_is_not_asked_for(tmp_path: Path) -> None:
    report = examine(None, node(tmp_path, "touch $0.ran; exit 127"))
    assert report.is_fit
    assert not list(tmp_path.glob("*.ran"))


@unix
def test_driver_that_fails_otherwise_is_a_fault_too(tmp_path: Path) -> None:
    fault = driver_fault(node(tmp_path, "echo 'Illegal instruction' >&2; exit 132"))
    assert fault is not None
    assert "Illegal instruction" in fault.what
    assert fault.package is None


def test_driver_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    fault = driver_fault({"PLAYWRIGHT_NODEJS_PATH": str(tmp_path / "none")})
    assert fault is not None
    assert "does not run" in fault.what


def test_the_driver_keeps_what_it_compiles_in_a_folder_of_the_user_s() -> None:
    environ = {"HOME": "/home/me", "XDG_CACHE_HOME": "/home/me/.kept", "LOCALAPPDATA": "/home/me/.kept"}
    keep_bytecode(environ)
    assert environ["NODE_COMPILE_CACHE"].startswith("/home/me")
    chosen = {**environ, "NODE_COMPILE_CACHE": "/elsewhere"}
    keep_bytecode(chosen)
    assert chosen["NODE_COMPILE_CACHE"] == "/elsewhere"
