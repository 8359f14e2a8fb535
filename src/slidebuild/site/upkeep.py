"""What may be left as it is, and what must go."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from slidebuild.cache import Cache, entry_key
from slidebuild.project import FileLoader
from slidebuild.project.file_state import FileState, file_state
from slidebuild.project.pages import is_unchanged
from slidebuild.site.order import Order
from slidebuild.site.record import DeckRecord


def remembered(order: Order, cache: Cache, deck: str) -> DeckRecord | None:
    """The record of the last build of a deck with the same order, whether it still holds or not."""
    data = cache.get(_entry(order, deck))
    if data is None:
        return None
    try:
        return DeckRecord.from_data(json.loads(data))
    except (KeyError, TypeError, ValueError):
        return None


def remember(order: Order, cache: Cache, record: DeckRecord) -> None:
    """Keep a record for the next build."""
    cache.put(_entry(order, record.deck), json.dumps(record.as_data(), separators=(",", ":")).encode())


def _entry(order: Order, deck: str) -> str:
    return entry_key("deck-record", order.key, str(order.output), deck)


def still_holds(record: DeckRecord, order: Order) -> bool:
    """Whether all that a deck was made from, and all that was made, is as it was."""
    inputs = {"read": record.read, "names": record.names, "time": record.time}
    outputs = {"read": record.written, "names": {}, "time": record.time}
    is_guarded = order.revision is not None
    return is_unchanged(inputs, FileLoader(order.root, is_guarded)) and is_unchanged(outputs, FileLoader(order.output))


def refreshed(record: DeckRecord, order: Order, time_ns: int) -> DeckRecord:
    """A record that holds, with what the file system says now: the next look need not read its files again.

    The same record where it need not have read any this time.
    """
    read, written = _with_states(order.root, record.read), _with_states(order.output, record.written)
    states = [FileState(*data[1:]) for data in (*read.values(), *written.values()) if data is not None and data[1:]]
    if (read, written) == (record.read, record.written) and all(state.is_settled(record.time) for state in states):
        return record
    return replace(record, read=read, written=written, time=time_ns)


def _with_states(base: Path, files: Mapping[str, list[Any] | None]) -> dict[str, list[Any] | None]:
    return {path: None if data is None else [data[0], *(file_state(base / path) or ())] for path, data in files.items()}


def remove_outputs(output: Path, old: Collection[str], kept: Collection[str]) -> list[str]:
    """Remove outputs of an earlier build that none is any more, and folders that are empty then; what was removed."""
    removed = []
    for path in sorted(set(old) - set(kept)):
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:  # a manifest that somebody has edited
            continue
        file = output / pure
        if not file.is_file() or not file.resolve().is_relative_to(output.resolve()):
            continue
        file.unlink(missing_ok=True)
        removed.append(path)
        for folder in file.parents:
            if folder == output:
                break
            with suppress(OSError):
                folder.rmdir()
    return removed


def outputs_of(decks: Mapping[str, Mapping[str, object]]) -> set[str]:
    """All outputs that a manifest's decks list."""
    found: set[str] = set()
    for deck in decks.values():
        listed = deck.get("outputs")
        if isinstance(listed, Mapping):
            found.update(map(str, listed))
    return found
