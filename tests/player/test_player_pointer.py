from __future__ import annotations

import pytest
from deckstate import OpenDeck, index, wait_for_index
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WHEEL = """(events) => { for (const [wait, deltaY, more] of events) {
  const event = new WheelEvent('wheel', {deltaY, bubbles: true, ...more});
  window.clock = (window.clock || 1000) + wait;
  Object.defineProperty(event, 'timeStamp', {value: window.clock});
  document.querySelector('.remark-visible .remark-slide-content').dispatchEvent(event);
} }"""


def _touch(page: Page, *points: tuple[int, int]) -> None:
    """A finger that goes down at the first point and comes up at the last."""
    session = page.context.new_cdp_session(page)
    first, *others = [{"x": x, "y": y} for x, y in points]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [first]})
    for point in others:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def test_the_wheel_turns_slides(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.mouse.move(640, 300)
    page.mouse.wheel(0, 120)
    wait_for_index(page, 2)


def test_each_notch_turns_one_slide_and_up_turns_back(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.evaluate(WHEEL, [[300, 120, {}], [90, 120, {}], [90, 120, {}]])
    assert index(page) == 4
    page.evaluate(WHEEL, [[300, -120, {}]])
    assert index(page) == 3
    page.evaluate(WHEEL, [[300, 3, {"deltaMode": 1}]])
    assert index(page) == 4


def test_a_stroke_on_a_touchpad_turns_one_slide(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.evaluate(WHEEL, [[300, 2, {}]] + [[16, step, {}] for step in (8, 20, 60, 80, 60, 40, 20, 9, 4, 2, 1)])
    assert index(page) == 2
    page.evaluate(WHEEL, [[300, 2, {}], [16, 30, {}]])
    assert index(page) == 3


def test_the_wheel_is_left_to_what_it_can_scroll(open_deck: OpenDeck) -> None:
    page = open_deck("#6")
    turn = "(deltaY) => scroller.firstElementChild.dispatchEvent(new WheelEvent('wheel', {deltaY, bubbles: true}))"
    page.evaluate(turn, 120)
    assert index(page) == 5
    page.evaluate("scroller.scrollTop = 10000")
    page.evaluate(turn, 120)
    assert index(page) == 6


def test_zooming_and_sideways_scrolling_turn_nothing(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.evaluate(WHEEL, [[300, 120, {"ctrlKey": True}], [300, 30, {"deltaX": 120}]])
    assert index(page) == 1


def test_scroll_false_turns_the_wheel_off(open_deck: OpenDeck) -> None:
    page = open_deck("#2", options={"navigation": {"scroll": False}})
    page.evaluate(WHEEL, [[300, 120, {}]])
    assert index(page) == 1


def test_clicks_turn_slides_only_when_asked_to(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.mouse.click(900, 500)
    assert index(page) == 1
    page = open_deck("#2", options={"navigation": {"click": True}})
    page.mouse.click(900, 500)
    assert index(page) == 2
    page.mouse.click(100, 500, button="right")
    assert index(page) == 1


def test_clicks_on_links_and_controls_are_theirs(open_deck: OpenDeck) -> None:
    page = open_deck("#4", options={"navigation": {"click": True}})
    page.locator(".remark-slides-area #knob").click()
    page.locator(".remark-slides-area #field").click()
    assert index(page) == 3
    page.evaluate("slideshow.gotoSlide(2)")
    page.get_by_role("link", name="the fourth").click()
    wait_for_index(page, 3)


def test_a_tap_on_the_right_half_is_next_and_on_the_left_previous(open_deck: OpenDeck) -> None:
    page = open_deck("#2", options={"navigation": {"click": True}})
    page.touchscreen.tap(1000, 500)
    wait_for_index(page, 2)
    page.touchscreen.tap(200, 500)
    wait_for_index(page, 1)


def test_a_tap_on_a_link_follows_it(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.get_by_role("link", name="the end").tap()
    wait_for_index(page, 6)


def test_strokes_turn_slides(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    _touch(page, (800, 400), (700, 405), (500, 410))
    wait_for_index(page, 2)
    _touch(page, (300, 400), (400, 395), (600, 390))
    wait_for_index(page, 1)
    _touch(page, (600, 200), (620, 300), (640, 500))
    assert index(page) == 1, "a stroke downwards is none of ours"


def test_touch_false_turns_fingers_off(open_deck: OpenDeck) -> None:
    page = open_deck("#2", options={"navigation": {"touch": False}})
    _touch(page, (800, 400), (700, 405), (500, 410))
    page.touchscreen.tap(1000, 500)
    assert index(page) == 1


def test_what_scrolls_sideways_takes_the_stroke(open_deck: OpenDeck) -> None:
    page = open_deck("#6")
    _touch(page, (600, 200), (500, 200), (300, 200))
    assert index(page) == 5
