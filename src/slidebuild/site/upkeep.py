"""What may be left as it is, and what must go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from slidebuild.cache import Cache, entry_key
from slidebuild.project.file_state import FileState, file_state
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
    return all(
        _is_same(order.root / path, digest, record.states.get(path), record.time)
        for path, digest in record.inputs.items()
    ) and all(
        _is_same(order.output / path, digest, record.made.get(path), record.time)
        for path, digest in record.outputs.items()
    )


def _is_same(file: Path, digest: str | None, state: list[int] | None, time_ns: int) -> bool:
    """Whether a file is what it was: by what the file system says where that suffices, else by its content."""
    now = file_state(file)
    if digest is None or now is None:
        return digest is None and not file.is_file()
    if state is not None and FileState(*state) == now and now.is_settled(time_ns):
        return True
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def with_states(record: DeckRecord, order: Order, time_ns: int) -> DeckRecord:
    """A record that holds, with what the file system says now: the next look need not read its files again."""
    return replace(
        record,
        states=_states(order.root, record.inputs),
        made=_states(order.output, record.outputs),
        time=time_ns,
    )


def needs_states(record: DeckRecord, order: Order) -> bool:
    """Whether some of a record's files had to be read to see that they are the same."""
    return any(
        (state := file_state(base / path)) is not None
        and (list(state) != known.get(path) or not state.is_settled(record.time))
        for base, paths, known in (
            (order.root, record.inputs, record.states),
            (order.output, record.outputs, record.made),
        )
        for path in paths
    )


def _states(base: Path, paths: Iterable[str]) -> dict[str, list[int]]:
    return {path: list(state) for path in paths if (state := file_state(base / path)) is not None}


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
