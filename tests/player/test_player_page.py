"""Before the player starts, without it, and on paper."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pikepdf
import pytest
from deckpage import LEAVES, build_page
from deckstate import DECK, OpenDeck, box
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCALERS = """[...document.querySelectorAll('.remark-slide-scaler')].filter((scaler) => scaler.checkVisibility())
  .map((scaler) => {
    const place = scaler.getBoundingClientRect();
    return [place.left, place.top, place.width, place.height].map(Math.round);
  })"""
"""Left, top, width and height of every slide that can be seen."""


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in CSS px."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        boxes = [[float(edge) for edge in page.mediabox] for page in document.pages]  # type: ignore[attr-defined]
    return [((box[2] - box[0]) / 0.75, (box[3] - box[1]) / 0.75) for box in boxes]


def _print(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True)


@pytest.mark.parametrize("ratio", [(16, 9), (4, 3), (1, 1), (9, 16)], ids=str)
def test_print_gives_one_page_of_exact_size_a_slide(open_deck: OpenDeck, ratio: tuple[int, int]) -> None:
    page = open_deck("#3", ratio=ratio)
    page.keyboard.press("m")
    sizes = _sizes(_print(page))
    assert len(sizes) == len(LEAVES)
    for width, height in sizes:
        assert abs(width - 681 * ratio[0] // ratio[1]) < 1
        assert abs(height - 681) < 1


def test_paper_is_unscaled_and_screens_are_as_before_afterwards(open_deck: OpenDeck) -> None:
    page = open_deck("#3")
    before = page.evaluate(SCALERS)
    page.emulate_media(media="print")
    assert page.evaluate(SCALERS)[:2] == [[0, 0, 1210, 681], [0, 681, 1210, 681]]
    assert not page.locator(".remark-slide-notes >> visible=true").count()
    page.emulate_media(media="null")
    assert page.evaluate(SCALERS) == before


def test_the_presenter_view_prints_upright_pages_with_notes(open_deck: OpenDeck) -> None:
    page = open_deck("#p1")
    sizes = _sizes(_print(page))
    assert len(sizes) == len(LEAVES)
    assert {(round(width), round(height)) for width, height in sizes} == {(681, 908)}
    page.emulate_media(media="print")
    assert page.evaluate(SCALERS)[0] == [30, 30, 621, 350]
    notes = box(page, ".remark-slides-area .remark-slide-notes")
    page.emulate_media(media="null")
    assert (notes["x"], notes["width"]) == (30, 621)
    assert notes["y"] > 380


def test_without_javascript_all_slides_show_one_under_another(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.set_content(build_page())
    places = page.evaluate(SCALERS)
    assert [place[2:] for place in places] == [[1210, 681]] * len(LEAVES)
    tops = [place[1] for place in places]
    assert all(later - earlier > 681 for earlier, later in itertools.pairwise(tops))
    assert page.evaluate("document.documentElement.scrollHeight") > 7 * 681
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = page.evaluate(SCALERS)
    assert [place[2] for place in narrow] == [358] * len(LEAVES)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert len(_sizes(_print(page))) == len(LEAVES)
    context.close()


def test_a_link_finds_its_slide_without_javascript(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.route("http://deck.test/**", lambda route: route.fulfill(content_type="text/html", body=build_page()))
    page.goto(f"{DECK}#end")
    assert page.evaluate("scrollY") > 3000
    context.close()


@pytest.mark.parametrize(("fragment", "shown"), [("", [[0, 0, 1279, 720]]), ("#5", [])])
def test_the_first_slide_stands_in_place_before_the_player_has_started(
    open_deck: OpenDeck, fragment: str, shown: list[list[int]]
) -> None:
    html = re.sub(r"<script>\(function \(\) \{.*</script>", "", build_page(), flags=re.DOTALL)
    page = open_deck()
    page.route("http://deck.test/**", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("about:blank")
    page.goto(DECK + fragment)
    assert page.evaluate("typeof slideshow") == "undefined"
    assert page.evaluate(SCALERS) == shown


def test_should_the_player_fail_all_slides_can_be_read(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(error.message))
    page.set_content(build_page().replace('{"ratio": "16:9"', '{"ratio": oops'))
    assert len(failures) == 1
    assert len(page.evaluate(SCALERS)) == len(LEAVES)
    context.close()


@contextmanager
def _slow_server(html: str) -> Iterator[tuple[str, Event]]:
    """A server that sends the page up to its second slide and the rest when the event is set."""
    release = Event()
    cut = html.index('data-sb-index="1"')

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html[:cut].encode())
            self.wfile.flush()
            release.wait(20)
            self.wfile.write(html[cut:].encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", release
    finally:
        release.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_first_slide_shows_while_the_others_are_still_on_their_way(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    with _slow_server(build_page()) as (address, release):
        page.goto(address, wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        assert page.evaluate("document.readyState") == "loading"
        assert page.evaluate(SCALERS) == [[0, 0, 1279, 720]]
        release.set()
        page.wait_for_function("window.slideshow !== undefined")
    assert page.evaluate(SCALERS) == [[0, 0, 1279, 720]]
    context.close()


def test_what_lies_over_the_slides_is_not_printed(open_deck: OpenDeck) -> None:
    page = open_deck("#3")
    for key, view in (("o", "dialog.sb-overview"), ("h", "dialog.remark-help")):
        page.keyboard.press(key)
        page.emulate_media(media="print")
        assert not page.locator(view).is_visible()
        assert page.locator(".remark-slides-area > .remark-slide-container >> visible=true").count() == len(LEAVES)
        page.emulate_media(media="null")
        assert page.locator(view).is_visible()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not page.locator(view).is_visible(), "nothing is inert while the browser reads the page for its tags"
    assert page.locator("[aria-hidden], [inert]:not(.remark-preview-area)").count() == 0
