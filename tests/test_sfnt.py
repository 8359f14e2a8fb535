"""Font files as fontTools reads and writes them."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import sfnt
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.sfnt import read_tables, truetype_file

tables = st.dictionaries(st.sampled_from(["OS/2", "cvt ", "glyf", "hmtx", "loca", "maxp"]), st.binary(max_size=40))
heads = st.binary(min_size=54, max_size=54)


@given(tables, heads)
def test_a_file_is_the_one_that_fonttools_writes(others: dict[str, bytes], head: bytes) -> None:
    content = {**others, "head": head}
    out = BytesIO()
    writer = sfnt.SFNTWriter(out, len(content))
    for tag in sorted(content):
        writer[tag] = content[tag]
    writer.close()
    assert truetype_file(content) == out.getvalue()


@given(tables, heads)
def test_tables_are_read_as_they_were_written(others: dict[str, bytes], head: bytes) -> None:
    found = read_tables(truetype_file({**others, "head": head}))
    assert found.pop("head")[12:] == head[12:]
    assert found == others


@given(st.binary(max_size=80), st.sampled_from([b"", b"\0\1\0\0", b"\0\1\0\0\0\1", b"OTTO\0\2"]))
def test_any_bytes_are_a_font_or_none(data: bytes, start: bytes) -> None:
    try:
        found = read_tables(start + data)
    except ValueError:
        return
    assert all(len(tag) == 4 and table in start + data for tag, table in found.items())


@pytest.mark.parametrize("cut", [4, 11, 20, -1])
def test_a_file_that_was_cut_off_is_no_font(cut: int) -> None:
    with pytest.raises(ValueError, match="this is no font"):
        read_tables(truetype_file({"head": bytes(54), "maxp": bytes(32)})[:cut])


def test_a_collection_and_a_web_font_are_no_font() -> None:
    for version in (b"ttcf", b"wOFF", b"wOF2"):
        with pytest.raises(ValueError, match="this is no font"):
            read_tables(version + bytes(40))
