"""WOFF2 files are read by others as the fonts they were made from."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import unpackBase128
from hypothesis import given
from hypothesis import strategies as st

from slidebuild import woff2
from slidebuild.passes.math_font import whole_math_font


def tables(font: bytes) -> dict[str, bytes]:
    read = TTFont(io.BytesIO(font), lazy=True)
    return {tag: read.reader[tag] for tag in read.reader.keys()}  # noqa: SIM118 (a reader is no mapping)


def test_all_tables_are_what_they_were() -> None:
    font = whole_math_font()
    packed = woff2.pack(font)
    before, after = tables(font), tables(packed)
    assert len(packed) < len(font) * 0.6
    assert len(packed) % 4 == 0
    assert before.keys() == after.keys()
    assert {tag for tag in before if before[tag] != after[tag]} == {"head"}
    assert after["head"][16] == before["head"][16] | 0b1000
    assert woff2.pack(font) == packed


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0\0\0" + bytes(6)])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no font"):
        woff2.pack(data)


@given(st.integers(0, 2**32 - 1))
def test_lengths_are_read_as_they_were_written(number: int) -> None:
    assert unpackBase128(woff2._base_128(number) + b"rest") == (number, b"rest")
