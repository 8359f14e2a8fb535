"""What printed pages are kept under: all that shapes them, the browser and the machine's fonts included."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from slidebuild.browser.endpoint import Endpoint
from slidebuild.browser.find import BrowserChoice
from slidebuild.browser.session import Session
from slidebuild.cache import entry_key
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


def where(session: Session) -> str:
    """What tells the browser of a session from others that may draw other pages."""
    return session.started.build if isinstance(session.choice, Endpoint) else machine(session.choice)


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


def page_key(kind: str, browser: str, html: str, assets: Iterable[str], *more: object) -> str:
    """The key of something made from a page: `browser` is the answer of `where`, `assets` name its files by content."""
    return entry_key(kind, browser, html, *assets, json.dumps(more, sort_keys=True, default=repr))


@dataclass(frozen=True, slots=True)
class Named:
    """The files of a page, as what they are named by."""

    digests: Mapping[str, str]
    """Address and digest of each file, by address."""
    _written: tuple[tuple[str, tuple[str, ...]], ...]
    """Address of each file, and the ways in which a page can write it."""

    @classmethod
    def of(cls, assets: Mapping[str, bytes]) -> Named:
        """The files of a page, by address."""
        digests = {address: f"{address}={sha256(data).hexdigest()}" for address, data in sorted(assets.items())}
        written = ((name, tuple({escape(quote(name)), quote(name), name})) for name in digests)
        return cls(digests, tuple(written))

    def within(self, html: str) -> list[str]:
        """The files that a page can load: their addresses stand in it."""
        return [name for name, forms in self._written if any(form in html for form in forms)]


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
