"""Ctrl-C."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from slidebuild.cli import main


def test_ctrl_c_leaves_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("slidebuild.cli.html.asked_decks", interrupted)
    result = CliRunner().invoke(main, ["html"])
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
