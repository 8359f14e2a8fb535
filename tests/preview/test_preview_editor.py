"""Which command opens a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from slidebuild.preview.editor import editor_address, editor_command, run_editor

FILE = Path("/talks/decks/a b.md")


@pytest.fixture(autouse=True)
def no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("code --wait", ["--wait", "--goto", f"{FILE}:7"]),
        ("/opt/bin/codium", ["--goto", f"{FILE}:7"]),
        ("subl", [f"{FILE}:7"]),
        ("emacsclient", ["--no-wait", "+7", str(FILE)]),
        ("gvim", ["+7", str(FILE)]),
        ("kate", ["--line", "7", str(FILE)]),
    ],
)
def test_editors_with_a_window_are_told_the_line(editor: str, arguments: list[str]) -> None:
    assert editor_command({"EDITOR": editor}, FILE, 7) == [editor.split()[0], *arguments]


@pytest.mark.parametrize("editor", ["vim", "nano", "hx", ""])
def test_editors_in_the_terminal_are_left_alone(editor: str) -> None:
    assert editor_command({"EDITOR": editor}, FILE, 7) is None


def test_visual_goes_before_editor() -> None:
    assert editor_command({"VISUAL": "zed", "EDITOR": "code"}, FILE, 7) == ["zed", f"{FILE}:7"]
    assert editor_command({"VISUAL": "vim", "EDITOR": "code"}, FILE, 7) == ["code", "--goto", f"{FILE}:7"]


def test_address_is_one_of_vs_code() -> None:
    assert editor_address(FILE, 7) == "vscode://file/talks/decks/a%20b.md:7"


def test_program_that_is_not_there_is_told() -> None:
    assert run_editor([sys.executable, "-c", ""]) is True
    assert run_editor(["/no/such/editor"]) is False
