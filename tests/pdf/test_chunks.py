from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from slidebuild.pdf.chunks import MOST, Chunk, chunks
from slidebuild.pdf.picture_file import Size

SIZES = st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, (10, 10), (20, 20)]))


def test_slides_without_large_pictures_come_first() -> None:
    found = chunks([0, 1, 2, 3], {1: {"a": (10, 10)}, 2: {"a": None}})
    assert found == [Chunk((0, 2, 3), {}), Chunk((1,), {"a": (10, 10)})]


def test_picture_of_two_sizes_is_printed_twice() -> None:
    found = chunks([0, 1, 2], {0: {"a": (10, 10)}, 1: {"a": (20, 20)}, 2: {"a": (10, 10)}})
    assert [chunk.slides for chunk in found] == [(0, 2), (1,)]


def test_chunks_are_of_about_equal_length() -> None:
    assert [len(chunk.slides) for chunk in chunks(range(MOST + 2), {})] == [MOST // 2 + 1, MOST // 2 + 1]


@given(st.dictionaries(st.integers(0, 40), SIZES))
def test_every_slide_sees_its_pictures_in_its_own_sizes(sizes: Mapping[int, Mapping[str, Size | None]]) -> None:
    found = chunks(sorted(sizes), sizes)
    assert sorted(index for chunk in found for index in chunk.slides) == sorted(sizes)
    for chunk in found:
        assert len(chunk.slides) <= MOST
        for index in chunk.slides:
            assert all(chunk.sizes.get(address) == size for address, size in sizes[index].items())
