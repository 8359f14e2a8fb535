"""Ctrl-C."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from slidebuild.cli import main

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
