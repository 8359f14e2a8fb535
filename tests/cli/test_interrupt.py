"""Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from slidebuild.cli import main
from slidebuild.cli.interruption import patient

WHILE_A_MODULE_IS_LOADED = """
import slidebuild.cli.html
from slidebuild.cli import main

slidebuild.cli.html.asked_decks = lambda *_: exec("raise KeyboardInterrupt")
main()
"""
"""Data classes and named tuples are made by `exec` and `eval` of a text."""


def test_ctrl_c_leaves_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("slidebuild.cli.html.asked_decks", interrupted)
    result = CliRunner().invoke(main, ["html"])
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_ctrl_c_while_a_data_class_is_made_leaves_with_130_too(tmp_path: Path) -> None:
    """Python would end by the signal: under `-m`, not as a script."""
    (tmp_path / "interrupted.py").write_text(WHILE_A_MODULE_IS_LOADED, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted", "html"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (130, "interrupted\n")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such alarm")
def test_ctrl_c_waits_for_the_end_of_a_module_that_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some that are written in C end the process, or forget it."""
    (tmp_path / "loaded_slowly.py").write_text(
        "import signal, time\nsignal.raise_signal(signal.SIGINT)\ntime.sleep(0.1)\nend = 1\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)

    def load_and_go_on() -> None:
        import_module("loaded_slowly")
        time.sleep(5)

    with pytest.raises(KeyboardInterrupt), patient():
        load_and_go_on()
    assert sys.modules.pop("loaded_slowly").end == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such alarm")
def test_ctrl_c_ends_a_module_that_is_never_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "never_loaded.py").write_text(
        "import signal, time\nsignal.raise_signal(signal.SIGINT)\ntime.sleep(60)\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("slidebuild.cli.interruption._LONGEST", 0.1)
    with pytest.raises(KeyboardInterrupt), patient():
        import_module("never_loaded")
