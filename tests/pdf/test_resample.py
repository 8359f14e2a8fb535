from __future__ import annotations

import random
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFile

from slidebuild.cache import NO_CACHE
from slidebuild.pdf.picture_file import is_bomb, is_picture, size_of
from slidebuild.pdf.resample import resample


def noise(mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A picture that does not compress."""
    count = size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, random.Random(1).randbytes(count))


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def small(data: bytes, size: tuple[int, int] = (100, 75)) -> Mapping[str, bytes]:
    found = resample({"a": data}, [("a", size)], NO_CACHE)
    return {address: made for (address, _), made in found.items()}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_gets_the_size_and_the_same_bytes_again(kind: str) -> None:
    data = saved(noise(), kind)
    assert is_picture(data)
    first = small(data)
    assert opened(first["a"]).size == (100, 75)
    assert len(first["a"]) < len(data)
    assert small(data) == first


def test_photo_stays_a_jpeg() -> None:
    assert opened(small(saved(noise(), "JPEG"))["a"]).format == "JPEG"


def test_drawing_stays_lossless_and_keeps_what_is_clear() -> None:
    image = noise("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 300))
    found = opened(small(saved(image))["a"])
    assert (found.format, found.mode) == ("PNG", "RGBA")
    assert found.getpixel((10, 10)) == (0, 0, 0, 0)


def test_palette_with_a_clear_colour_keeps_it() -> None:
    image = Image.new("P", (400, 300), 0)
    image.putpalette([255, 0, 0, 0, 255, 0, *([7] * 762)])
    for x, y in ((x, y) for x in range(200, 400) for y in range(300)):
        image.putpixel((x, y), random.Random(x * y).randrange(1, 256))
    found = opened(small(saved(image, transparency=0))["a"])
    assert found.mode == "RGBA"
    assert found.getpixel((20, 20))[3] == 0


def test_picture_that_does_not_gain_is_left_alone() -> None:
    image = Image.new("P", (400, 300), 0)
    ImageDraw.Draw(image).line((0, 0, 400, 300), fill=1)
    image.putpalette([255, 255, 255, 0, 0, 0])
    assert small(saved(image, optimize=True), (390, 292)) == {}


def test_plain_drawings_are_not_tried_as_they_take_no_less_in_fewer_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = Image.new("L", (1280, 960), 255)
    ImageDraw.Draw(drawing).line((0, 0, 1279, 959), width=3)
    plain = saved(drawing)
    assert not small(plain, (900, 675))
    monkeypatch.setattr(Image.Image, "resize", lambda *_, **__: pytest.fail("it was resized"))
    assert not small(plain, (900, 675))


def test_exif_orientation_is_carried_out() -> None:
    image = noise()
    image.paste((255, 0, 0), (0, 0, 200, 300))  # left half; turned by 90° clockwise it is the upper half
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(image, "JPEG", exif=exif)
    assert size_of(data) == (300, 400)
    found = opened(small(data, (75, 100))["a"])
    assert found.size == (75, 100)
    assert not found.getexif()
    assert found.getpixel((40, 20))[0] > 240


@pytest.mark.parametrize("is_last", [False, True])
def test_pngs_are_unpacked_to_know_their_size_only_where_exif_data_follow(
    is_last: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: [load(image), unpacked.append(image)][0])
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(noise(), exif=exif)
    start = data.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4], "big")
    without, last = data[:start] + data[end:], data.rindex(b"IEND") - 4
    if is_last:
        data = data[:start] + data[end:last] + data[start:end] + data[last:]
    unpacked.clear()
    assert size_of(data) == (300, 400)
    assert bool(unpacked) == is_last
    unpacked.clear()
    assert size_of(without) == (400, 300)
    assert not unpacked


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"x" * 9000,
        saved(Image.new("CMYK", (400, 300)), "JPEG"),
        saved(noise(), "PNG", save_all=True, append_images=[noise(size=(400, 300)).rotate(90)]),
    ],
    ids=["broken", "CMYK", "moving"],
)
def test_what_cannot_be_resampled_has_no_size(data: bytes) -> None:
    assert size_of(data) is None


def test_truncated_picture_is_left_alone() -> None:
    assert small(saved(noise())[:30000]) == {}


def test_bomb_is_recognised_by_its_header_alone() -> None:
    data = saved(Image.new("1", (20000, 20000)))
    assert is_bomb(data)
    assert size_of(data) is None


def test_cache_gives_what_was_made() -> None:
    kept: dict[str, bytes] = {}

    class Kept:
        def get(self, key: str) -> bytes | None:
            return kept.get(key)

        def put(self, key: str, data: bytes) -> None:
            kept[key] = data

    data = saved(noise())
    first = resample({"a": data}, [("a", (100, 75))], Kept())
    assert list(kept.values()) == list(first.values())
    kept.update(dict.fromkeys(kept, b"from the cache"))
    assert resample({"b": data}, [("b", (100, 75))], Kept()) == {("b", (100, 75)): b"from the cache"}


def test_transparency_that_is_not_there_is_left_out() -> None:
    opaque = noise(size=(400, 300)).convert("RGBA")
    clear = opaque.copy()
    clear.putpixel((7, 7), (0, 0, 0, 0))
    made = {}
    for name, image in (("opaque", opaque), ("clear", clear)):
        found = resample({"a.png": saved(image)}, [("a.png", (100, 75))], NO_CACHE)
        made[name] = Image.open(BytesIO(found["a.png", (100, 75)])).mode
    assert made == {"opaque": "RGB", "clear": "RGBA"}
