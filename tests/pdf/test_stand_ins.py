"""Blank pictures that stand for others are what an encoder makes of them."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from PIL import Image

from slidebuild.pdf.picture_file import known_picture, picture_file
from slidebuild.pdf.stand_ins import stand_in


class Kept(dict[str, bytes]):
    put = dict.__setitem__
    __hash__ = object.__hash__


def saved(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


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


def test_a_known_one_needs_no_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Kept()
    made = stand_in("a.png", (20, 10), cache)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert stand_in("a.png", (20, 10), Kept(cache)) == made == stand_in("a.png", (20, 10), cache)


@pytest.mark.parametrize("data", [saved(Image.new("RGB", (400, 300))), b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_known_of_a_picture_is_not_read_again(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Kept()
    found = known_picture(data, cache)
    assert found == picture_file(data)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert known_picture(data, Kept(cache)) == found
