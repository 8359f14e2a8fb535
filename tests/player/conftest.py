"""Real Chromium on a hand-made page, served under `http://deck.test/` without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deckpage import build_page
from deckstate import DECK, OpenDeck
from playwright.sync_api import Browser, BrowserContext, Page

WINDOW = {"width": 1280, "height": 720}


def _watch(context: BrowserContext) -> list[str]:
    """What goes wrong in the pages of a session, as it happens."""
    mistakes: list[str] = []
    context.set_default_timeout(5000)
    context.on("weberror", lambda error: mistakes.append(str(error.error)))
    context.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    return mistakes


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser session, for tests that need several windows; a mistake in a page's console fails the test."""
    opened = browser.new_context(viewport=WINDOW)
    mistakes = _watch(opened)
    yield opened
    opened.close()
    assert not mistakes


@pytest.fixture(scope="session")
def shared_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One window for all tests that need only one: opening one takes longer than most of these tests."""
    opened = browser.new_context(viewport=WINDOW, has_touch=True)
    mistakes = _watch(opened)
    yield opened.new_page(), mistakes
    opened.close()


@pytest.fixture
def open_deck(shared_page: tuple[Page, list[str]]) -> Iterator[OpenDeck]:
    """`open_deck("#3", ratio=(4, 3))`: the page, freshly loaded. A mistake in its console fails the test."""
    page, mistakes = shared_page
    mistakes.clear()

    def open_it(fragment: str = "", **parts: object) -> Page:
        html = build_page(**parts)  # type: ignore[arg-type]
        page.unroute_all()
        page.route("http://deck.test/**", lambda route: route.fulfill(content_type="text/html", body=html))
        page.set_viewport_size(WINDOW)
        page.goto("about:blank")
        page.goto(DECK + fragment)
        return page

    yield open_it
    assert not mistakes
