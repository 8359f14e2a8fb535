"""Files by the addresses at which a page finds them.

After an edit most slides are taken up as they were; what they show is known by its digest then, and is read only if
somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from hashlib import sha256

from slidebuild.records import dataclass
from slidebuild.source import Loader


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the project that was not read."""

    loader: Loader
    path: str
    digest: str
    """SHA-256 of what it holds, in hexadecimal."""

    def read(self) -> bytes:
        """What it holds; nothing if it went away meanwhile."""
        return self.loader.read(self.path) or b""


class Published(MutableMapping[str, bytes]):
    """Address -> bytes."""

    def __init__(self, files: Mapping[str, bytes | Unread] | None = None) -> None:
        self._files: dict[str, bytes | Unread] = {**(files or {})}

    def __getitem__(self, address: str) -> bytes:
        found = self._files[address]
        return found.read() if isinstance(found, Unread) else found

    def __setitem__(self, address: str, data: bytes) -> None:
        self._files[address] = data

    def __delitem__(self, address: str) -> None:
        del self._files[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def take(self, others: Published) -> None:
        """Add the files of another; none is read for it."""
        self._files |= others._files

    def in_order(self) -> Published:
        """The same by address; none is read for it."""
        return Published(dict(sorted(self._files.items())))

    def digest(self, address: str) -> str:
        """SHA-256 of a file, in hexadecimal."""
        found = self._files[address]
        return found.digest if isinstance(found, Unread) else sha256(found).hexdigest()


def digest_of(files: Mapping[str, bytes], address: str) -> str:
    """SHA-256 of one of some files, in hexadecimal; it is not read where that is known."""
    return files.digest(address) if isinstance(files, Published) else sha256(files[address]).hexdigest()
