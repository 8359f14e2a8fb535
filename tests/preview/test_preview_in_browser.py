"""The preview as its user meets it: a server, files that change, a page in Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
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
    assert visible(page).startswith("third slide")


def test_title_follows(page: Page, running: Running) -> None:
    opened(page, running.page)
    running.deck.write_text("my new title", encoding="utf-8")
    expect(page).to_have_title("my new title")


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
    assert visible(page).startswith("third slide")


def test_warning_is_a_badge_with_a_panel(page: Page, running: Running) -> None:
    opened(page, running.page)
    badge = page.locator("#sb-preview-overlay .badge")
    expect(badge).to_have_text("No findings")
    running.deck.write_text(TEXT + " TODO", encoding="utf-8")
    expect(badge).to_have_text("1 warning")
    badge.click()
    panel = page.locator("#sb-preview-overlay .panel")
    expect(panel).to_contain_text(f"decks/a.md:1:{len(TEXT) + 2}")
    expect(panel.locator("mark")).to_have_text("TODO")
    expect(panel).to_contain_text("take it out")
    assert page.url.endswith("#3")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    running.deck.write_text(TEXT, encoding="utf-8")
    expect(badge).to_have_text("No findings")


def test_error_leaves_the_last_good_deck_usable_until_it_recovers(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    running.deck.write_text(TEXT + " BROKEN", encoding="utf-8")
    bar = page.locator("#sb-preview-overlay .bar")
    expect(bar).to_contain_text("last version that could")
    expect(page.locator("#sb-preview-overlay .panel")).to_contain_text("template-cycle")
    page.locator("#sb-preview-overlay .close").click()
    page.keyboard.press("ArrowRight")
    assert visible(page).startswith("third slide")
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
    assert visible(page).startswith("first slide")
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
    page.locator("#decks .open").click()
    expect(page.locator(".remark-visible")).to_contain_text("first slide")


def save(running: Running, text: str) -> None:
    running.deck.write_text(text, encoding="utf-8")


def texts(page: Page) -> list[str]:
    return page.locator(".remark-slides-area .remark-slide-content > p").all_text_contents()


def test_slide_added_taken_out_or_moved_leaves_the_others_alone(page: Page, running: Running) -> None:
    opened(page, running.page + "#3")
    page.evaluate("window.third = document.querySelector('.remark-visible')")
    page.locator("#sb-preview-overlay .follow").click()
    for text in (
        "new slide ---" + TEXT,
        "new slide --- newer slide ---" + TEXT,
        "newer slide ---" + TEXT,
        TEXT,
        "second slide --- first slide --- third slide",
        TEXT.replace("first", "begin"),
    ):
        save(running, text)
        wanted = [part.partition("???")[0].strip() for part in text.split("---")]
        expect(page.locator(".remark-slides-area .remark-slide-content > p")).to_have_text(wanted)
        assert visible(page).startswith("third slide")
        assert page.evaluate("window.third === document.querySelector('.remark-visible')")
        place = wanted.index("third slide") + 1
        expect(page.locator(".remark-visible .remark-slide-number")).to_have_text(f"{place} / {len(wanted)}")
        assert page.url.endswith(f"#{place}")
        assert page.evaluate("slideshow.getCurrentSlideIndex()") == place - 1
        assert page.evaluate("slideshow.getSlideCount()") == len(wanted)
    assert same_page(page)
    page.keyboard.press("ArrowLeft")
    assert visible(page).startswith("second slide")


def test_slide_that_was_shown_and_is_gone_gives_way_to_the_next(page: Page, running: Running) -> None:
    opened(page, running.page + "#3")
    page.locator("#sb-preview-overlay .follow").click()
    save(running, "first slide --- second slide")
    expect(page.locator(".remark-visible")).to_contain_text("second slide")
    assert page.url.endswith("#2")
    page.keyboard.press("ArrowLeft")
    assert visible(page).startswith("first slide")


def test_name_that_was_given_leads_to_its_slide(page: Page, running: Running) -> None:
    opened(page, running.page)
    save(running, TEXT.replace("third", "#goal third"))
    expect(page.locator("#goal")).to_have_count(1)
    page.evaluate("location.hash = '#goal'")
    expect(page.locator(".remark-visible")).to_contain_text("third slide")
    assert same_page(page)


def test_view_goes_to_the_slide_that_is_edited(page: Page, running: Running) -> None:
    opened(page, running.page)
    save(running, TEXT.replace("third", "last"))
    expect(page.locator(".remark-visible")).to_contain_text("last slide")
    save(running, TEXT.replace("third", "last").replace("second", "middle"))
    expect(page.locator(".remark-visible")).to_contain_text("middle slide")
    assert page.url.endswith("#2")
    assert same_page(page)


def test_pinned_view_stays(page: Page, running: Running) -> None:
    opened(page, running.page)
    follow = page.locator("#sb-preview-overlay .follow")
    expect(follow).to_have_text("Following")
    follow.click()
    expect(follow).to_have_text("Pinned")
    save(running, TEXT.replace("third", "last"))
    expect(page.locator(".remark-slides-area")).to_contain_text("last slide")
    assert visible(page).startswith("first slide")
    page.reload()
    expect(follow).to_have_text("Pinned")


def test_speaker_is_not_carried_away(page: Page, running: Running) -> None:
    opened(page, running.page)
    page.keyboard.press("p")
    save(running, TEXT.replace("third", "last"))
    expect(page.locator(".remark-slides-area")).to_contain_text("last slide")
    assert visible(page).startswith("first slide")


def test_windows_in_step_stay_so_while_slides_come_and_go(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    with page.context.expect_page() as clone:
        page.keyboard.press("c")
    window = clone.value
    expect(window.locator(".remark-visible")).to_contain_text("second slide")
    window.evaluate("window.mark = 'same page'")
    page.keyboard.press("p")
    save(running, "new slide ---" + TEXT.replace("second", "better"))
    for one in (page, window):
        expect(one.locator(".remark-visible")).to_contain_text("better slide")
        assert one.evaluate("slideshow.getCurrentSlideIndex()") == 2
    page.keyboard.press("ArrowRight")
    expect(window.locator(".remark-visible")).to_contain_text("third slide")
    assert same_page(page)
    assert same_page(window)


def test_timer_goes_on_and_notes_keep_their_place(page: Page, running: Running) -> None:
    long_notes = " ".join(f"word{number}" for number in range(3000))
    save(running, f"first slide ??? {long_notes} --- second slide")
    opened(page, running.page)
    page.keyboard.press("p")
    page.get_by_role("button", name="Start").click()
    notes = page.locator(".remark-notes")
    notes.evaluate("element => { element.scrollTop = 300 }")
    save(running, f"first slide ??? {long_notes} end --- second slide")
    expect(notes).to_contain_text("end")
    assert notes.evaluate("element => element.scrollTop") == 300
    expect(page.locator(".remark-toolbar-timer")).to_have_class(re.compile("sb-running"))
    assert same_page(page)


def test_what_is_the_same_on_an_edited_slide_stays(page: Page, running: Running) -> None:
    opened(page, running.page)
    page.evaluate("window.number = document.querySelector('.remark-visible .remark-slide-number')")
    save(running, TEXT.replace("first", "other"))
    expect(page.locator(".remark-visible")).to_contain_text("other slide")
    assert page.evaluate("window.number === document.querySelector('.remark-visible .remark-slide-number')")


def test_marks_tell_of_the_slide_that_is_shown(page: Page, running: Running) -> None:
    save(running, "first slide --- TODO --- MOVES")
    opened(page, running.page)
    marks = page.locator("#sb-preview-overlay .mark")
    expect(marks).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(marks).to_have_text(["1 warning here"])
    page.keyboard.press("ArrowRight")
    expect(marks).to_have_text(["replaced in PDF"])
    page.locator("#sb-preview-overlay .badge").click()
    page.locator("#sb-preview-overlay .slide").click()
    assert page.url.endswith("#2")


def test_overflow_is_measured_on_every_patch(page: Page, running: Running) -> None:
    (running.root / "style.css").write_text("p { margin: 0; font: 100px/200px sans-serif }", encoding="utf-8")
    opened(page, running.page + "#3")
    save(running, "first --- second --- " + "o " * 60)
    mark = page.locator("#sb-preview-overlay .mark")
    expect(mark).to_contain_text(re.compile(r"^overflows \d+ px below$"))
    save(running, "first --- " + "o " * 60 + " --- third")
    expect(page.locator(".remark-visible .remark-slide-number")).to_have_text("2 / 3")
    page.keyboard.press("End")
    expect(mark).to_have_count(0)
    page.locator("#sb-preview-overlay .badge").click()
    panel = page.locator("#sb-preview-overlay .panel")
    expect(panel).to_contain_text(re.compile(r"“o o o .* hangs out of the slide by \d+ px below"))
    expect(panel).to_contain_text("slide 2")
    assert page.locator(".remark-slides-area [style*='visibility']").count() == 0


def test_text_in_a_box_that_cuts_overflows_where_the_box_itself_does(page: Page, running: Running) -> None:
    css = "p { margin: 0; font: 100px/200px sans-serif; overflow: hidden }"
    (running.root / "style.css").write_text(css, encoding="utf-8")
    opened(page, running.page)
    mark = page.locator("#sb-preview-overlay .mark")
    save(running, "o " * 60 + " --- second --- third")
    expect(mark).to_contain_text(re.compile(r"^overflows \d+ px below$"))


def test_alt_marks_blocks_and_a_click_opens_their_line(page: Page, running: Running) -> None:
    opened(page, running.page + "#2")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data or "")
        route.fulfill(json={"editor": "code"})

    page.route("**/-/open/**", answer)
    page.locator(".remark-visible p").click(modifiers=["Alt"])
    expect(page.locator("#sb-preview-overlay .toast")).to_have_text("decks/a.md:20 in code")
    assert [json.loads(text) for text in asked] == [{"path": "decks/a.md", "line": 20}]
    expect(page.locator(".remark-visible p")).to_have_attribute("data-sb-line", "20")
    assert page.url.endswith("#2")


def test_two_decks_are_kept_up_to_date_at_once(page: Page, running: Running) -> None:
    (running.root / "decks" / "b.md").write_text("other deck", encoding="utf-8")
    other = page.context.new_page()
    opened(page, running.page)
    opened(other, running.page.replace("a.md", "b.md"))
    for turn in range(3):
        save(running, f"a in turn {turn}")
        (running.root / "decks" / "b.md").write_text(f"b in turn {turn}", encoding="utf-8")
        expect(page.locator(".remark-visible")).to_contain_text(f"a in turn {turn}")
        expect(other.locator(".remark-visible")).to_contain_text(f"b in turn {turn}")
    assert same_page(page)
    assert same_page(other)


def test_window_that_was_out_of_sight_catches_up(page: Page, running: Running) -> None:
    opened(page, running.page)
    page.evaluate("""() => {
      window.state = 'hidden';
      Object.defineProperty(document, 'visibilityState', { get: () => window.state });
      window.setTimeout = ((real) => (work, time) => real(work, time > 1000 ? 0 : time))(window.setTimeout);
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    page.wait_for_timeout(200)
    save(running, TEXT.replace("first", "later"))
    page.wait_for_timeout(300)
    assert visible(page).startswith("first slide")
    page.evaluate("window.state = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".remark-visible")).to_contain_text("later slide")
    assert same_page(page)


def test_desk_shows_covers_and_follows(page: Page, running: Running) -> None:
    page.goto(running.address)
    cover = page.frame_locator("#decks iframe")
    expect(cover.locator("p")).to_have_text("first slide")
    expect(page.locator("#decks .status")).to_have_text("no findings")
    save(running, TEXT.replace("first", "TODO"))
    expect(page.locator("#decks .status")).to_have_text("1 warning")
    expect(cover.locator("p")).to_have_text("TODO slide")
    (running.root / "decks" / "b.md").write_text("another", encoding="utf-8")
    expect(page.locator("#decks li")).to_have_count(2)


def test_desk_searches_all_decks(page: Page, running: Running) -> None:
    page.goto(running.address)
    page.get_by_role("searchbox").fill("third")
    page.locator("#hits a").click()
    expect(page.locator(".remark-visible")).to_contain_text("third slide")
    assert page.url.endswith("decks/a.md#3")


def test_page_as_it_will_print_follows(page: Page, running: Running) -> None:
    opened(page, running.page + "?as=print")
    expect(page.locator(".remark-slide-container")).to_have_count(3)
    save(running, "only this")
    expect(page.locator(".remark-slide-container p")).to_have_text(["only this"])
    assert same_page(page)


def test_slides_and_their_print_stand_side_by_side(page: Page, running: Running) -> None:
    page.goto(f"{running.address}/-/two/decks/a.md")
    slides, sheets = page.frame_locator("#slides"), page.frame_locator("#sheets")
    expect(sheets.locator(".remark-slide-container")).to_have_count(3)
    slides.locator(".remark-visible").click()
    slides.locator("body").press("End")
    expect(sheets.locator(".remark-slide-container").nth(2)).to_be_in_viewport()
    save(running, TEXT.replace("third", "last"))
    expect(slides.locator(".remark-visible")).to_contain_text("last slide")
    expect(sheets.locator(".remark-slides-area")).to_contain_text("last slide")
