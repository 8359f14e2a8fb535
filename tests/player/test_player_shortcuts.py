"""Keys that are letters, digits or signs can be turned off, by the deck and by the viewer."""

from __future__ import annotations

import pytest
from deckpage import build_page
from deckstate import OpenDeck, has_mode, index
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

OFF = {"navigation": {"shortcuts": False}}


def _press_all(page: Page) -> None:
    for key in "bopmjk.4/?u":
        page.keyboard.press(key)
    page.keyboard.press("Enter")


def test_a_deck_can_turn_them_off(open_deck: OpenDeck) -> None:
    page = open_deck("#2", options=OFF)
    _press_all(page)
    assert page.evaluate("document.body.className") == "remark-container"
    assert index(page) == 1
    for key, wanted in (("ArrowRight", 2), ("Space", 3), ("Home", 0)):
        page.keyboard.press(key)
        assert index(page) == wanted, key


def test_a_viewer_can_turn_them_off_and_on_for_good(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.keyboard.press("h")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    _press_all(page)
    assert page.evaluate("document.body.className") == "remark-container"
    page = open_deck("#2")
    page.keyboard.press("b")
    assert not has_mode(page, "blackout"), "the choice is remembered"
    page.evaluate("document.querySelector('.sb-menu button:last-child').focus()")
    page.keyboard.press("Enter")
    assert has_mode(page, "help"), "the corner's button opens the help without letters"
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("b")
    assert has_mode(page, "blackout")
    page.evaluate("localStorage.clear()")


OPACITY = "[...document.querySelectorAll('.sb-menu button')].map((one) => Number(getComputedStyle(one).opacity))"


def test_the_corner_shows_when_tab_reaches_it(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(build_page())
    assert page.evaluate(OPACITY) == [0, 0]
    page.keyboard.press("Tab")
    assert page.evaluate(OPACITY) == [1, 1]
    page.keyboard.press("Enter")
    assert has_mode(page, "overview")


@pytest.mark.parametrize(("width", "height", "animations"), [(844, 390, ["sb-back"]), (390, 844, [])])
def test_on_a_phone_on_its_side_the_corner_steps_back(
    browser: Browser, width: int, height: int, animations: list[str]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    page = context.new_page()
    page.set_content(build_page())
    found = page.evaluate("document.querySelector('.sb-menu button').getAnimations().map((one) => one.animationName)")
    context.close()
    assert found == animations


def test_a_touch_screen_always_has_the_way_to_the_overview(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    assert page.evaluate(OPACITY) == [0.75, 0]
    page.get_by_role("button", name="Overview").tap()
    assert has_mode(page, "overview")
    assert index(page) == 1
