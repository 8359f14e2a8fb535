"""Equal objects stored once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final, TypeAlias

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from slidebuild.patterns import regex
from slidebuild.records import dataclass

_Key: TypeAlias = tuple[int, int]

_SHARED: Final = frozenset(("/Font", "/FontDescriptor", "/ExtGState"))
"""Types of dictionaries that may be shared. Pages, links and tags are what they are by their place."""
_REFERENCE: Final = regex(rb"\b(\d+) (\d+) R\b")


@dataclass(frozen=True, slots=True)
class _Written:
    """An object as it is written."""

    text: bytes
    refers: frozenset[_Key]
    content: bytes = b""
    """Digest of a stream's bytes."""

    def digest(self, same: Mapping[_Key, _Key]) -> bytes:
        """What is the same for equal objects, when those that they refer to were made one."""
        text = self.text
        if not same.keys().isdisjoint(self.refers):  # looks through the few, not through all
            text = _REFERENCE.sub(lambda found: _reference(same, found), text)
        return sha256(text + b"\0" + self.content).digest()


def store_once(pdf: Pdf) -> None:
    """Let all references to equal streams, fonts and graphics states lead to one of them, the first.

    Forms that hold tagged content stay apart by their keys into the parent tree.
    """
    found: list[tuple[Object, _Written]] = []
    holders: list[tuple[Object, frozenset[_Key]]] = []
    for obj in pdf.objects:
        is_stream = isinstance(obj, Stream)
        is_dictionary = isinstance(obj, Dictionary)
        if is_dictionary and "/S" in obj and "/P" in obj:  # a tag
            continue
        text = (obj.stream_dict if is_stream else obj).unparse(resolved=True)
        refers = frozenset((int(number), int(generation)) for number, generation in _REFERENCE.findall(text))
        if refers:
            holders.append((obj, refers))
        if is_stream or (is_dictionary and str(obj.get("/Type")) in _SHARED):
            found.append((obj, _Written(text, refers)))
    same = _equal(_comparable(found))
    originals = {key: pdf.get_object(original) for key, original in same.items()}
    for obj, refers in holders:
        if not same.keys().isdisjoint(refers):
            _redirect(obj, originals)


def _comparable(found: Iterable[tuple[Object, _Written]]) -> dict[_Key, _Written]:
    """Objects that may be equal to others: pictures, which are most of a file, seldom are and need not be hashed."""
    alike: dict[bytes, list[tuple[Object, _Written]]] = {}
    for entry in found:
        alike.setdefault(_REFERENCE.sub(b"R", entry[1].text), []).append(entry)
    return {
        obj.objgen: replace(written, content=sha256(obj.read_raw_bytes()).digest())
        if isinstance(obj, Stream)
        else written
        for group in alike.values()
        if len(group) > 1
        for obj, written in group
    }


def _equal(known: Mapping[_Key, _Written]) -> dict[_Key, _Key]:
    """Objects that are equal to an earlier one, with that one.

    Some become equal when those they refer to were made one: a font when its file was.
    """
    same: dict[_Key, _Key] = {}
    while True:
        first: dict[bytes, _Key] = {}
        found: dict[_Key, _Key] = {}
        for key, written in known.items():
            original = first.setdefault(written.digest(same), key)
            if original != key:
                found[key] = original
        if len(found) == len(same):
            return found
        same = found


def _reference(same: Mapping[_Key, _Key], found: re.Match[bytes]) -> bytes:
    key = (int(found[1]), int(found[2]))
    return b"%d %d R" % same.get(key, key)


def _redirect(obj: Object, originals: Mapping[_Key, Object]) -> None:
    """Replace references within an object and the direct objects that it holds."""
    waiting: list[Object] = [obj.stream_dict if isinstance(obj, Stream) else obj]
    while waiting:
        holder = waiting.pop()
        for place in _places(holder):
            value: Any = holder[place]
            if not isinstance(value, Object):
                continue
            if value.is_indirect:
                if value.objgen in originals:
                    holder[place] = originals[value.objgen]
            elif isinstance(value, Array | Dictionary):
                waiting.append(value)


def _places(holder: Object) -> list[Any]:
    if isinstance(holder, Array):
        return list(range(len(holder)))
    return list(holder.keys()) if isinstance(holder, Dictionary) else []
