"""Source text and places in it: what every diagnostic points at."""

from __future__ import annotations

import hashlib
import posixpath
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol, runtime_checkable
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file as people count."""

    line: int
    """1-based line."""
    column: int
    """1-based column in code points."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text with its name and an index of its lines."""

    path: str
    """POSIX path relative to the project root (`decks/cycle2.md`); `-` for standard input."""
    text: str
    """The decoded text; line ends are `\\n` only."""
    _line_starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        *starts, _ = accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)
        object.__setattr__(self, "_line_starts", starts)

    def position(self, offset: int) -> Position:
        """Line and column of a 0-based offset in code points (`len(text)` is allowed)."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Text of a 1-based line, without its line end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return self.text[start:end]

    def line_start(self, number: int) -> int:
        """Offset at which a 1-based line begins."""
        return self._line_starts[number - 1]

    def span(self, start: int, end: int | None = None) -> Span:
        """The stretch from `start` up to but without `end` (one point when omitted)."""
        return Span(self, start, start if end is None else end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source file, in code points: `source.text[start:end]`."""

    source: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters covered."""
        return self.source.text[self.start : self.end]

    @property
    def position(self) -> Position:
        """Where it begins."""
        return self.source.position(self.start)

    def part(self, start: int, end: int) -> Span:
        """A stretch inside this one, by offsets relative to its beginning; clamped to it."""
        first = min(self.start + start, self.end)
        return Span(self.source, first, min(max(first, self.start + end), self.end))

    def __str__(self) -> str:
        return f"{self.source.path}:{self.position.line}:{self.position.column}"


class Loader(Protocol):
    """Reads the files a deck refers to; the only way from the compiler to the disk."""

    def read(self, path: str) -> bytes | None:
        """Bytes of a file by its POSIX path below the project root; None if there is none or it may not be read."""
        ...


@runtime_checkable
class KnowsNames(Protocol):
    """What a loader may do besides: tell the real name of a file that was asked for in other capitals."""

    def similar(self, path: str) -> str | None:
        """The path of the only file that differs from this one in nothing but case; None if there is none such."""
        ...


def similar_path(loader: Loader, path: str) -> str | None:
    """What `loader` knows of a file whose name has other capitals; None when it can't tell."""
    return loader.similar(path) if isinstance(loader, KnowsNames) else None


@runtime_checkable
class KnowsVersions(Protocol):
    """What a loader may do besides: tell one version of a file from another without its being read."""

    def version(self, path: str) -> str | None:
        """SHA-256 of a file, in hexadecimal; None if there is none."""
        ...


def version(loader: Loader, path: str) -> str | None:
    """What tells one version of a file from another; None if there is no file."""
    if isinstance(loader, KnowsVersions):
        return loader.version(path)
    data = loader.read(path)
    return None if data is None else hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordingLoader:
    """Another loader, and what was asked of it."""

    loader: Loader
    found: dict[str, bytes | None] = field(default_factory=dict)
    """Each path asked for -> its bytes."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None if there is none."""
        if path not in self.found:
            self.found[path] = self.loader.read(path)
        return self.found[path]

    def similar(self, path: str) -> str | None:
        """The path of the only file that differs in case alone."""
        return similar_path(self.loader, path)


@dataclass(frozen=True, slots=True)
class DictLoader:
    """A loader over a mapping: what tests and `-` (standard input) use."""

    files: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        """The bytes stored under the path."""
        return self.files.get(path)

    def similar(self, path: str) -> str | None:
        """The only stored path that differs in case alone."""
        found = [name for name in self.files if name.casefold() == path.casefold() and name != path]
        return found[0] if len(found) == 1 else None


def is_local(address: str) -> bool:
    """Whether an address names a file of the project: no scheme, no host, not a mere `#fragment`."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and bool(parts.path)


def resolve_address(base: str, address: str) -> str | None:
    """The root-relative path that a local address means when written in the file `base`.

    Percent escapes are undone, query and fragment dropped. An address beginning with `/` counts from the project
    root. None for an address that leaves the root or is not local.
    """
    if not is_local(address):
        return None
    path = unquote(urlsplit(address.strip()).path)
    if "\0" in path or "\\" in path:
        return None
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    normal = posixpath.normpath(joined)
    return None if normal == ".." or normal.startswith(("../", "/")) else normal
