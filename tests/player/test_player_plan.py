from __future__ import annotations

import pytest
from deckstate import OpenDeck
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CLOCK = "window.now = 1e12; Date.now = () => now;"
PLAN = {"minutes": 12}
"""Two minutes for each of the six numbered slides."""


def _after(page: Page, seconds: int) -> list[str]:
    """What remains and the pace when the timer has run so long."""
    page.evaluate(f"now += {seconds * 1000}; slideshow.toggleTimer(); slideshow.toggleTimer()")
    return [page.locator(name).inner_text() for name in (".sb-left", ".sb-pace")]


def test_what_remains_and_the_pace_follow_the_plan(open_deck: OpenDeck) -> None:
    page = open_deck("#p1", options=PLAN)
    assert page.locator(".sb-left").inner_text() == "0:12:00 left"
    assert page.locator(".sb-pace").inner_text() == ""
    page.evaluate(CLOCK)
    page.keyboard.press("s")
    assert _after(page, 60) == ["0:11:00 left", "on time"]
    assert _after(page, 120) == ["0:09:00 left", "1 min behind"]
    assert "sb-late" in (page.locator(".sb-plan").get_attribute("class") or "")
    page.evaluate("slideshow.gotoSlide('end')")
    assert page.locator(".sb-pace").inner_text() == "7 min ahead"
    assert _after(page, 600) == ["0:01:00 over", "1 min behind"]


def test_the_line_shows_time_and_place(open_deck: OpenDeck) -> None:
    page = open_deck("#p4", options=PLAN)
    page.evaluate(CLOCK)
    page.keyboard.press("s")
    _after(page, 180)
    line = page.evaluate("""(() => {
      const line = document.querySelector('.sb-line').getBoundingClientRect();
      const end = (name) => (document.querySelector(name).getBoundingClientRect().right - line.left) / line.width;
      return [end('.sb-line i'), end('.sb-line b')];
    })()""")
    assert abs(line[0] - 0.25) < 0.01
    assert abs(line[1] - 0.5) < 0.01


def test_without_a_plan_there_is_only_the_timer(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    assert page.locator(".remark-toolbar-timer").is_visible()
    assert not page.locator(".sb-plan").is_visible()
    assert not page.locator(".sb-line").is_visible()


def test_a_running_timer_survives_a_reload_but_not_a_new_visit(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.evaluate("Date.now = () => 1e12")
    page.keyboard.press("s")
    page.add_init_script("Date.now = () => window.early ? 1e12 : 1e12 + 65000")
    page.reload()
    timer = page.locator(".remark-toolbar-timer")
    assert timer.inner_text() == "0:01:05"
    assert "sb-running" in (timer.get_attribute("class") or "")
    page.keyboard.press("s")
    page.reload()
    assert timer.inner_text() == "0:01:05"
    assert "sb-running" not in (timer.get_attribute("class") or "")
    page = open_deck("#p1")
    assert page.locator(".remark-toolbar-timer").inner_text() == "0:00:00"


def test_plus_and_minus_change_the_size_of_the_notes(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    size = "parseFloat(getComputedStyle(document.querySelector('.remark-notes')).fontSize)"
    before = page.evaluate(size)
    page.keyboard.press("+")
    page.keyboard.press("=")
    assert page.evaluate(size) > before * 1.15
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate(size) == before
