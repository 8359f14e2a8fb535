from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from slidebuild.browser.bombs import MAX_PIXELS, is_bomb, without_bombs

SIDE = 10_000


def made(kind: str, size: tuple[int, int] = (3, 2), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, lossless=mode == "RGB")
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    )


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(16) + struct.pack("<ii", width, -height)


@pytest.mark.parametrize("make", [png, gif, bmp])
def test_pictures_are_judged_by_the_size_in_their_header(make: object) -> None:
    assert callable(make)
    assert is_bomb(make(SIDE, SIDE))
    assert not is_bomb(make(SIDE, MAX_PIXELS // SIDE))


def resized(data: bytes) -> bytes:
    """The same file, its header saying that it is 10,000 × 10,000."""
    kind = data[12:16]
    if kind == b"VP8L":
        return data[:21] + (SIDE - 1 | (SIDE - 1) << 14).to_bytes(4, "little") + data[25:]
    if kind == b"VP8X":
        return data[:24] + (SIDE - 1).to_bytes(3, "little") * 2 + data[30:]
    if kind == b"VP8 ":
        return data[:26] + struct.pack("<HH", SIDE, SIDE) + data[30:]
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", SIDE, SIDE) + data[at + 8 :]


@pytest.mark.parametrize(("kind", "mode"), [("WEBP", "RGB"), ("WEBP", "L"), ("AVIF", "RGB")])
def test_webp_and_avif_too(kind: str, mode: str) -> None:
    data = made(kind, (30, 20), mode)
    assert not is_bomb(data)
    assert is_bomb(resized(data))


def test_extended_webp_too() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert not is_bomb(out.getvalue())
    assert is_bomb(resized(out.getvalue()))


def test_jpeg_and_everything_else_is_none() -> None:
    assert not is_bomb(made("JPEG"))
    assert not is_bomb(b"")
    assert not is_bomb(b"<svg xmlns='http://www.w3.org/2000/svg' width='1000000' height='1000000'/>")


def test_picture_inside_an_svg_counts() -> None:
    inside = base64.b64encode(png(SIDE, SIDE)).decode()
    assert is_bomb(f'<svg><image href="data:image/png;base64,{inside}"/></svg>'.encode())
    assert is_bomb(f'<svg><image href="DATA:Image/PNG;base64,{inside}"/></svg>'.encode())
    assert not is_bomb(f'<svg><image href="data:image/png;base64,{inside[:20]}"/></svg>'.encode())


def test_embedded_bombs_are_taken_out_of_a_page_and_others_stay() -> None:
    bomb, plain = (base64.b64encode(data).decode() for data in (png(SIDE, SIDE), made("PNG")))
    escaped = "".join(f"%{byte:02X}" for byte in gif(SIDE, SIDE))
    page = f'<img src="data:image/png;base64,{plain}"><img src="data:image/png;base64,{bomb}"><p style="background: '
    page += f'url(data:image/gif,{escaped})">data:image/png;base64, is how these begin'
    found = without_bombs(page.encode()).decode()
    assert found == page.replace(f"data:image/png;base64,{bomb}", "data:,").replace(
        f"data:image/gif,{escaped}", "data:,"
    )


@given(
    st.binary(max_size=60),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8X", b"BM", b"\0\0\0\0ftyp"]),
)
def test_nothing_raises(data: bytes, start: bytes) -> None:
    is_bomb(start + data)
    without_bombs(b'<img src="data:image/png;base64,' + data)
