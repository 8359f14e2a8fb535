from __future__ import annotations

import itertools
from typing import get_args

import pytest

from slidebuild.pdf.layout import GAP, LABEL, LayoutName, Paper, file_suffix, layout


@pytest.mark.parametrize("name", get_args(LayoutName))
@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("ratio", [4 / 3, 16 / 9, 1.0, 3.0, 0.6])
def test_slides_and_their_numbers_stand_on_the_sheet_and_apart(name: LayoutName, paper: Paper, ratio: float) -> None:
    sheet = layout(name, paper, ratio)
    assert len(sheet.places) == {"notes": 1, "lines": 3}.get(name) or len(sheet.places) == int(name)
    width, height = sheet.slide
    assert width / height == pytest.approx(ratio)
    for x, y in sheet.places:
        assert min(x, y) >= -1e-9
        assert x + width <= sheet.content[0] + 1e-6
        assert y + height + LABEL <= sheet.content[1] + 1e-6
    for (x1, y1), (x2, y2) in itertools.combinations(sheet.places, 2):
        assert abs(x1 - x2) >= width + GAP - 1e-6 or abs(y1 - y2) >= height + LABEL - 1e-6


@pytest.mark.parametrize(("name", "lies"), [("1", True), ("2", False), ("4", True), ("6", False), ("notes", False)])
def test_sheets_stand_upright_unless_slides_get_larger_across(name: LayoutName, lies: bool) -> None:
    width, height = layout(name, "a4", 16 / 9).paper
    assert (width > height) is lies


def test_lines_stand_beside_the_slides_within_the_sheet() -> None:
    sheet = layout("lines", "letter", 16 / 9)
    left, right, count = sheet.rules
    assert sheet.slide[0] < left < right <= sheet.content[0]
    assert count > 5
    assert layout("2", "a4", 1.5).rules[2] == 0


def test_hand_outs_have_names_of_their_own() -> None:
    assert [file_suffix(name) for name in ("notes", "lines", "4")] == ["-notes", "-lines", "-4-up"]
