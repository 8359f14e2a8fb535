from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from deckpage import build_page
from deckstate import DECK, has_mode, index, wait_for_index
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

NO_CHANNEL = "delete window.BroadcastChannel"


def _serve(context: BrowserContext) -> None:
    html = build_page()
    context.route("http://deck.test/**", lambda route: route.fulfill(content_type="text/html", body=html))


def _clone(page: Page) -> Page:
    with page.expect_popup() as popup:
        page.keyboard.press("c")
    popup.value.wait_for_function("window.slideshow !== undefined")
    return popup.value


def _assert_in_step(page: Page, clone: Page) -> None:
    page.keyboard.press("ArrowRight")
    wait_for_index(clone, index(page))
    clone.keyboard.press("End")
    wait_for_index(page, 6)
    page.evaluate("slideshow.gotoSlide('intro')")
    wait_for_index(clone, 1)
    for one, other in ((page, clone), (clone, page)):
        one.keyboard.press("b")
        other.wait_for_function("document.body.classList.contains('remark-blackout-mode')")
        one.keyboard.press("b")
        other.wait_for_function("!document.body.classList.contains('remark-blackout-mode')")
    assert not has_mode(page, "blackout")
    page.evaluate("slideshow.gotoSlide(4)")
    wait_for_index(clone, 3)


@pytest.mark.parametrize("script", ["", NO_CHANNEL], ids=["channel", "opener"])
@pytest.mark.parametrize("place", ["server", "file"])
def test_a_clone_is_kept_in_step(context: BrowserContext, tmp_path: Path, script: str, place: str) -> None:
    deck = tmp_path / "deck.html"
    deck.write_text(build_page(), encoding="utf-8")
    _serve(context)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto((DECK if place == "server" else deck.as_uri()) + "#3")
    clone = _clone(page)
    assert index(clone) == 2
    _assert_in_step(page, clone)


def test_the_clone_of_a_presenter_shows_slides(context: BrowserContext) -> None:
    _serve(context)
    page = context.new_page()
    page.goto(f"{DECK}#p3")
    clone = _clone(page)
    assert has_mode(page, "presenter")
    assert not has_mode(clone, "presenter")
    assert index(clone) == 2


def test_step_is_kept_when_a_window_is_loaded_anew(context: BrowserContext) -> None:
    _serve(context)
    page = context.new_page()
    page.goto(DECK)
    clone = _clone(page)
    page.reload()
    page.keyboard.press("ArrowRight")
    wait_for_index(clone, 1)
    clone.keyboard.press("ArrowRight")
    wait_for_index(page, 2)


def test_c_again_brings_the_clone_to_the_front(context: BrowserContext) -> None:
    _serve(context)
    page = context.new_page()
    page.goto(DECK)
    _clone(page)
    page.keyboard.press("c")
    assert page.evaluate("slideshow.clone !== null && !slideshow.clone.closed")
    assert len(context.pages) == 2


def test_windows_opened_apart_are_not_in_step(context: BrowserContext) -> None:
    _serve(context)
    page, other = context.new_page(), context.new_page()
    page.goto(DECK)
    other.goto(DECK)
    clone = _clone(page)
    page.keyboard.press("ArrowRight")
    wait_for_index(clone, 1)
    assert index(other) == 0


def _open_from(context: BrowserContext, origin: str) -> tuple[Page, Callable[[str], None]]:
    """A page of `origin` that opens the deck, and how it speaks to it."""
    _serve(context)
    context.route(
        f"{origin}/remote", lambda route: route.fulfill(content_type="text/html", body="<title>remote</title>")
    )
    remote = context.new_page()
    remote.goto(f"{origin}/remote")
    remote.evaluate("window.heard = []; addEventListener('message', (event) => heard.push(event.data))")
    with remote.expect_popup() as popup:
        remote.evaluate(f"void (window.deck = open('{DECK}'))")
    popup.value.wait_for_function("window.slideshow !== undefined")
    popup.value.evaluate("addEventListener('message', (event) => { window.last = event.data })")

    def say(message: str) -> None:
        remote.evaluate(f"deck.postMessage('{message}', '*')")
        popup.value.wait_for_function(f"window.last === '{message}'")

    return popup.value, say


def test_messages_of_the_same_origin_turn_slides(context: BrowserContext) -> None:
    deck, say = _open_from(context, "http://deck.test")
    say("gotoSlide:4")
    wait_for_index(deck, 3)
    say("toggleBlackout")
    assert has_mode(deck, "blackout")
    say("gotoSlide:junk")
    assert index(deck) == 3


def test_the_opener_hears_remarks_messages(context: BrowserContext) -> None:
    deck, _ = _open_from(context, "http://deck.test")
    deck.keyboard.press("ArrowRight")
    deck.keyboard.press("b")
    remote = deck.opener()
    assert remote is not None
    remote.wait_for_function("heard.length === 2")
    assert remote.evaluate("heard") == ["gotoSlide:2", "toggleBlackout"]


def test_messages_of_another_site_are_not_obeyed(context: BrowserContext) -> None:
    deck, say = _open_from(context, "http://elsewhere.test")
    say("gotoSlide:4")
    say("toggleBlackout")
    assert index(deck) == 0
    assert not has_mode(deck, "blackout")
    deck.keyboard.press("ArrowRight")
    assert index(deck) == 1


def test_sound_comes_from_the_audiences_window_only(context: BrowserContext) -> None:
    _serve(context)
    page = context.new_page()
    page.goto(DECK)
    clone = _clone(page)
    page.keyboard.press("ArrowRight")
    wait_for_index(clone, 1)
    page.keyboard.press("p")
    clone.evaluate("slideshow.gotoSlide('sound')")
    wait_for_index(page, 4)
    assert page.evaluate("noise.muted") is True
    assert clone.evaluate("noise.muted") is False
    page.keyboard.press("p")
    page.evaluate("slideshow.gotoSlide(1); slideshow.gotoSlide('sound')")
    assert page.evaluate("noise.muted") is False
