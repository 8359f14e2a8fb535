from __future__ import annotations

import pytest
from deckstate import OpenDeck, has_mode, index
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def _topmost(page: Page) -> str:
    name: str = page.evaluate("document.elementFromPoint(640, 360).className")
    return name


def test_b_makes_the_screen_black_until_pressed_again_or_escape(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("b")
    assert has_mode(page, "blackout")
    assert _topmost(page) == "remark-backdrop"
    page.keyboard.press("b")
    assert not has_mode(page, "blackout")
    assert _topmost(page) != "remark-backdrop"
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    assert not has_mode(page, "blackout")


def test_the_presenter_still_sees_while_the_audience_does_not(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.keyboard.press("b")
    assert has_mode(page, "blackout")
    assert not page.locator(".remark-backdrop").is_visible()


def test_m_mirrors_the_slides(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("m")
    assert has_mode(page, "mirrored")
    assert page.evaluate("getComputedStyle(document.querySelector('.remark-slides-area')).transform").startswith(
        "matrix(-1"
    )
    page.keyboard.press("m")
    assert not has_mode(page, "mirrored")


def test_f_fills_the_screen_and_gives_it_back(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


def test_help_takes_the_focus_and_gives_it_back(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    page.locator(".remark-slides-area #knob").focus()
    page.keyboard.press("h")
    assert _topmost(page).startswith(("remark-help", "key")) or page.locator(".remark-help:focus").count() == 1
    page.keyboard.press("h")
    assert page.evaluate("document.activeElement.id") == "knob"


def test_pause_stops_keys_wheel_and_clicks_until_resume(open_deck: OpenDeck) -> None:
    page = open_deck(options={"navigation": {"click": True}})
    page.evaluate("slideshow.pause()")
    assert has_mode(page, "pause")
    page.keyboard.press("ArrowRight")
    page.mouse.click(640, 360)
    page.evaluate("dispatchEvent(new WheelEvent('wheel', {deltaY: 120}))")
    assert index(page) == 0
    page.evaluate("slideshow.resume()")
    assert not has_mode(page, "pause")
    page.keyboard.press("ArrowRight")
    assert index(page) == 1


def test_the_pause_sign_shows_in_presenter_view_only(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("slideshow.pause()")
    assert not page.locator(".remark-pause").is_visible()
    page.evaluate("slideshow.togglePresenterMode()")
    assert page.locator(".remark-pause .remark-pause-lozenge").is_visible()


PLACE = """(() => {
  const place = document.querySelector('.remark-visible .remark-slide-scaler').getBoundingClientRect();
  return [place.left, place.top, place.width, place.height].map(Math.round);
})()"""


def test_slides_fill_the_window_as_far_as_their_shape_allows(open_deck: OpenDeck) -> None:
    page = open_deck()
    assert page.evaluate(PLACE) == [0, 0, 1279, 720]
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function(f"{PLACE}[2] === 600")
    assert page.evaluate(PLACE) == [0, 281, 600, 338]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(PLACE) == [0, 281, 600, 338]


def test_keys_that_scroll_belong_to_the_help_while_it_is_open(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.set_viewport_size({"width": 500, "height": 400})
    page.keyboard.press("h")
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.remark-help').scrollTop > 100")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowDown")
    assert index(page) == 1
    page.keyboard.press("b")
    assert has_mode(page, "blackout"), "other keys work as ever"
