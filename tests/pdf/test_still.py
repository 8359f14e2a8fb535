from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from slidemaker import make_slide, moving

from slidebuild import dom
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.still import Stills, make_still, still_style


@dataclass(frozen=True)
class NoFiles:
    """Stills of a slide whose files show nothing but what is said here."""

    image: str | None = None
    frames: Mapping[str, str] = field(default_factory=dict)
    """Address of what moves -> address of its frame."""

    def is_moving(self, address: str) -> bool:
        return address in self.frames

    def of_picture(self, address: str) -> str | None:
        return self.frames.get(address)

    def of_video(self, addresses: tuple[str, ...], poster: str | None) -> str | None:
        return next((self.frames[address] for address in addresses if address in self.frames), poster)


def still(
    content: str,
    *addresses: str,
    online: str | None = "https://x.example/#1",
    lang: str = "en",
    stills: Stills = NoFiles(),
) -> str:
    slide = make_slide(0, content)
    reasons = tuple(moving("object", address) for address in addresses)
    page = PlannedPage(slide, "still", reasons, "1", "T", (), online)
    result = dom.inner_html(make_still(slide.content, page, lang, stills))
    assert dom.inner_html(slide.content) == content
    return result


def test_video_becomes_its_poster_in_the_same_size() -> None:
    html = still('<video src="a.webm" poster="a b.png" width="300" class="wide" title="A run"></video>')
    assert html == '<img src="a b.png" alt="A run" class="wide" width="300">'


def test_video_without_a_poster_becomes_a_box_with_the_address() -> None:
    html = still('<p>x</p><video><source src="a.webm"></video>')
    assert html.startswith('<p>x</p><span class="sb-moving"')
    assert '<a href="https://x.example/#1">https://x.example/#1</a>' in html


def test_box_without_an_address_says_only_that_it_moves_in_the_language_of_the_deck() -> None:
    html = still('<iframe src="v.mp4"></iframe>', online=None, lang="fr-CA")
    assert ">Cette diapositive est animée</span>" in html
    assert "<a" not in html


@pytest.mark.parametrize("html", ['<object data="a.svg"></object>', '<img src="a.gif">', '<embed src="b.pdf">'])
def test_what_does_not_move_or_prints_by_itself_stays(html: str) -> None:
    assert still(html) == html


def test_object_that_was_found_to_move_is_replaced() -> None:
    assert "sb-moving" in still('<object data="a.mp4"></object>', "a.mp4")


def test_player_inside_a_player_goes_with_it() -> None:
    html = still('<video poster="p.png"><object data="a.mp4"><embed src="a.mp4"></object></video><p>z</p>', "a.mp4")
    assert html == '<img src="p.png" alt=""><p>z</p>'


def test_frames_take_the_place_of_what_moves() -> None:
    stills = NoFiles(frames={"a.gif": "f.png", "b.webm": "v.png"})
    html = still('<img src="a.gif" srcset="a.gif 2x"><video><source src="b.webm"></video>', stills=stills)
    assert html == '<img src="f.png"><img src="v.png" alt="">'
    html = still('<p style="background: url(a.gif) red">x</p>', stills=stills)
    assert "f.png" in html
    assert "a.gif" not in html


def test_picture_of_the_author_takes_the_place_of_the_first_thing_that_moves() -> None:
    stills = NoFiles(image="mine.png", frames={"a.gif": "f.png"})
    html = still('<iframe src="x"></iframe><img src="a.gif">', stills=stills)
    assert html == '<img src="mine.png" alt=""><img src="f.png">'


def test_background_that_moves_shows_its_frame() -> None:
    assert "f.png" in still_style("background-image: url(a.gif)", NoFiles(frames={"a.gif": "f.png"}))
    assert still_style("color: red", NoFiles()) == "color: red"
