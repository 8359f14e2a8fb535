from __future__ import annotations

import pytest
from deckstate import OpenDeck

pytestmark = pytest.mark.browser


def test_only_the_current_slide_is_there_for_screen_readers(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    snapshot = page.locator("body").aria_snapshot()
    assert snapshot.count("region") == 1
    assert 'region "2 of 7: Introduction"' in snapshot
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.locator(".remark-fading").wait_for(state="detached")
    snapshot = page.locator("body").aria_snapshot()
    assert snapshot.count("region") == 1
    assert "End of the slides" not in snapshot
    assert 'region "4 of 7: Controls"' in snapshot


def test_tab_reaches_what_is_on_the_slide_and_the_players_two_buttons(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert reached[:4] == ["field", "knob", "Overview", "Keys"], "the slide's own, then the player's corner"
    assert reached[4] not in reached[:4]


def test_a_slide_is_announced_once_when_turning_has_come_to_rest(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""() => {
      window.said = [];
      const status = document.querySelector('.sb-status');
      new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
    }""")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("said.length > 0")
    assert page.evaluate("said") == ["4 of 7: Controls"]
    assert page.locator("[role=application]").count() == 0


def test_a_slide_is_announced_although_others_before_it_are_taken_away_meanwhile(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""() => {
      slideshow.gotoLastSlide();
      for (const slide of document.querySelectorAll('.remark-slide-container:not(.remark-visible)')) slide.remove();
      document.dispatchEvent(new CustomEvent('slidebuild:slides'));
    }""")
    page.wait_for_function("document.querySelector('.sb-status').textContent.startsWith('7 of 7')")


def test_focus_is_visible_in_the_presenter_view(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.remark-toolbar') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
