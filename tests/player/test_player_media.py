from __future__ import annotations

import base64
import io

import pytest
from deckpage import Leaf, build_page
from deckstate import DECK, OpenDeck, has_mode
from PIL import Image
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


def _gif(hold: int) -> str:
    """An address of a GIF that is red for `hold` ms and then blue for ever."""
    frames = [Image.new("RGB", (8, 8), color) for color in ("#ff0000", "#0000ff")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=[hold, 60_000])
    return "data:image/gif;base64," + base64.b64encode(buffer.getvalue()).decode()


def _leaves(gif: str) -> tuple[Leaf, ...]:
    picture = f'<img id="run" alt="a run" width="600" height="400" src="{gif}">'
    return (Leaf("One", "<h1>One</h1>", number=1), Leaf("Run", picture, number=2, name="run"))


def _color(page: Page) -> str:
    """What stands in the middle of the picture on the screen."""
    place = page.locator(".remark-visible #run").bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 4, place["y"] + place["height"] / 4
    shot = page.screenshot(clip={"x": x, "y": y, "width": 4, "height": 4})
    red, _, blue = Image.open(io.BytesIO(shot)).convert("RGB").getpixel((1, 1))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def _wait_for_color(page: Page, color: str) -> None:
    for _ in range(200):
        if _color(page) == color:
            return
    raise AssertionError(f"the picture never turned {color}")


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


def test_data_autoplay_starts_too_and_controls_are_left_to_the_viewer(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("noise.removeAttribute('autoplay')")
    page.evaluate("slideshow.gotoSlide('sound')")
    assert page.evaluate("noise.paused")
    page.evaluate("noise.setAttribute('data-autoplay', ''); slideshow.gotoSlide(1); slideshow.gotoSlide('sound')")
    page.wait_for_function("!noise.paused")


def test_a_gif_begins_anew_whenever_its_slide_comes(open_deck: OpenDeck) -> None:
    page = open_deck("#run", leaves=_leaves(_gif(1500)))
    _wait_for_color(page, "blue")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert _color(page) == "red"
    _wait_for_color(page, "blue")


def test_with_reduced_motion_a_gif_stands_still_until_it_is_started(open_deck: OpenDeck) -> None:
    page = open_deck(leaves=_leaves(_gif(20)))
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("ArrowRight")
    still = page.get_by_role("button", name="Play the animation: a run")
    still.wait_for()
    assert _color(page) == "red"
    place, picture = still.bounding_box(), page.locator(".remark-visible #run").bounding_box()
    assert place == picture
    still.click()
    assert still.count() == 0
    _wait_for_color(page, "blue")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".sb-still, .sb-held").count() == 0
    page.emulate_media(reduced_motion="no-preference")


VIDEO = '<video id="film" autoplay muted></video><audio id="tone" data-autoplay muted></audio>'
PLAYS = """() => {
  window.played = [];
  HTMLMediaElement.prototype.play = function () { played.push(this.id); return Promise.resolve() };
}"""


def test_with_reduced_motion_videos_wait_and_show_their_controls(open_deck: OpenDeck) -> None:
    leaves = (Leaf("One", "<h1>One</h1>", number=1), Leaf("Film", VIDEO, number=2))
    page = open_deck(leaves=leaves)
    page.evaluate(PLAYS)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("played") == ["film", "tone"]
    page.keyboard.press("ArrowLeft")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("played.length = 0")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("[played, film.autoplay, film.controls]") == [["tone"], False, True]
    page.emulate_media(reduced_motion="no-preference")


LOCK = """
window.locks = [];
Object.defineProperty(navigator, 'wakeLock', { value: { request: async (type) => {
  const lock = new EventTarget();
  lock.release = async () => { locks.push('released'); lock.dispatchEvent(new Event('release')) };
  locks.push(type);
  window.lock = lock;
  return lock;
} } });
"""


def test_the_screen_stays_on_while_presenting(context: BrowserContext) -> None:
    html = build_page()
    context.route("http://deck.test/**", lambda route: route.fulfill(content_type="text/html", body=html))
    context.add_init_script(LOCK)
    page = context.new_page()
    page.goto(DECK)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("locks") == [], "somebody who reads slides needs no lock"
    page.keyboard.press("p")
    page.wait_for_function("locks.length === 1")
    # The browser takes the lock when the page is hidden.
    page.evaluate("lock.dispatchEvent(new Event('release'))")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("locks.length === 2")
    assert has_mode(page, "presenter")
    page.keyboard.press("p")
    page.wait_for_function("locks.length === 3")
    assert page.evaluate("locks") == ["screen", "screen", "released"]
