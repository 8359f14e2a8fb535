"""Blank pictures that stand for others are what an encoder makes of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from slidebuild.pdf.stand_ins import stand_in


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (9, 8), (24, 8), (25, 17), (640, 481), (2938, 2198), (65_000, 3)])
def test_a_stand_in_is_a_grey_picture_of_that_size(size: tuple[int, int]) -> None:
    data = stand_in("img/a.png", size)
    with Image.open(BytesIO(data)) as image:
        image.load()
        assert (image.size, image.mode, image.getextrema()) == (size, "L", (128, 128))
    encoded = BytesIO()
    Image.new("L", size, 128).save(encoded, "JPEG", quality=25, comment=image.info["comment"])
    assert sorted(encoded.getvalue()) == sorted(data)  # the comment stands elsewhere


def test_each_address_has_its_own() -> None:
    assert stand_in("a.png", (20, 10)) != stand_in("b.png", (20, 10))
    assert stand_in("a.png", (20, 10)) == stand_in("a.png", (20, 10))
