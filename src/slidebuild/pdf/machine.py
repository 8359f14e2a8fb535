"""What a machine's browser and fonts are told apart by, without starting the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from slidebuild.browser.find import BrowserChoice
from slidebuild.installed import distributions

_FONT_FOLDERS: Final = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
}
_OTHER_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/etc/fonts",
    "~/.config/fontconfig",
)
_LIBRARIES: Final = ("pikepdf", "pillow", "playwright", "fonttools")


@lru_cache(maxsize=4)
def machine(choice: BrowserChoice) -> str:
    """What tells browser builds and sets of installed fonts apart, without starting the browser.

    A program is known by its size and time. A script that starts one says nothing of what it starts, so that is asked
    for its version.
    """
    parts = [str(choice.path), *_status(choice.path.resolve())]
    if _is_script(choice.path):
        parts.append(str(choice.read_version()))
    parts += sorted(name for name in distributions() if name.lower().startswith(_LIBRARIES))
    for folder in _FONT_FOLDERS.get(sys.platform, _OTHER_FOLDERS):
        parts += _folders(str(Path(folder).expanduser()))
    return sha256("\n".join(parts).encode(errors="surrogateescape")).hexdigest()


def _is_script(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


def _status(path: Path) -> Iterator[str]:
    try:
        status = path.stat()
    except OSError:
        return
    yield f"{path} {status.st_size} {status.st_mtime_ns}"


def _folders(root: str) -> list[str]:
    """Folders and their times, which change with what lies in them; no files are looked at."""
    found: list[str] = []
    for folder, inner, _ in os.walk(root):
        inner.sort()
        found += _status(Path(folder))
    return found
