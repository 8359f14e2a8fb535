"""Where the finished slides of a deck are put aside between two compilations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Protocol, TypeAlias

from slidebuild.cache import Cache
from slidebuild.records import dataclass

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


@dataclass(slots=True)
class CacheShelf:
    """Keeps slides in a cache, all of a deck as one entry: a line each, the key and JSON."""

    cache: Cache
    key: str
    _lines: dict[str, tuple[Record, str]] = field(default_factory=dict)
    """What was read, so that it need not be written as JSON again."""

    def records(self) -> Mapping[str, Record]:
        """What was put there, by key."""
        text = (self.cache.get(self.key) or b"").decode("utf-8", errors="surrogatepass")
        self._lines = {}
        for line in text.split("\n"):  # in JSON no text holds one
            key, _, record = line.partition(" ")
            if record:
                self._lines[key] = json.loads(record), line
        return {key: record for key, (record, _) in self._lines.items()}

    def keep(self, records: Mapping[str, Record]) -> None:
        """Put these there in place of all others."""
        text = "\n".join(self._line(key, record) for key, record in records.items())
        self.cache.put(self.key, text.encode("utf-8", errors="surrogatepass"))

    def _line(self, key: str, record: Record) -> str:
        read, line = self._lines.get(key, (None, ""))
        return line if read is record else f"{key} {json.dumps(record, ensure_ascii=False, separators=(',', ':'))}"


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
