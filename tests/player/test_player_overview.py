from __future__ import annotations

import pytest
from deckpage import LEAVES, Leaf
from deckstate import OpenDeck, box, has_mode, index, wait_for_index
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHOWN = "[...document.querySelectorAll('.sb-tile:not([hidden]) .sb-tile-number')].map((number) => number.textContent)"
CHOSEN = "document.querySelector('.sb-chosen .sb-tile-title').firstChild.textContent"


def _open(page: Page) -> None:
    page.keyboard.press("o")
    assert has_mode(page, "overview")
    page.wait_for_function("document.querySelectorAll('.sb-thumb .remark-slide-content').length >= 6")


def test_o_shows_all_slides_with_the_current_one_in_focus(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    _open(page)
    assert page.evaluate(SHOWN) == ["1", "2", "3", "4", "5", "6"]
    focused = page.evaluate("[document.activeElement.textContent, document.activeElement.ariaCurrent]")
    assert focused == ["3Controlsseen", "true"]
    page.keyboard.press("o")
    assert not has_mode(page, "overview")
    assert page.locator(".sb-tile").count() == 0
    assert index(page) == 3


def test_pictures_are_the_real_slides_made_small(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    _open(page)
    thumb, slide = box(page, ".sb-tile:nth-child(5) .sb-thumb"), box(page, ".sb-tile:nth-child(5) .remark-slide-scaler")
    assert abs(thumb["width"] - slide["width"]) < 1
    assert abs(slide["width"] / slide["height"] - 1210 / 681) < 0.02
    assert page.locator(".sb-thumb h2", has_text="Long code").count() == 1
    style = "getComputedStyle(document.querySelector('{} .inverse')).color"
    assert page.evaluate(style.format(".sb-thumb")) == page.evaluate(style.format(".remark-visible"))


def test_copies_play_nothing_and_cannot_be_reached(open_deck: OpenDeck) -> None:
    page = open_deck("#1")
    _open(page)
    assert page.evaluate("document.querySelector('.sb-thumb #noise').autoplay") is False
    assert page.evaluate("[...document.querySelectorAll('.sb-thumb')].every((thumb) => thumb.inert)")
    assert page.evaluate("document.getElementById('noise').closest('.remark-slides-area') !== null")


def test_arrow_keys_move_and_return_goes(open_deck: OpenDeck) -> None:
    page = open_deck("#1")
    _open(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(CHOSEN) == "Introduction"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == "The end", "four columns"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == "The end", "there is none below"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    assert page.evaluate(CHOSEN) == "The end"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(CHOSEN) == "Seven slides"
    page.keyboard.press("PageDown")
    assert index(page) == 0
    page.keyboard.press("Enter")
    assert not has_mode(page, "overview")
    assert index(page) == 6
    assert page.evaluate("location.hash") == "#7"


def test_escape_leaves_everything_as_it_was(open_deck: OpenDeck) -> None:
    page = open_deck("#4")
    page.locator(".remark-slides-area #knob").focus()
    _open(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert not has_mode(page, "overview")
    assert (index(page), page.evaluate("document.activeElement.id")) == (3, "knob")


def test_a_click_and_a_tap_go_to_a_slide(open_deck: OpenDeck) -> None:
    page = open_deck(options={"navigation": {"click": True}})
    _open(page)
    page.locator(".sb-tile:nth-child(4) .sb-tile-go").click(position={"x": 40, "y": -60}, force=True)
    assert index(page) == 4
    _open(page)
    page.locator(".sb-tile:nth-child(2) .sb-tile-go").tap()
    assert index(page) == 1


def test_search_looks_into_titles_and_text_whatever_case_and_accent(open_deck: OpenDeck) -> None:
    leaves = (*LEAVES, Leaf("Éclairs", "<h1>Éclairs</h1><p>At the <b>Café</b> Müller</p>", number=7))
    page = open_deck(leaves=leaves)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    for query, numbers in (
        ("introduction", ["2"]),
        ("THREE", ["2"]),
        ("cafe", ["7"]),
        ("muller eclairs", ["7"]),
        ("slowly", []),
        ("/ 7", []),
        ("", ["1", "2", "3", "4", "5", "6", "7"]),
    ):
        page.locator(".sb-search").fill(query)
        assert page.evaluate(SHOWN) == numbers, query
        assert page.locator(".sb-nothing").is_visible() == (not numbers), query
    page.locator(".sb-search").fill("café")
    assert page.locator(".sb-tile:not([hidden]) mark").inner_text() == "Café"
    assert page.locator(".sb-count").inner_text() == "1 of 7"


def test_return_in_the_search_goes_to_the_best_and_arrow_down_to_the_tiles(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("/")
    page.keyboard.type("end")
    assert page.evaluate(CHOSEN) == "The end", "its title says so, while the second slide only links to it"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(CHOSEN) == "Introduction", "it has a link to the end"
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    assert index(page) == 1


def test_letters_typed_into_the_search_are_no_keys_of_the_player(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.keyboard.press("/")
    page.keyboard.type("bob p")
    assert page.locator(".sb-search").input_value() == "bob p"
    assert not has_mode(page, "blackout")
    assert not has_mode(page, "presenter")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    assert has_mode(page, "help"), "the first key after the search is the player's again"


def test_slides_that_were_shown_are_marked(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    page.keyboard.press("End")
    _open(page)
    seen = "[...document.querySelectorAll('.sb-tile')].map((tile) => tile.querySelector('.sb-tile-seen') !== null)"
    assert page.evaluate(seen) == [False, True, False, False, False, True]


def test_the_bar_leads_to_the_other_views(open_deck: OpenDeck) -> None:
    page = open_deck("#2")
    _open(page)
    page.get_by_role("button", name="Presenter view").click()
    assert [has_mode(page, mode) for mode in ("overview", "presenter")] == [False, True]
    page.locator(".sb-position").click()
    assert has_mode(page, "overview")
    page.get_by_role("button", name="Keys").click()
    assert [has_mode(page, mode) for mode in ("overview", "help")] == [False, True]


def test_an_overview_of_a_thousand_slides_holds_few_copies(open_deck: OpenDeck) -> None:
    leaves = tuple(Leaf(f"Slide {n}", f"<h1>Slide {n}</h1><p>Text</p>", number=n) for n in range(1, 1001))
    page = open_deck("#500", leaves=leaves)
    laid_out = "[...document.querySelectorAll('.remark-slides-area .remark-slide')].filter((s) => s.checkVisibility())"
    assert page.evaluate(f"{laid_out}.length") == 1
    page.keyboard.press("o")
    copies = "document.querySelectorAll('.sb-thumb .remark-slide').length"
    page.wait_for_function(f"{copies} >= 12")
    assert page.locator(".sb-chosen").is_visible()
    assert page.evaluate(CHOSEN) == "Slide 500"
    page.keyboard.press("End")
    last = ".sb-tile:last-child .sb-thumb h1"
    page.wait_for_selector(last)
    assert page.locator(last).inner_text() == "Slide 1000"
    page.wait_for_function(f"{copies} < 60")
    page.keyboard.press("Enter")
    wait_for_index(page, 999)


def test_an_open_overview_follows_a_preview_that_exchanges_slides(open_deck: OpenDeck) -> None:
    page = open_deck()
    _open(page)
    page.evaluate("""() => {
      const data = document.getElementById('sb-deck');
      data.textContent = data.textContent.replace('"title": "Controls"', '"title": "Knobs"');
      document.querySelector('.inverse h2').textContent = 'Knobs';
      document.dispatchEvent(new CustomEvent('slidebuild:updated'));
    }""")
    page.wait_for_function("document.querySelector('.sb-tiles').innerText.includes('Knobs')")  # tiles come one by one
    assert page.locator(".sb-tile").count() == 6


def test_the_steps_of_a_slide_are_one_picture(open_deck: OpenDeck) -> None:
    page = open_deck()
    _open(page)
    steps = page.locator(".sb-tile:nth-child(2)")
    assert steps.locator(".sb-thumb li").all_inner_texts() == ["one", "two", "three"], "all of them are there"
    steps.locator(".sb-tile-go").click()
    assert index(page) == 1, "the talk goes on with the first"
    page.keyboard.press("ArrowRight")
    _open(page)
    page.keyboard.press("Enter")
    assert index(page) == 2, "who is at a step stays there"
    page.keyboard.press("/")
    page.keyboard.type("three")
    page.evaluate("slideshow.gotoSlide(1)")
    page.keyboard.press("Enter")
    assert index(page) == 2, "the first step with that word"


def test_a_view_that_is_opened_again_at_once_stays_open(open_deck: OpenDeck) -> None:
    page = open_deck()
    _open(page)
    keys = "for (const key of ['o', 'o']) (document.activeElement ?? document.body).dispatchEvent"
    page.evaluate(f"() => {{ {keys}(new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true}})) }}")
    page.wait_for_timeout(100)
    assert page.locator("dialog.sb-overview[open]").count() == 1
