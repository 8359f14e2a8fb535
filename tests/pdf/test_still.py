from __future__ import annotations

import pytest
from slidemaker import make_slide, moving

from slidebuild import dom
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.still import make_still


def still(content: str, *addresses: str, online: str | None = "https://x.example/#1", lang: str = "en") -> str:
    slide = make_slide(0, content)
    reasons = tuple(moving("object", address) for address in addresses)
    page = PlannedPage(slide, "still", reasons, "1", "T", (), online)
    result = dom.inner_html(make_still(slide.content, page, lang))
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
