from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from slidemaker import make_slide

from slidebuild.pdf.picture_frame import picture_frame
from slidebuild.pdf.poster import Moment, Poster, poster_of

COLOURS = [(255, 0, 0), (0, 160, 0), (0, 0, 255)]


def moving_picture(kind: str, durations: list[int]) -> bytes:
    frames = [Image.new("RGB", (20, 10), colour) for colour in COLOURS]
    out = BytesIO()
    lossless = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=durations, **lossless)  # type: ignore[arg-type]
    return out.getvalue()


def shown(data: bytes, moment: Moment) -> object:
    frame = picture_frame(data, moment)
    assert frame is not None
    with Image.open(BytesIO(frame)) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB").getpixel((3, 3))


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("moment", "nth"), [("first", 0), ("last", 2), (0.0, 0), (0.99, 0), (1.0, 1), (2.9, 1), (3.1, 2), (99.0, 2)]
)
def test_frame_is_the_one_shown_at_the_moment(kind: str, moment: Moment, nth: int) -> None:
    assert shown(moving_picture(kind, [1000, 2000, 1000]), moment) == COLOURS[nth]


def test_hasty_frames_last_a_tenth_of_a_second_as_in_browsers() -> None:
    data = moving_picture("GIF", [10, 10, 10])
    assert [shown(data, at) for at in (0.05, 0.15, 0.25)] == COLOURS


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"no picture", moving_picture("GIF", [9, 9, 9])[:60]])
def test_broken_picture_has_no_frame(data: bytes) -> None:
    assert picture_frame(data, "last") is None


@pytest.mark.parametrize(
    ("written", "poster"),
    [
        ("", Poster()),
        ("First", Poster("first")),
        (" last ", Poster("last")),
        ("3.5s", Poster(3.5)),
        ("2 s", Poster(2.0)),
        ("img/s.png", Poster(image="img/s.png")),
        ("s", Poster(image="s")),
    ],
)
def test_property_poster_names_a_moment_or_a_picture(written: str, poster: Poster) -> None:
    assert poster_of(make_slide(0, poster=written)) == poster
