from __future__ import annotations

import pytest
from deckstate import OpenDeck, index

pytestmark = pytest.mark.browser


def test_u_goes_back_to_where_a_jump_began(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert index(page) == 6
    page.keyboard.press("u")
    assert index(page) == 1
    page.keyboard.press("u")
    assert index(page) == 1, "there was no other jump"


def test_backspace_takes_back_jump_after_jump(open_deck: OpenDeck) -> None:
    page = open_deck()
    for place in (3, "'end'", 2):
        page.evaluate(f"slideshow.gotoSlide({place})")
    seen = []
    for _ in range(3):
        page.keyboard.press("Backspace")
        seen.append(index(page))
    assert seen == [6, 2, 0]


def test_turning_to_the_next_slide_is_no_jump(open_deck: OpenDeck) -> None:
    page = open_deck("#3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("u")
    assert index(page) == 3


def test_a_jump_back_to_the_same_slide_is_passed_over(open_deck: OpenDeck) -> None:
    page = open_deck("#1")
    page.evaluate("slideshow.gotoSlide(5); slideshow.gotoSlide(2); slideshow.gotoPreviousSlide()")
    page.keyboard.press("u")
    assert index(page) == 4
    page.keyboard.press("u")
    assert index(page) == 0


def test_the_way_back_survives_a_reload(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.evaluate("slideshow.gotoSlide(6)")
    page.reload()
    page.keyboard.press("u")
    assert index(page) == 1
