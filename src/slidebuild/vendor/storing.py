"""The remote files of decks: found, loaded, stored under `img/vendor/`, pinned."""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import field, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from slidebuild import css
from slidebuild.lockfile import Lock, Stored, plain
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import is_local
from slidebuild.vendor.fetching import Fetched, FetchError, Limits, fetch
from slidebuild.vendor.licences import licence_of

FOLDER: Final = "img/vendor"
_SUFFIX: Final = regex(r"\.[a-z0-9]{1,5}")
_KINDS: Final = {"image/jpeg": ".jpg", "image/svg+xml": ".svg", "text/css": ".css", "font/woff2": ".woff2"}
"""Where `mimetypes` knows several suffixes, or none everywhere."""
_PAGES: Final = frozenset(("text/html", "application/xhtml+xml"))
IMPORT_DEPTH: Final = 5
"""How deep stylesheets may need one another."""

Fetch = Callable[[str, Limits], Fetched]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded and stored."""

    address: str
    stored: Stored
    size: int
    """Bytes."""
    is_new: bool
    """Not so when its content was stored already."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not loaded."""

    address: str
    reason: str
    hint: str | None = None


@dataclass(slots=True)
class Store:
    """Loads files into a project."""

    root: Path
    lock: Lock
    limits: Limits
    write: Callable[[Path, bytes], object]
    """Writes a file below the root."""
    fetch: Fetch = fetch
    files: dict[str, Stored] = field(default_factory=dict)
    """What will be pinned."""

    def __post_init__(self) -> None:
        self.files.update(self.lock.files)

    def bring(self, addresses: Collection[str], *, update: bool = False) -> Iterator[Loaded | Refused]:
        """Load what is not stored yet, or with `update` everything; one after another, in order."""
        for address in sorted({plain(address) for address in addresses}):
            if update or not self.has(address):
                yield from self._bring(address, 0)

    def has(self, address: str) -> bool:
        """Whether there is a copy, and it is the one that was pinned."""
        stored = self.files.get(plain(address))
        if stored is None:
            return False
        try:
            data = (self.root / stored.path).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(data).hexdigest() == stored.sha256 and all(map(self.has, stored.parts))

    def keep_only(self, addresses: Collection[str]) -> list[str]:
        """Forget what no deck names any more; paths of copies that may go."""
        wanted: set[str] = set()
        waiting = [plain(address) for address in addresses]
        while waiting:
            address = waiting.pop()
            if address in self.files and address not in wanted:
                wanted.add(address)
                waiting += self.files[address].parts
        gone = {address: stored for address, stored in self.files.items() if address not in wanted}
        for address in gone:
            del self.files[address]
        kept = {stored.path for stored in self.files.values()}
        return sorted({stored.path for stored in gone.values()} - kept)

    def pinned(self) -> Lock:
        """The lock with all that is stored now."""
        return replace(self.lock, files=self.files)

    def _bring(self, address: str, depth: int) -> Iterator[Loaded | Refused]:
        try:
            found = self.fetch(address, self.limits)
            if found.kind in _PAGES:
                raise FetchError("it is a web page, no picture, font or stylesheet")
        except FetchError as error:
            yield Refused(address, str(error), error.hint)
            return
        data: bytes = found.data
        parts: tuple[str, ...] = ()
        if _suffix(found) == ".css":
            data, parts = yield from self._stylesheet(found, depth)
        path = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:16]}{_suffix(found)}"
        is_new = not (self.root / path).is_file()
        if is_new or (self.root / path).read_bytes() != data:
            self.write(self.root / path, data)
        known = self.lock.files.get(address)
        licence = licence_of(data) or (known.licence if known is not None else "")
        stored = Stored(path, hashlib.sha256(data).hexdigest(), found.origin, licence, parts)
        self.files[address] = stored
        yield Loaded(address, stored, len(data), is_new)

    def _stylesheet(
        self, found: Fetched, depth: int
    ) -> Generator[Loaded | Refused, None, tuple[bytes, tuple[str, ...]]]:
        """Load what a stylesheet needs; its text with the addresses of the copies, and what it needs."""
        text = found.data.decode("utf-8-sig", errors="replace")
        needed: dict[str, str] = {}
        for reference in css.references(text):
            address = urljoin(found.origin, reference.address)
            if urlsplit(address).scheme in ("http", "https") and depth < IMPORT_DEPTH:
                needed[reference.address] = plain(address)
        for address in dict.fromkeys(needed.values()):
            if not self.has(address):
                yield from self._bring(address, depth + 1)

        def local(reference: css.Reference) -> str | None:
            stored = self.files.get(needed.get(reference.address, ""))
            if stored is None:
                return None if not is_local(reference.address) else urljoin(found.origin, reference.address)
            fragment = urlsplit(reference.address).fragment
            return posixpath.basename(stored.path) + (f"#{fragment}" if fragment else "")

        parts = tuple(sorted({address for address in needed.values() if address in self.files}))
        return css.rewrite(text, local).encode("utf-8"), parts


def _suffix(found: Fetched) -> str:
    """What the copy's name ends with: by the media type, else as in the address."""
    kind = found.kind
    is_told = bool(kind) and not kind.endswith("octet-stream")
    guessed = _KINDS.get(kind) or (mimetypes.guess_extension(kind) if is_told else None)
    written = posixpath.splitext(unquote(urlsplit(found.origin).path))[1].lower()
    if guessed is None or guessed in (".txt", ".bin"):
        return written if _SUFFIX.fullmatch(written) else ".bin"
    return guessed
