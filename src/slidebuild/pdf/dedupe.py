"""Equal objects stored once."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_ROUNDS: Final = 8
"""Objects become equal when those they refer to were made one: a font when its file was."""
_SHARED: Final = frozenset(("/Font", "/FontDescriptor", "/ExtGState"))
"""Types of dictionaries that may be shared. Pages, links and tags are what they are by their place."""


def store_once(pdf: Pdf) -> None:
    """Let all references to equal streams, fonts and graphics states lead to one of them, the first.

    Forms that hold tagged content stay apart by their keys into the parent tree.
    """
    for _ in range(_ROUNDS):
        first: dict[bytes, Object] = {}
        same: dict[tuple[int, int], Object] = {}
        for obj in pdf.objects:
            if isinstance(obj, Stream) or (isinstance(obj, Dictionary) and str(obj.get(Name.Type)) in _SHARED):
                original = first.setdefault(_digest(obj), obj)
                if original.objgen != obj.objgen:
                    same[obj.objgen] = original
        if not same:
            return
        for obj in pdf.objects:
            if not (isinstance(obj, Dictionary) and Name.P in obj and Name.S in obj):  # a tag
                _redirect(obj, same)


def _digest(obj: Object) -> bytes:
    if isinstance(obj, Stream):
        return sha256(obj.stream_dict.unparse(resolved=True) + b"stream" + obj.read_raw_bytes()).digest()
    return sha256(obj.unparse(resolved=True)).digest()


def _redirect(obj: Object, same: Mapping[tuple[int, int], Object]) -> None:
    """Replace references within an object and the direct objects that it holds."""
    waiting: list[Object] = [obj.stream_dict if isinstance(obj, Stream) else obj]
    while waiting:
        holder = waiting.pop()
        for place in _places(holder):
            value: Any = holder[place]
            if not isinstance(value, Object):
                continue
            if value.is_indirect:
                if value.objgen in same:
                    holder[place] = same[value.objgen]
            elif isinstance(value, Array | Dictionary):
                waiting.append(value)


def _places(holder: Object) -> list[Any]:
    if isinstance(holder, Array):
        return list(range(len(holder)))
    return list(holder.keys()) if isinstance(holder, Dictionary) else []
