"""What the compiler knows of a cache: a place for bytes, under keys that name all they were made from.

It is given one (`project.cache` keeps one on disk) or none; what it makes is the same with and without.
"""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

from slidebuild.records import dataclass


class Cache(Protocol):
    """Keeps bytes for a later build. What was put may be gone at any time."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key; None if it is not there any more."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, if that is possible."""
        ...

    def __hash__(self) -> int:
        """By identity, so that what was read from it can be remembered."""
        ...


class NoCache:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002
        """None."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """Nothing."""


NO_CACHE: Final = NoCache()


@dataclass(frozen=True, slots=True)
class Either:
    """Two caches that hold the same: what one has lost the other may have."""

    first: Cache
    second: Cache

    def get(self, key: str) -> bytes | None:
        """What was put under the key; the first has it then."""
        found = self.first.get(key)
        if found is None and (found := self.second.get(key)) is not None:
            self.first.put(key, found)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes in both."""
        self.first.put(key, data)
        self.second.put(key, data)


def entry_key(kind: str, *parts: str | bytes) -> str:
    """The key of what is made from some texts or bytes; `kind` says what it is (`font`).

    Parts are told apart by their lengths, so that other parts never give the same key. The program that makes it is no
    part: the cache itself keeps entries of another version apart.
    """
    digest = hashlib.sha256()
    for part in (kind, *parts):
        data = part.encode("utf-8", errors="surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
