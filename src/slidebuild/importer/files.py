"""Files of an old deck: found beside its page, and where they go in the project."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import field
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span, is_local, resolve_address

_PICTURE_FOLDER: Final = regex(r"(?:\.\./)*(?:img|images)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """An old page on disk."""

    page: Path
    """Symlinks resolved."""
    root: Path
    """Nothing outside this folder is read; `/…` counts from here. Symlinks resolved."""
    shown: str
    """The page as the user named it."""

    @property
    def folder(self) -> Path:
        """What relative addresses of the page count from."""
        return self.page.parent

    def find(self, address: str, folder: Path, span: Span, diagnostics: Diagnostics) -> Path | None:
        """The file that a local address means, if there is one that can be read; one outside the root is reported."""
        path = unquote(urlsplit(address.strip()).path) if is_local(address) else ""
        if not path or "\0" in path:
            return None
        try:
            file = (self.root / path.lstrip("/") if path.startswith("/") else folder / path).resolve()
            if not file.is_relative_to(self.root):
                hint = "import the folder that holds both: slidebuild import DIR"
                diagnostics.add("outside-root", f"{address} lies outside {self.root}", span, hint=hint)
                return None
            return file if file.is_file() and os.access(file, os.R_OK) else None
        except (OSError, ValueError):  # a name that is too long, a loop of links
            return None


@dataclass(slots=True)
class Outputs:
    """What an import writes, all its decks together."""

    root: Path
    """The project; symlinks resolved."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Root-relative path -> bytes."""

    def is_taken(self, path: str, data: bytes) -> bool:
        """Whether another file has this place, on disk or among what is to be written."""
        return self.files[path] != data if path in self.files else self.would_overwrite(path, data)

    def would_overwrite(self, path: str, data: bytes) -> bool:
        """Whether something else is there on disk."""
        file = self.root / path
        try:
            return file.exists() and not (file.is_file() and file.read_bytes() == data)
        except OSError:
            return True


@dataclass(slots=True)
class Carrier:
    """Finds places for the files of one deck."""

    origin: Origin
    outputs: Outputs
    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    """What this deck needs written: root-relative path -> bytes."""
    _places: dict[Path, str] = field(default_factory=dict)

    @property
    def deck_path(self) -> str:
        """Root-relative path of the deck."""
        return f"decks/{self.name}.md"

    def in_place(self, file: Path) -> str | None:
        """Root-relative path of a file that lies in the project already, and is left where it is."""
        root = self.outputs.root
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else None

    def picture(self, file: Path) -> str:
        """Root-relative path of a picture, copied to `img/`; to `img/NAME/` where that place is another's."""
        known = self.in_place(file) or self._places.get(file)
        if known is not None:
            return known
        data = file.read_bytes()
        relative = _PICTURE_FOLDER.sub("", self._relative(file), count=1)
        path = f"img/{relative}"
        if self.outputs.is_taken(path, data):
            path = f"img/{self.name}/{relative}"
        return self._add(file, path, data)

    def part(self, file: Path, data: bytes | None = None) -> str:
        """Root-relative path of what belongs to a stylesheet, copied to `decks/NAME/` as it lay beside the page."""
        known = self.in_place(file) or self._places.get(file)
        if known is not None and data is None:
            return known
        path = known or self.free(f"decks/{self.name}/{self._relative(file)}")
        return self._add(file, path, file.read_bytes() if data is None else data)

    def free(self, path: str) -> str:
        """The path, or one like it that no other file of this deck has."""
        stem, suffix = posixpath.splitext(path)
        number = 1
        while path in self.files:
            number += 1
            path = f"{stem}-{number}{suffix}"
        return path

    def add(self, path: str, data: bytes) -> None:
        """Have a file written."""
        self.files[path] = self.outputs.files[path] = data

    def address(self, path: str, old: str, *, written_in: str) -> str | None:
        """How a file of the project is addressed in another; None when the old address means just that."""
        if resolve_address(written_in, old) == path:
            return None
        fragment = urlsplit(old.strip()).fragment
        new = quote(posixpath.relpath(path, posixpath.dirname(written_in)), safe="/~@+,")
        return f"{new}#{fragment}" if fragment else new

    def _relative(self, file: Path) -> str:
        """The file's path below the folder of the page, else its mere name; nothing hidden, no odd characters."""
        folder = self.origin.folder
        path = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
        return "/".join(re.sub(r"[^\w.@+,~ -]", "-", part).lstrip(".") or "file" for part in path.split("/"))

    def _add(self, file: Path, path: str, data: bytes) -> str:
        self._places[file] = path
        self.add(path, data)
        return path
