"""Where the finished slides of a deck are put aside between two compilations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from slidebuild.cache import Cache

Record: TypeAlias = list[Any]
"""A finished slide as JSON, see `keeping.as_record`."""


class Shelf(Protocol):
    """Where the slides of one deck are put aside."""

    def records(self) -> Mapping[str, Record]:
        """What was put there, by key."""
        ...

    def keep(self, records: Mapping[str, Record]) -> None:
        """Put these there in place of all others."""
        ...


@dataclass(frozen=True, slots=True)
class CacheShelf:
    """Keeps slides in a cache, all of a deck as one entry."""

    cache: Cache
    key: str

    def records(self) -> Mapping[str, Record]:
        """What was put there, by key."""
        data = self.cache.get(self.key)
        found: dict[str, Record] = json.loads(data) if data is not None else {}
        return found

    def keep(self, records: Mapping[str, Record]) -> None:
        """Put these there in place of all others."""
        text = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
        self.cache.put(self.key, text.encode("utf-8", errors="surrogatepass"))


@dataclass(slots=True)
class MemoryShelf:
    """Keeps slides as long as the process lives.

    It begins with those that earlier processes left on a lasting shelf, if there is one, and leaves there those of its
    first compilation.
    """

    lasting: Shelf | None = None
    _records: Mapping[str, Record] | None = None
    _is_kept: bool = False

    def records(self) -> Mapping[str, Record]:
        """What was put there, by key."""
        if self._records is None:
            self._records = self.lasting.records() if self.lasting is not None else {}
        return self._records

    def keep(self, records: Mapping[str, Record]) -> None:
        """Put these there in place of all others."""
        if self.lasting is not None and not self._is_kept:
            self.lasting.keep(records)
            self._is_kept = True
        self._records = records
