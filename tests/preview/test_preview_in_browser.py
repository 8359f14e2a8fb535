"""The preview as its user meets it: a server, files that change, a page in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from previewing import Server
from smalldeck import workspace, write_project

pytestmark = pytest.mark.browser

TEXT = "first slide ??? say hello --- second slide ??? say more --- third slide"


@dataclass(frozen=True)
class Running:
    """A preview that runs."""

    root: Path
    address: str

    @property
    def deck(self) -> Path:
        return self.root / "decks" / "a.md"

    @property
    def page(self) -> str:
        return f"{self.address}/decks/a.md"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    root = write_project(tmp_path / "talks", a=TEXT).resolve()
    server = Server(workspace(root))
    yield Running(root, f"http://127.0.0.1:{server.port}")
    server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(15_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def visible(page: Page) -> str:
    return page.locator(".remark-visible .remark-slide-content").inner_text()


def opened(page: Page, address: str) -> Page:
    """The page, connected; a mark in it tells whether it was loaded again."""
    page.goto(address)
    page.evaluate("window.mark = 'same page'")
    return page


def same_page(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 'same page'"))


def test_saved_text_appears_on_the_slide_that_is_shown(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    running.deck.write_text(TEXT.replace("second", "better"), encoding="utf-8")
    expect(page.locator(".remark-visible")).to_contain_text("better slide")
    assert page.url.endswith("#2")
    assert same_page(page)
    page.keyboard.press("ArrowRight")
    assert visible(page) == "third slide"


def test_title_follows(page: Page, running: Running) -> None:
    opened(page, running.page)
    running.deck.write_text("my new title", encoding="utf-8")
    expect(page).to_have_title("my new title")


def test_slide_added_keeps_the_place(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    page.keyboard.press("m")
    running.deck.write_text(TEXT + "--- fourth slide", encoding="utf-8")
    expect(page.locator(".remark-slides-area .remark-slide-container")).to_have_count(4)
    assert visible(page) == "second slide"
    assert not same_page(page)
    expect(page.locator("body")).to_have_class(re.compile("remark-mirrored-mode"))


def test_presenter_view_follows(page: Page, running: Running) -> None:
    opened(page, running.page + "#1")
    page.keyboard.press("p")
    expect(page.locator(".remark-notes")).to_contain_text("say hello")
    running.deck.write_text(TEXT.replace("hello", "good evening").replace("second", "next"), encoding="utf-8")
    expect(page.locator(".remark-notes")).to_contain_text("say good evening")
    expect(page.locator(".remark-preview-area")).to_contain_text("next slide")
    assert same_page(page)


def test_style_is_changed_in_place(page: Page, running: Running) -> None:
    opened(page, running.page + "#3")
    (running.root / "style.css").write_text(".remark-slide-content { background: rgb(1, 2, 3) }", encoding="utf-8")
    expect(page.locator(".remark-visible .remark-slide-content")).to_have_css("background-color", "rgb(1, 2, 3)")
    assert same_page(page)
    assert visible(page) == "third slide"


def test_picture_is_loaded_again_under_its_address(page: Page, running: Running) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    (running.root / "dot.svg").write_text(svg.format(40), encoding="utf-8")
    running.deck.write_text("/dot.svg --- other", encoding="utf-8")
    opened(page, running.page)
    width = "document.querySelector('.remark-visible img').naturalWidth"
    page.wait_for_function(f"{width} === 40")
    (running.root / "dot.svg").write_text(svg.format(60), encoding="utf-8")
    page.wait_for_function(f"{width} === 60")
    assert same_page(page)


def test_warning_is_a_badge_with_a_panel(page: Page, running: Running) -> None:
    opened(page, running.page)
    badge = page.locator("#sb-preview-overlay .badge")
    expect(badge).to_be_hidden()
    running.deck.write_text(TEXT + " TODO", encoding="utf-8")
    expect(badge).to_have_text("1 warning")
    badge.click()
    panel = page.locator("#sb-preview-overlay .panel")
    expect(panel).to_contain_text(f"decks/a.md:1:{len(TEXT) + 2}")
    expect(panel.locator("mark")).to_have_text("TODO")
    expect(panel).to_contain_text("take it out")
    assert page.url.endswith("#1")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    running.deck.write_text(TEXT, encoding="utf-8")
    expect(badge).to_be_hidden()


def test_error_leaves_the_last_good_deck_usable_until_it_recovers(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    running.deck.write_text(TEXT + " BROKEN", encoding="utf-8")
    bar = page.locator("#sb-preview-overlay .bar")
    expect(bar).to_contain_text("last version that could")
    expect(page.locator("#sb-preview-overlay .panel")).to_contain_text("template-cycle")
    page.locator("#sb-preview-overlay .close").click()
    page.keyboard.press("ArrowRight")
    assert visible(page) == "third slide"
    running.deck.write_text(TEXT.replace("third", "mended"), encoding="utf-8")
    expect(bar).to_be_hidden()
    expect(page.locator(".remark-visible")).to_contain_text("mended slide")
    assert same_page(page)


def test_deck_broken_from_the_start_appears_when_it_is_mended(page: Page, running: Running) -> None:
    running.deck.write_text("BROKEN", encoding="utf-8")
    page.goto(running.page)
    expect(page.locator("#sb-preview-overlay .panel")).to_contain_text("broken is in the text")
    running.deck.write_text("mended", encoding="utf-8")
    expect(page.locator(".remark-visible")).to_contain_text("mended")


def test_deck_that_vanishes_and_returns_is_followed(page: Page, running: Running) -> None:
    opened(page, running.page)
    moved = running.deck.rename(running.root / "decks" / "away.md")
    expect(page.locator("#sb-preview-overlay .panel")).to_contain_text("cannot be read")
    assert visible(page) == "first slide"
    moved.rename(running.deck)
    expect(page.locator("#sb-preview-overlay .bar")).to_be_hidden()
    assert same_page(page)


def test_file_put_in_place_of_another_is_seen(page: Page, running: Running) -> None:
    opened(page, running.page)
    for n in range(5):
        draft = running.root / "decks" / f".a.md.{n}"
        draft.write_text(TEXT.replace("first", f"draft {n}"), encoding="utf-8")
        draft.replace(running.deck)
    expect(page.locator(".remark-visible")).to_contain_text("draft 4")
    assert same_page(page)


def test_page_finds_a_server_that_was_started_again(page: Page, tmp_path: Path) -> None:
    root = write_project(tmp_path / "talks", a=TEXT).resolve()
    server = Server(workspace(root))
    opened(page, f"http://127.0.0.1:{server.port}/decks/a.md#2")
    lost = page.locator("#sb-preview-overlay .lost")
    page.wait_for_timeout(100)
    server.stop()
    expect(lost).to_be_visible()
    (root / "decks" / "a.md").write_text(TEXT.replace("second", "later"), encoding="utf-8")
    again = Server(workspace(root), server.port)
    expect(page.locator(".remark-visible")).to_contain_text("later slide")
    expect(lost).to_be_hidden()
    assert same_page(page)
    again.stop()


def test_two_windows_are_kept_up_to_date(page: Page, running: Running) -> None:
    other = page.context.new_page()
    for window, number in ((page, 1), (other, 3)):
        opened(window, f"{running.page}#{number}")
    running.deck.write_text(TEXT.replace("slide", "page"), encoding="utf-8")
    expect(page.locator(".remark-visible")).to_contain_text("first page")
    expect(other.locator(".remark-visible")).to_contain_text("third page")


def test_overlay_is_not_printed(page: Page, running: Running) -> None:
    running.deck.write_text(TEXT + " TODO", encoding="utf-8")
    page.goto(running.page)
    expect(page.locator("#sb-preview-overlay .badge")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#sb-preview-overlay .badge")).to_be_hidden()


def test_desk_leads_to_the_decks(page: Page, running: Running) -> None:
    page.goto(running.address)
    page.get_by_text("decks/a.md").click()
    expect(page.locator(".remark-visible")).to_contain_text("first slide")
