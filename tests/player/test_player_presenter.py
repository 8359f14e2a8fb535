from __future__ import annotations

import pytest
from deckstate import OpenDeck, box, has_mode

pytestmark = pytest.mark.browser


def test_the_presenter_sees_slide_next_slide_and_both_notes(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("p")
    assert has_mode(page, "presenter")
    assert page.locator(".remark-notes").inner_text().startswith("Say hello, slowly.")
    assert page.locator(".remark-notes-preview").inner_text() == "Notes of the introduction."
    preview = page.locator(".remark-preview-area")
    assert preview.locator(".remark-slide-container h1").inner_text() == "Introduction"
    slide = box(page, ".remark-visible .remark-slide-scaler")
    coming = box(page, ".remark-preview-area .remark-slide-scaler")
    notes = box(page, ".remark-notes")
    assert slide["width"] > 700
    assert abs(slide["width"] / slide["height"] - 1210 / 681) < 0.02
    assert abs(coming["width"] / coming["height"] - 1210 / 681) < 0.02
    assert coming["x"] > slide["x"] + slide["width"]
    assert notes["y"] > coming["y"] + coming["height"]
    assert notes["y"] + notes["height"] <= 720
    page.keyboard.press("p")
    assert not has_mode(page, "presenter")
    assert not page.locator(".remark-notes-area .remark-toolbar").is_visible()


def test_notes_and_preview_follow_to_the_end(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.keyboard.press("ArrowRight")
    assert page.locator(".remark-notes strong").inner_text() == "introduction"
    assert page.locator(".remark-notes-preview").inner_text() == ""
    assert page.locator(".sb-position").inner_text() == "2 / 6"
    page.keyboard.press("End")
    assert page.locator(".remark-preview-area").inner_html() == ""


def test_the_preview_plays_and_catches_nothing(open_deck: OpenDeck) -> None:
    page = open_deck("#p4")
    preview = page.locator(".remark-preview-area")
    assert preview.evaluate("(area) => [area.inert, area.querySelector('audio').autoplay]") == [True, False]
    assert page.evaluate("document.querySelector('#noise').closest('.remark-slides-area') !== null")


def test_the_timer_starts_with_the_first_turn(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    timer = page.locator(".remark-toolbar-timer")
    assert timer.inner_text() == "0:00:00"
    assert "sb-running" not in (timer.get_attribute("class") or "")
    page.keyboard.press("ArrowRight")
    assert "sb-running" in (timer.get_attribute("class") or "")


CLOCK = "window.now = 1e12; Date.now = () => now;"


def test_s_starts_and_stops_and_t_resets_the_timer(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    timer = page.locator(".remark-toolbar-timer")
    page.evaluate(CLOCK)
    page.keyboard.press("s")
    page.evaluate("now += 3725000")
    page.keyboard.press("s")
    assert timer.inner_text() == "1:02:05"
    page.evaluate("now += 60000")
    page.keyboard.press("s")
    page.evaluate("now += 1000")
    page.evaluate("slideshow.pause()")
    assert timer.inner_text() == "1:02:06"
    page.evaluate("now += 9000; slideshow.resume(); now += 1000; slideshow.toggleTimer()")
    assert timer.inner_text() == "1:02:07"
    page.keyboard.press("t")
    assert timer.inner_text() == "0:00:00"


def test_timer_options_are_heard(open_deck: OpenDeck) -> None:
    page = open_deck("#p1", options={"timer": {"startOnChange": False, "resetable": False}})
    page.evaluate(CLOCK)
    timer = page.locator(".remark-toolbar-timer")
    page.keyboard.press("ArrowRight")
    assert "sb-running" not in (timer.get_attribute("class") or "")
    page.keyboard.press("s")
    page.evaluate("now += 61000; remark.create({timer: {formatter: (ms) => `${ms / 1000} s`}})")
    page.keyboard.press("t")
    assert timer.inner_text() == "61 s"
    page = open_deck("#p1", options={"timer": {"enabled": False}})
    assert not page.locator(".remark-toolbar-timer").is_visible()


def test_the_toolbar_works_the_timer_and_the_size_of_the_notes(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Reset").click()
    size = "parseFloat(getComputedStyle(document.querySelector('.remark-notes')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Larger notes").click()
    page.get_by_role("button", name="Larger notes").click()
    larger = page.evaluate(size)
    assert larger > before * 1.15
    assert page.evaluate("location.hash") == "#p1", "the links of the toolbar lead nowhere"
    page.keyboard.press("Space")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1, "after a click the space bar turns slides again"
    page = open_deck("#p1")
    assert page.evaluate(size) == larger, "the size is remembered"
    page.get_by_role("button", name="Smaller notes").click()
    page.get_by_role("button", name="Smaller notes").click()
    assert page.evaluate(size) == before


def test_wheel_over_long_notes_scrolls_them(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.locator(".remark-notes").hover()
    page.mouse.wheel(0, 120)
    page.wait_for_function("document.querySelector('.remark-notes').scrollTop > 0")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0


def test_an_upright_window_has_one_column(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "document.querySelector('.remark-visible .remark-slide-scaler').getBoundingClientRect().width < 375"
    )
    areas = (".remark-toolbar", ".remark-slides-area", ".remark-notes", ".remark-preview-area")
    tops = [box(page, area)["y"] for area in areas]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
