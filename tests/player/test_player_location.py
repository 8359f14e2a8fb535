from __future__ import annotations

from pathlib import Path

import pytest
from deckpage import LEAVES, Leaf, build_page
from deckstate import OpenDeck, has_mode, index, wait_for_index
from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser


ADDRESSES = {
    "": 0,
    "#4": 3,
    "#intro": 1,
    "#end": 6,
    "#detail": 3,
    "#slide-sound": 4,
    "#nowhere": 0,
    "#99": 0,
    "#0": 0,
    "#%E0%A4%A": 0,
}


def test_the_address_says_which_slide_opens(open_deck: OpenDeck) -> None:
    for fragment, wanted in ADDRESSES.items():
        page = open_deck(fragment)
        assert index(page) == wanted, fragment
        assert page.evaluate("location.hash") == f"#{wanted + 1}"
        assert page.evaluate("[scrollX, scrollY]") == [0, 0]


def test_a_p_before_the_number_opens_the_presenter_view(open_deck: OpenDeck) -> None:
    page = open_deck("#p3")
    assert index(page) == 2
    assert has_mode(page, "presenter")
    assert page.evaluate("location.hash") == "#p3"


def test_a_name_may_be_a_numeral_that_no_slide_has(open_deck: OpenDeck) -> None:
    leaves = (*LEAVES, Leaf("A year", "<h1>2020</h1>", number=7, name="2020"), Leaf("Two", "<h1>2</h1>", 8, name="2"))
    assert index(open_deck("#2020", leaves=leaves)) == 7
    assert index(open_deck("#2", leaves=leaves)) == 1


def test_turning_slides_writes_the_address_and_no_history(open_deck: OpenDeck) -> None:
    page = open_deck()
    before = page.evaluate("history.length")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#5"
    page.keyboard.press("p")
    assert page.evaluate("location.hash") == "#p5"
    page.keyboard.press("p")
    assert page.evaluate("location.hash") == "#5"
    assert page.evaluate("history.length") == before


def test_a_link_to_a_name_turns_to_it_and_back_returns(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.get_by_role("link", name="the end").click()
    wait_for_index(page, 6)
    assert page.evaluate("location.hash") == "#7"
    page.go_back()
    wait_for_index(page, 1)


def test_a_link_to_an_element_turns_to_its_slide(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.get_by_role("link", name="a detail").click()
    wait_for_index(page, 3)


def test_it_works_from_a_file(context: BrowserContext, tmp_path: Path) -> None:
    deck = tmp_path / "deck.html"
    deck.write_text(build_page(), encoding="utf-8")
    page = context.new_page()
    page.goto(deck.as_uri() + "#intro")
    page.keyboard.press("ArrowRight")
    assert index(page) == 2
    assert page.url.endswith("#3")
