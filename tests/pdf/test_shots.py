from __future__ import annotations

from io import BytesIO

import pytest
from decks import compile_text
from PIL import Image

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.contact import contact_sheet
from slidebuild.pdf.selection import EVERYTHING, Selection
from slidebuild.pdf.shots import Shot, narrowed, shoot

DECK = """---
ratio: "4:3"
---
background-color: #ff0000
# One
---
background-color: #0000ff
# Two
--
more
---
background-color: #00ff00
# Four
"""


def shots(session: Session, selection: Selection = EVERYTHING, *, width: int | None = None) -> tuple[Shot, ...]:
    diagnostics = Diagnostics()
    found = shoot(compile_text(DECK, diagnostics), session, diagnostics, selection=selection, scale=0.5, width=width)
    assert not len(diagnostics)
    return found


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.browser
def test_each_page_is_a_picture_called_as_the_slide_is_addressed(session: Session) -> None:
    found = shots(session)
    assert [shot.number for shot in found] == [1, 3, 4]
    pictures = [opened(shot.data) for shot in found]
    assert {picture.size for picture in pictures} == {(454, 341)}
    assert [picture.getpixel((400, 300)) for picture in pictures] == [(255, 0, 0), (0, 0, 255), (0, 255, 0)]


@pytest.mark.browser
def test_thumbnails_of_some_slides_have_the_width_asked_for_and_the_same_bytes(session: Session) -> None:
    first, second = (shots(session, Selection("4"), width=160) for _ in range(2))
    assert [shot.data for shot in first] == [shot.data for shot in second]
    assert [(shot.number, opened(shot.data).size) for shot in first] == [(4, (160, 120))]


def test_picture_of_the_right_width_stays_as_it_is() -> None:
    out = BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    assert narrowed(out.getvalue(), 30) == out.getvalue()
    assert opened(narrowed(out.getvalue(), 15)).size == (15, 10)


@pytest.mark.browser
def test_contact_sheet_shows_every_slide(session: Session) -> None:
    sheet = opened(contact_sheet(shots(session, width=100)))
    assert sheet.size == (2 * 116 + 16, 2 * (75 + 38) + 16)
    assert sheet.getpixel((90, 70)) == (255, 0, 0)
    assert sheet.getpixel((206, 70)) == (0, 0, 255)
    assert sheet.getpixel((90, 183)) == (0, 255, 0)


@pytest.mark.browser
def test_what_does_not_load_is_told(session: Session) -> None:
    diagnostics = Diagnostics()
    deck = compile_text("# A\n<style>h1 { background: url(http://x.example/a.png) }</style>", diagnostics)
    assert len(shoot(deck, session, diagnostics, scale=0.25)) == 1
    assert [item.code for item in diagnostics] == ["request-refused"]
