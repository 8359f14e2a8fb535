"""Moving pictures are told from their bytes."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from slidebuild.passes.frames import moving_kind


def picture(kind: str, frames: int) -> bytes:
    shots = [Image.new("RGB", (8, 8), (60 * shot, 0, 0)) for shot in range(frames)]
    out = io.BytesIO()
    if frames == 1:
        shots[0].save(out, kind)
    else:
        shots[0].save(out, kind, save_all=True, append_images=shots[1:])
    return out.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def avif(brand: bytes, samples: int) -> bytes:
    sizes = box(b"stsz", struct.pack(">III", 0, 10, samples))
    for kind in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        sizes = box(kind, sizes)
    return box(b"ftyp", brand + b"\0\0\0\0avif" + brand) + sizes


@pytest.mark.parametrize(("kind", "name"), [("GIF", "gif"), ("PNG", "apng"), ("WEBP", "webp")])
def test_picture_moves_when_it_has_several_frames(kind: str, name: str) -> None:
    assert moving_kind(picture(kind, 1)) is None
    assert moving_kind(picture(kind, 3)) == name


def test_avif_moves_when_it_is_a_sequence_of_several_samples() -> None:
    assert moving_kind(avif(b"avis", 5)) == "avif"
    assert moving_kind(avif(b"avis", 1)) is None
    assert moving_kind(avif(b"mif1", 5)) is None


@pytest.mark.parametrize(
    ("inside", "moves"),
    [
        ("<animate attributeName='x'/>", True),
        ("<a:animateTransform/>", True),
        ("<path><animateMotion path='M0 0'/></path>", True),
        ("<set attributeName='x'/>", True),
        ("<style>@keyframes spin {to {rotate: 1turn}}</style>", True),
        ("<!-- <animate/> --><path/>", False),
        ("<settings/><text>animate</text>", False),
    ],
)
def test_svg_moves_by_its_elements_or_keyframes(inside: str, moves: bool) -> None:
    svg = f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert moving_kind(svg.encode()) == ("svg" if moves else None)


def test_what_is_no_picture_does_not_move() -> None:
    assert moving_kind(b"") is None
    assert moving_kind(b"<animate>") is None
    assert moving_kind(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom") is None


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_first_frame_alone_of_a_broken_file_stands_still(kind: str) -> None:
    whole = picture(kind, 3)
    assert moving_kind(whole[:20]) is None


@given(st.data())
def test_rubbish_in_a_file_raises_nothing(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([picture(k, 2) for k in ("GIF", "PNG", "WEBP")] + [avif(b"avis", 2)])))
    cut = data.draw(st.integers(0, len(whole)))
    for _ in range(3):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    moving_kind(bytes(whole[:cut]))
    moving_kind(bytes(whole))
