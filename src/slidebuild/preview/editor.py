"""Opens a line of a file in the user's editor."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

_GOTO: Final = frozenset(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"))
_COLON: Final = frozenset(("subl", "sublime_text", "zed", "zeditor", "lapce", "atom"))
_PLUS: Final = frozenset(("gvim", "mvim", "emacsclient", "gedit", "gnome-text-editor", "xemacs", "bbedit", "pluma"))
_LINE: Final = frozenset(("kate", "kwrite", "mate", "idea", "pycharm", "webstorm", "clion", "geany"))


def editor_command(environment: Mapping[str, str], file: Path, line: int) -> list[str] | None:
    """The command that opens a line in `$VISUAL`, `$EDITOR` or VS Code; None when none of them has a window.

    An editor that works in the terminal would fight with the server for it.
    """
    for written in (environment.get("VISUAL"), environment.get("EDITOR"), shutil.which("code")):
        command = shlex.split(written) if written else []
        arguments = _place(Path(command[0]).stem, file, line) if command else None
        if arguments:
            return [*command, *arguments]
    return None


def _place(editor: str, file: Path, line: int) -> list[str] | None:
    if editor in _GOTO:
        return ["--goto", f"{file}:{line}"]
    if editor in _COLON:
        return [f"{file}:{line}"]
    if editor in _PLUS:
        return [*(["--no-wait"] if editor == "emacsclient" else []), f"+{line}", str(file)]
    if editor in _LINE:
        return ["--line", str(line), str(file)]
    return None


def editor_address(file: Path, line: int) -> str:
    """The address that VS Code opens, whatever machine it runs on: the browser asks it."""
    return f"vscode://file{quote(file.as_posix())}:{line}"


def run_editor(command: list[str]) -> bool:
    """Start it and let it be; False when there is no such program."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    threading.Thread(target=process.wait, daemon=True).start()  # else it stays on as a zombie
    return True
