"""Codes of characters that text operators show, and what they read as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from struct import unpack
from typing import Final

from slidebuild.patterns import regex

_TEXT: Final = regex(
    rb"<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+)\)", re.DOTALL
)
_ESCAPE: Final = regex(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_PLAIN: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_SECTION: Final = regex(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_HEX: Final = regex(rb"<\s*([0-9A-Fa-f\s]*)>|(\[)|(\])")


def strings(operands: bytes) -> Iterator[bytes]:
    """The strings among operands (PDF 1.7, 7.3.4)."""
    for found in _TEXT.finditer(operands):
        if found[1] is not None:
            digits = bytes(found[1]).translate(None, b" \t\r\n\f\0")
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        else:
            yield _ESCAPE.sub(_unescaped, found[2])


def codes(operands: bytes, width: int) -> set[int]:
    """All codes shown, of one or two bytes each (`width`)."""
    found: set[int] = set()
    for text in strings(operands):
        found.update(text if width == 1 else unpack(f">{len(text) // 2}H", text[: len(text) // 2 * 2]))
    return found


def unicode_map(cmap: bytes) -> Mapping[int, str]:
    """What codes read as, by a ToUnicode CMap (PDF 1.7, 9.10.3)."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        if kind == b"char":
            values = [_digits(value) for value, _, _ in _HEX.findall(body) if value]
            found |= {int.from_bytes(code): _text(text) for code, text in zip(values[::2], values[1::2], strict=False)}
        else:
            found |= _ranges(body)
    return found


def _ranges(body: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    waiting: list[bytes] = []
    listed: list[bytes] | None = None
    for value, opens, closes in _HEX.findall(body):
        if opens:
            listed = []
        elif closes and listed is not None:
            first = int.from_bytes(waiting[-2]) if len(waiting) > 1 else 0
            found |= {first + index: _text(text) for index, text in enumerate(listed)}
            waiting, listed = [], None
        elif listed is not None:
            listed.append(_digits(value))
        else:
            waiting.append(_digits(value))
            if len(waiting) == 3:
                low, high, text = waiting
                found |= {code: _shifted(text, code - int.from_bytes(low)) for code in _codes(low, high)}
                waiting = []
    return found


def _codes(low: bytes, high: bytes) -> range:
    return range(int.from_bytes(low), min(int.from_bytes(high), int.from_bytes(low) + 0xFFFF) + 1)


def _shifted(text: bytes, by: int) -> str:
    return _text((int.from_bytes(text) + by).to_bytes(max(len(text), 4), "big")[-len(text) :] if text else b"")


def _digits(value: bytes) -> bytes:
    digits = value.translate(None, b" \t\r\n\f\0")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _text(value: bytes) -> str:
    return value.decode("utf-16-be", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return bytes([int(found[1], 8) & 0xFF])
    return _PLAIN.get(found[2], found[2])
