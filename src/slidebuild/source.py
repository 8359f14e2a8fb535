"""Source text and places in it: what every diagnostic points at."""

from __future__ import annotations

import hashlib
import posixpath
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import field
from itertools import accumulate
from typing import Protocol, runtime_checkable
from urllib.parse import unquote, urlsplit

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file as people count."""

    line: int
    """1-based line."""
    column: int
    """1-based column in code points."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text with its name and an index of its lines.

    A file that was edited is another one; what was read from the older text may be kept as long as it is the same in
    both (`supersede`). Lines and columns are those of the newest text, offsets those of the text they were read from.
    """

    path: str
    """POSIX path relative to the project root (`decks/cycle2.md`); `-` for standard input."""
    text: str
    """The decoded text; line ends are `\\n` only."""
    _line_starts: list[int] = field(init=False, repr=False)
    _edit: Edit | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        lengths = map(len, self.text.split("\n"))  # without the line ends, which are added up by the way
        starts = [length + line for line, length in enumerate(accumulate(lengths, initial=0))]
        object.__setattr__(self, "_line_starts", starts[:-1])

    def position(self, offset: int) -> Position:
        """Line and column of a 0-based offset in code points (`len(text)` is allowed)."""
        if self._edit is not None:
            newest, offset = self.newest(offset)
            return newest.position(offset)
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Text of a 1-based line, without its line end."""
        if self._edit is not None:
            return self.newest(0)[0].line(number)
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return self.text[start:end]

    def line_start(self, number: int) -> int:
        """Offset at which a 1-based line begins."""
        return self._line_starts[number - 1]

    def newest(self, offset: int) -> tuple[SourceFile, int]:
        """The file after all edits, and where a place of this one is there."""
        source = self
        while source._edit is not None:
            offset = source._edit.moved(offset)
            source = source._edit.newer
        return source, offset

    @property
    def is_newest(self) -> bool:
        """Whether no other text has taken its place."""
        return self._edit is None

    def supersede(self, older: SourceFile) -> Edit:
        """Take the place of an older text of the same file; what made this one of it. Both are to be the newest."""
        edit = Edit.between(older, self)
        object.__setattr__(older, "_edit", edit)
        return edit

    def span(self, start: int, end: int | None = None) -> Span:
        """The stretch from `start` up to but without `end` (one point when omitted)."""
        return Span(self, start, start if end is None else end)


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of a text that became another; all before and after it is the same."""

    newer: SourceFile
    head: int
    """So many characters at the beginning are the same."""
    tail: int
    """From this offset of the older text on all is the same."""
    shift: int
    """So much further on that is in the newer text."""

    @staticmethod
    def between(older: SourceFile, newer: SourceFile) -> Edit:
        """The smallest edit that makes one of the other."""
        old, new = older.text, newer.text
        shorter = min(len(old), len(new))
        head = _largest(shorter, lambda low, high: old[low:high] == new[low:high])
        same = _largest(
            shorter - head,
            lambda low, high: old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low],
        )
        return Edit(newer, head, len(old) - same, len(new) - len(old))

    def moved(self, offset: int) -> int:
        """Where a place of the older text is in the newer one; what is gone is where the edit begins."""
        if offset >= self.tail:
            return offset + self.shift
        return min(offset, self.head)


def _largest(limit: int, is_same: Callable[[int, int], bool]) -> int:
    """How far two texts agree, by halves: comparing strings takes no time beside a loop over their characters."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


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

    @property
    def now(self) -> Span:
        """The same stretch in the file after all edits: what spans of different slides are compared by."""
        source, start = self.source.newest(self.start)
        return self if source is self.source else Span(source, start, self.source.newest(self.end)[1])

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

    def state(self, path: str) -> list[int] | None:
        """What is known of a file without reading it and tells every later change; None if nothing does."""
        ...

    def is_still(self, path: str, state: list[int], digest: str) -> bool:
        """Whether a file is in a state in which its SHA-256 was this; it counts as read then."""
        ...


def state(loader: Loader, path: str) -> list[int] | None:
    """See `KnowsVersions.state`."""
    return loader.state(path) if isinstance(loader, KnowsVersions) else None


def is_still(loader: Loader, path: str, state: list[int] | None, digest: str | None) -> bool:
    """Whether a file has the version `digest` (None: there is none), read only where its state does not tell."""
    if state is None or digest is None or not isinstance(loader, KnowsVersions):
        return version(loader, path) == digest
    return loader.is_still(path, state, digest) or version(loader, path) == digest


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
