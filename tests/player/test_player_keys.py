from __future__ import annotations

import pytest
from deckstate import OpenDeck, has_mode, index

pytestmark = pytest.mark.browser

NEXT = ["ArrowRight", "ArrowDown", "PageDown", "Space", "j"]
PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "k"]


def test_every_key_that_turns_a_slide_does(open_deck: OpenDeck) -> None:
    page = open_deck("#3")
    for key in NEXT:
        page.evaluate("slideshow.gotoSlide(3)")
        page.keyboard.press(key)
        assert index(page) == 3, key
    for key in PREVIOUS:
        page.evaluate("slideshow.gotoSlide(3)")
        page.keyboard.press(key)
        assert index(page) == 1, key
    page.keyboard.press("End")
    assert index(page) == 6
    page.keyboard.press("Home")
    assert index(page) == 0


def test_there_is_nothing_before_the_first_and_after_the_last_slide(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("ArrowLeft")
    assert index(page) == 0
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert index(page) == 6


def test_digits_and_return_go_to_the_slide_with_that_number(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    assert index(page) == 4, "number 4 is the fifth slide, since one is not counted"
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    assert index(page) == 4, "no slide has this number"
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    assert index(page) == 1, "the first slide with this number"


def test_digits_are_forgotten_when_another_key_comes_between(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.type("6")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert index(page) == 1


def test_keys_with_a_modifier_belong_to_the_browser(open_deck: OpenDeck) -> None:
    page = open_deck()
    for modifier in ("ctrlKey", "altKey", "metaKey"):
        page.evaluate(f"dispatchEvent(new KeyboardEvent('keydown', {{key: 'b', {modifier}: true}}))")
        assert not has_mode(page, "blackout"), modifier


def test_keys_typed_into_a_field_stay_there(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    page.locator(".remark-slides-area #field").focus()
    page.keyboard.type("b jk3")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert page.locator(".remark-slides-area #field").input_value() == "b jk3"
    assert index(page) == 3
    assert not has_mode(page, "blackout")


def test_the_space_bar_on_a_button_presses_it(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    page.evaluate("knob.onclick = () => { document.title = 'pressed' }")
    page.locator(".remark-slides-area #knob").focus()
    page.keyboard.press("Space")
    assert (page.title(), index(page)) == ("pressed", 3)
    page.keyboard.press("ArrowRight")
    assert index(page) == 4


def test_letters_of_another_script_count_by_their_place(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ'}))")
    assert index(page) == 1


def test_capital_letters_are_the_same_keys(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("Shift+B")
    assert has_mode(page, "blackout")


def test_a_key_held_down_does_not_flicker(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.down("b")
    page.keyboard.down("b")
    assert has_mode(page, "blackout")
    page.keyboard.up("b")
    page.keyboard.down("ArrowRight")
    page.keyboard.down("ArrowRight")
    assert index(page) == 2


def test_help_shows_every_key(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("?")
    assert has_mode(page, "help")
    help_text = page.locator(".remark-help").inner_text()
    for key in ["→", "Page Down", "Space", "Shift Space", "Home", "End", "Number", "Return", *"jkpcfbmsth?", "Esc"]:
        assert page.locator(".remark-help kbd").get_by_text(key, exact=True).count() == 1, key
    assert "Presenter view" in help_text
    page.keyboard.press("Escape")
    assert not has_mode(page, "help")
