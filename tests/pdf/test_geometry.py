from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.pdf.geometry import Sheet


@pytest.mark.parametrize(
    ("slide", "sheet", "box"),
    [
        ((1210, 681), (1216, 688), "0 5.25 907.50 516.00"),
        ((908, 681), (912, 688), "0 5.25 681.00 516.00"),
        ((1280, 720), (1288, 728), "0 6.00 960.00 546.00"),
    ],
)
def test_sheet_is_a_little_larger_and_the_box_shows_its_top_left(
    slide: tuple[int, int], sheet: tuple[int, int], box: str
) -> None:
    found = Sheet(*slide)
    assert found.size == sheet
    assert " ".join(map(str, found.media_box)) == box


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_sheets_come_out_in_whole_steps_and_always_leave_slack(width: int, height: int) -> None:
    sheet = Sheet(width, height)
    left, bottom, right, top = sheet.media_box
    assert (right - left, top - bottom) == (width * Decimal("0.75"), height * Decimal("0.75"))
    for side, of_slide in zip(sheet.size, (width, height), strict=True):
        assert 1 <= side - of_slide <= 8
        assert side * 75 % 24 == 0  # a whole number of 0.24 pt
        assert side * 3 % 4 == 0  # a whole number of points
