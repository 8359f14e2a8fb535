"""Pictures that are put into printed pages look as if the browser had printed them."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageCms
from printdeck import Deck, codes
from test_resample import noise, saved

from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf import print_run
from slidebuild.pdf.picture_file import picture_file
from slidebuild.pdf.picture_object import PictureObject, picture_object
from slidebuild.pdf.printing import print_pdf
from slidebuild.pdf.stand_ins import stand_in

IN_FULL = 100_000
"""A resolution at which no picture has too many pixels."""


def clear(size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Opaque, half and not at all."""
    image = noise("RGB", size).convert("RGBA")
    third = size[0] // 3
    for number, alpha in enumerate((255, 128, 0)):
        part = image.crop((number * third, 0, (number + 1) * third, size[1]))
        part.putalpha(alpha)
        image.paste(part, (number * third, 0))
    return image


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FILES = {
    "rgb.png": saved(noise(size=(300, 200))),
    "clear.png": saved(clear()),
    "few.png": saved(noise(size=(300, 200)).quantize(200)),
    "grey.png": saved(noise("L", (300, 200))),
    "photo.jpg": saved(noise(size=(300, 200)), "JPEG"),
    "grey.jpg": saved(noise("L", (300, 200)), "JPEG"),
    "lossy.webp": saved(noise(size=(300, 200)), "WEBP"),
    "profile.png": saved(noise(size=(300, 200)), icc_profile=SRGB),
}
PUT_IN = [
    '<img src="rgb.png" width=200 alt="">',
    '<img src="rgb.png" width=200 alt=""><a href="rgb.png">it</a><img src="grey.png" alt="">',
    '<img src="few.png" style="width:200px;height:90px" alt="">',
    '<img src="photo.jpg" style="width:200px;border-radius:50%;box-shadow:3px 3px 9px #888" alt="">',
    '<img src="grey.jpg" style="width:200px;opacity:.5" alt="">',
    '<img src="lossy.webp" style="width:200px;transform:rotate(20deg) scale(1.2)" alt="">',
    '<img src="profile.png" style="width:200px;height:90px;object-fit:contain" alt="">',
    '<div style="background:teal;padding:20px"><img src="clear.png" width=200 alt=""></div>',
    '<div style="width:90px;height:90px;overflow:hidden"><img src="rgb.png" alt=""></div>',
    '<img src="rgb.png" width=200 alt="Named"><p>Text</p><a href="https://example.org"><img src="few.png" alt="x"></a>',
]
PRINTED_AS_THEY_ARE = [
    '<img src="clear.png" style="width:200px;background:teal" alt="">',
    '<div style="background:teal;width:300px;height:200px"><img src="clear.png" alt=""></div>',
    '<img src="rgb.png" style="width:200px;filter:invert(1)" alt="">',
    '<div style="filter:grayscale(1)"><p>x</p><img src="rgb.png" width=200 alt=""></div>',
    '<img src="rgb.png" style="width:200px;mask-image:linear-gradient(black,transparent)" alt="">',
    '<img src="rgb.png" style="width:90px;height:90px;object-fit:cover" alt="">',
    '<img src="rgb.png" style="width:90px;height:90px;object-fit:none" alt="">',
    '<svg width=200 height=100><image href="grey.png" width=200 height=100 /></svg><img src="grey.png" alt="">',
]
BACKGROUND = "<div style=\"width:300px;height:90px;background:url('rgb.png') 0 0/cover\"></div>"


