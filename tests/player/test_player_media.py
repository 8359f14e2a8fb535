from __future__ import annotations

import pytest
from deckstate import OpenDeck

pytestmark = pytest.mark.browser


def test_sound_plays_on_its_slide_only_and_starts_anew(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.wait_for_function("noise.readyState >= 2")
    assert page.evaluate("noise.paused")
    page.evaluate("slideshow.gotoSlide('sound')")
    page.wait_for_function("!noise.paused && noise.currentTime > 0")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("[noise.paused, noise.currentTime]") == [True, 0]
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("!noise.paused")


def test_sound_started_on_a_hidden_slide_is_stopped(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("noise.play().catch(() => undefined)")
    page.wait_for_function("noise.paused")
