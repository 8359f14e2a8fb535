from __future__ import annotations

import pytest
from deckstate import OpenDeck, index

pytestmark = pytest.mark.browser

LOG = """
window.log = [];
for (const name of ['beforeShowSlide', 'showSlide', 'afterShowSlide', 'beforeHideSlide', 'hideSlide', 'afterHideSlide',
  'toggledPresenter']) slideshow.on(name, (slide) => log.push([name, slide.getSlideIndex()]));
"""


def test_events_come_in_remarks_order_with_the_slide(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.evaluate(LOG)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("p")
    assert page.evaluate("log") == [
        ["hideSlide", 1],
        ["beforeHideSlide", 1],
        ["afterHideSlide", 1],
        ["showSlide", 2],
        ["beforeShowSlide", 2],
        ["afterShowSlide", 2],
        ["toggledPresenter", 2],
    ]


def test_going_nowhere_tells_nothing(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate(LOG)
    page.evaluate("slideshow.gotoSlide(1); slideshow.gotoSlide(99); slideshow.gotoPreviousSlide()")
    assert page.evaluate("log") == []


def test_the_slide_is_on_screen_when_after_show_is_told(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""slideshow.on('afterShowSlide', (slide) => {
      const shown = document.querySelector('.remark-slides-area > .remark-visible');
      window.seen = [shown.dataset.sbIndex, shown.querySelector('h1').offsetHeight > 0, slide.getSlideNumber()];
    })""")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("seen") == ["1", True, 2]


def test_a_listener_may_turn_on(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate(
        "slideshow.on('showSlide', (slide) => { if (slide.properties.count === 'false') slideshow.gotoSlide(5) })"
    )
    page.evaluate("slideshow.gotoSlide(3)")
    assert index(page) == 4


def test_on_gives_the_slideshow_back(open_deck: OpenDeck) -> None:
    assert open_deck().evaluate("slideshow.on('showSlide', () => {}) === slideshow")


def test_a_listener_that_fails_does_not_stop_the_show(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""() => {
      addEventListener('error', (event) => { window.failed = event.message; event.preventDefault() });
      slideshow.on('hideSlide', () => { throw new Error('my own fault') });
    }""")
    page.evaluate("slideshow.gotoNextSlide()")
    assert index(page) == 1
    assert "my own fault" in page.evaluate("failed")


def test_a_left_slide_fades_for_a_second_and_only_one_at_a_time(open_deck: OpenDeck) -> None:
    page = open_deck()
    faded = page.evaluate(  # asked at once: on a busy machine the second is over before the next question
        """() => { slideshow.gotoSlide(2); slideshow.gotoSlide(3);
          const fading = document.querySelectorAll(".remark-slides-area > .remark-fading");
          return [...fading].map((slide) => slide.dataset.sbIndex); }"""
    )
    assert faded == ["1"]
    page.locator(".remark-slides-area > .remark-fading").wait_for(state="detached")
    assert page.locator("[inert]:not(.remark-preview-area)").count() == 0