@pytest.fixture
def put_in(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What came of each slide that pictures were put into."""
    results: list[bool] = []
    original = print_run.put_in

    def noted(*arguments: object) -> bool:
        results.append(original(*arguments))  # type: ignore[arg-type]
        return results[-1]

    monkeypatch.setattr(print_run, "put_in", noted)
    return results


def printed(session: Session, slides: list[str], dpi: int | None, files: dict[str, bytes] = FILES) -> bytes:
    diagnostics = Diagnostics()
    deck = Deck([(str(number), "", slide) for number, slide in enumerate(slides)], assets=files)
    data = print_pdf(replace(deck.job(), dpi=dpi), session, diagnostics, {})
    assert codes(diagnostics) == []
    assert data is not None
    return data


def looks(data: bytes) -> list[Image.Image]:
    return [page.render(scale=1.5).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]


def same(first: bytes, second: bytes) -> list[bool]:
    """Which pages look alike, but for what rounding does to colours."""
    pairs = zip(looks(first), looks(second), strict=True)
    return [max(high for _, high in ImageChops.difference(*pair).getextrema()) <= 2 for pair in pairs]  # type: ignore[misc]


@pytest.mark.browser
def test_pictures_look_as_the_browser_prints_them(session: Session, put_in: list[bool]) -> None:
    mine, plain = printed(session, PUT_IN, IN_FULL), printed(session, PUT_IN, None)
    assert same(mine, plain) == [True] * len(PUT_IN)
    assert put_in == [True] * len(PUT_IN)


@pytest.mark.browser
def test_what_changes_or_cuts_a_picture_is_left_to_the_browser(session: Session, put_in: list[bool]) -> None:
    for slides in (PRINTED_AS_THEY_ARE, [BACKGROUND]):
        mine, plain = printed(session, slides, IN_FULL), printed(session, slides, None)
        assert same(mine, plain) == [True] * len(slides)
    assert not put_in


@pytest.mark.browser
def test_a_picture_that_is_not_drawn_as_expected_has_its_slide_printed_again(
    session: Session, put_in: list[bool]
) -> None:
    slides = ['<p>Off</p><img src="rgb.png" style="position:absolute;left:-900px" alt=""><img src="few.png" alt="">']
    mine, plain = printed(session, slides, IN_FULL), printed(session, slides, None)
    assert put_in == [False]
    assert same(mine, plain) == [True]


@pytest.mark.browser
def test_a_picture_cut_in_half_is_the_browser_s_to_judge(session: Session, put_in: list[bool]) -> None:
    files = {"half.jpg": FILES["photo.jpg"][:20_000]}
    mine, plain = (printed(session, ['<img src="half.jpg" alt="">'], dpi, files) for dpi in (IN_FULL, None))
    assert put_in == [False]
    assert same(mine, plain) == [True]


@pytest.mark.browser
def test_a_profile_of_colours_goes_into_the_file(session: Session) -> None:
    with pikepdf.open(BytesIO(printed(session, ['<img src="profile.png" alt="">'], IN_FULL))) as pdf:
        found = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"]
        assert [obj.ColorSpace[1].read_bytes() for obj in found] == [SRGB]


def made(data: bytes, size: tuple[int, int] | None = None) -> PictureObject:
    found = picture_object(data, size, NO_CACHE)
    assert found is not None
    assert PictureObject.unpack(found.pack()) == found
    assert picture_object(data, size, NO_CACHE) == found
    return found


def test_a_photo_stays_as_it_is_or_becomes_a_smaller_photo() -> None:
    data = FILES["photo.jpg"]
    assert made(data).data == data
    smaller = made(data, (150, 100))
    assert (smaller.is_jpeg, smaller.size, len(smaller.data) < len(data)) == (True, (150, 100), True)


def test_few_colours_become_a_palette() -> None:
    found = made(FILES["few.png"])
    assert (len(found.palette) // 3, found.mask, found.is_jpeg) == (200, b"", False)


def test_what_is_clear_goes_into_a_mask_and_has_the_colour_of_its_neighbours() -> None:
    drop = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    drop.paste((255, 0, 0, 255), (100, 100, 300, 200))
    drop.paste(noise(size=(400, 50)), (0, 250))
    found = made(saved(drop, compress_level=0))
    assert found.mask
    colours = Image.frombytes("RGB", (400, 300), zlib.decompress(found.data))
    assert [colours.getpixel(at) for at in ((99, 150), (98, 150), (100, 150))] == [
        (255, 0, 0),
        (0, 0, 0),
        (255, 0, 0),
    ]
    assert not made(saved(noise(size=(300, 200)).convert("RGBA"))).mask


def test_a_picture_that_does_not_gain_keeps_its_pixels() -> None:
    drawing = Image.new("P", (800, 600), 0)
    drawing.putpalette([255, 255, 255, 0, 0, 0])
    drawing.paste(1, (100, 100, 300, 200))
    assert made(saved(drawing, optimize=True), (790, 592)).size == (800, 600)


def test_a_broken_picture_is_none() -> None:
    assert picture_object(FILES["rgb.png"][:60_000], None, NO_CACHE) is None
    assert picture_object(FILES["photo.jpg"][:20_000], None, NO_CACHE) is None
    assert picture_object(FILES["photo.jpg"][:20_000], (30, 20), NO_CACHE) is None


@pytest.mark.parametrize(
    ("options", "is_plain"),
    [
        ({}, True),
        ({"icc_profile": SRGB}, True),
        ({"exif": {0x0112: 1}}, True),
        ({"exif": {0x0112: 3}}, False),
    ],
    ids=["nothing", "profile", "upright", "turned"],
)
def test_what_is_plain(options: dict[str, object], is_plain: bool) -> None:
    if "exif" in options:
        exif = Image.Exif()
        exif.update(options["exif"])  # type: ignore[arg-type]
        options = {"exif": exif}
    found = picture_file(saved(noise(), "JPEG", **options))
    assert found is not None
    assert found.is_plain == is_plain


def test_a_size_that_chromium_corrects_is_not_plain() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA002] = 200
    found = picture_file(saved(noise(), "JPEG", exif=exif))
    assert found is not None
    assert not found.is_plain


def test_stand_ins_have_their_pictures_size_and_tell_addresses_apart() -> None:
    first, second = stand_in("a.png", (40, 30)), stand_in("b.png", (40, 30))
    assert first != second
    assert first == stand_in("a.png", (40, 30))
    assert Image.open(BytesIO(first)).size == (40, 30)
