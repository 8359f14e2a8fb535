from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from printdeck import Deck, codes
from test_resample import noise, saved

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.printing import print_pdf

BIG = saved(noise(size=(800, 600)))


def sizes(
    session: Session, content: str, assets: Mapping[str, bytes], dpi: int | None = 192, css: str = ""
) -> set[int]:
    """Widths of the pictures in the PDF of one slide."""
    deck = Deck([("A", "", content)], css, assets)
    diagnostics = Diagnostics()
    data = print_pdf(replace(deck.job(), dpi=dpi), session, diagnostics, {})
    assert codes(diagnostics) == []
    assert data is not None
    with pikepdf.open(BytesIO(data)) as pdf:
        return {int(obj.Width) for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Width" in obj}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("content", "width"),
    [
        ('<img src="a.png" width=100 alt="">', 200),
        ('<img src="a.png" width=100 alt=""><img src="a.png" width=150 alt="">', 300),
        ('<a href="a.png"><img src="a.png" width=100 alt=""></a>', 200),
        ('<img src="a.png" width=390 alt="">', 800),
        ('<img src="a.png" alt="">', 800),
        ('<img src="a.png" style="width:100px;height:100px;object-fit:cover" alt="">', 201),
        ('<img src="a.png" style="width:200px;transform:scale(0.5)" alt="">', 200),
        ("<div style=\"width:100px;height:75px;background:url('a.png') 0 0/contain\"></div>", 200),
        ("<div style=\"width:100px;height:75px;background:url('a.png') 0 0/cover\"></div>", 200),
        ("<div style=\"width:800px;height:600px;background:url('a.png')\"></div>", 800),
        ("<div style=\"width:800px;height:600px;background:url('a.png') 0 0/50px\"></div>", 800),
        ('<img src="a.png" width=100 alt=""><svg width=99><image href="a.png" width=99 /></svg>', 800),
    ],
)
def test_picture_has_the_pixels_that_its_printed_size_needs(session: Session, content: str, width: int) -> None:
    assert sizes(session, content, {"a.png": BIG}) == {width}


@pytest.mark.browser
def test_resolution_can_be_chosen_or_pictures_left_alone(session: Session) -> None:
    content = '<img src="a.png" width=100 alt="">'
    assert sizes(session, content, {"a.png": BIG}, 96) == {100}
    assert sizes(session, content, {"a.png": BIG}, None) == {800}


@pytest.mark.browser
def test_picture_of_a_style_sheet_is_left_alone(session: Session) -> None:
    css = "p { mask: url(a.png) } "
    assert 800 in sizes(session, '<p>x</p><img src="a.png" width=100 alt="">', {"a.png": BIG}, css=css)


@pytest.mark.browser
def test_picture_of_too_many_pixels_is_reported_and_not_opened(session: Session) -> None:
    bomb = saved(Image.new("1", (9000, 10001)))
    diagnostics = Diagnostics()
    job = Deck([("A", "", "<p>x</p><img src='bomb.png' alt=''>")], assets={"bomb.png": bomb}).job()
    assert print_pdf(replace(job, dpi=192), session, diagnostics, {}) is not None
    assert codes(diagnostics) == ["picture-too-large"]
