from __future__ import annotations

import pytest
from deckstate import OpenDeck, box, has_mode, index

pytestmark = pytest.mark.browser

METHODS = [
    "loadFromString",
    "loadFromUrl",
    "update",
    "getLinks",
    "getSlides",
    "getSlideCount",
    "getSlideByName",
    "getSlidesByNumber",
    "getCurrentSlideIndex",
    "gotoSlide",
    "gotoSlideNumber",
    "gotoPreviousSlide",
    "gotoNextSlide",
    "gotoFirstSlide",
    "gotoLastSlide",
    "pause",
    "resume",
    "togglePresenterMode",
    "toggleHelp",
    "toggleBlackout",
    "toggleMirrored",
    "toggleFullscreen",
    "createClone",
    "resetTimer",
    "on",
    "getRatio",
    "getHighlightStyle",
    "getHighlightLines",
    "getHighlightSpans",
    "getHighlightInlineCode",
    "getHighlightLanguage",
    "getSlideNumberFormat",
    "getCloneTarget",
]


def test_every_method_of_remark_is_there(open_deck: OpenDeck) -> None:
    page = open_deck()
    assert page.evaluate("(names) => names.filter((name) => typeof slideshow[name] !== 'function')", METHODS) == []
    assert page.evaluate("typeof remark") == "object"
    assert page.evaluate("Object.keys(remark).sort()") == ["convert", "create", "highlighter", "macros", "version"]


def test_options_of_the_deck_are_what_the_getters_say(open_deck: OpenDeck) -> None:
    page = open_deck(options={"highlightStyle": "github", "highlightLines": True, "cloneTarget": "_top"})
    assert page.evaluate(
        "[slideshow.getRatio(), slideshow.getHighlightStyle(), slideshow.getHighlightLines(),"
        " slideshow.getCloneTarget(),"
        " slideshow.getHighlightSpans(), slideshow.getHighlightLanguage(), slideshow.getSlideNumberFormat()]"
    ) == ["16:9", "github", True, "_top", False, "", "%current% / %total%"]


def test_slides_tell_about_themselves(open_deck: OpenDeck) -> None:
    page = open_deck()
    assert page.evaluate("slideshow.getSlideCount()") == 7
    assert page.evaluate("slideshow.getSlides().map((slide) => slide.getSlideIndex())") == list(range(7))
    assert page.evaluate("slideshow.getSlides().map((slide) => slide.getSlideNumber())") == [1, 2, 2, 3, 4, 5, 6]
    assert page.evaluate("slideshow.getSlidesByNumber(2).map((slide) => slide.getSlideIndex())") == [1, 2]
    assert page.evaluate("slideshow.getSlideByName('sound').getSlideIndex()") == 4
    assert page.evaluate("slideshow.getSlideByName('nobody') === undefined")
    assert page.evaluate("slideshow.getSlides()[3].properties") == {"class": "inverse", "speaker": "Ada"}
    assert (
        page.evaluate("slideshow.getSlideByName('intro').notes") == "<p>Notes of the <strong>introduction</strong>.</p>"
    )
    assert page.evaluate("slideshow.getSlides()[6].content[0].startsWith('<h1>The end</h1>')")


def test_methods_need_no_this(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("() => { const { gotoNextSlide, gotoLastSlide } = slideshow; gotoNextSlide(); gotoNextSlide(); }")
    assert index(page) == 2


def test_goto_slide_takes_numbers_numerals_and_names(open_deck: OpenDeck) -> None:
    page = open_deck()
    for wanted, expected in (("3", 2), ("'5'", 4), ("'end'", 6), ("'unknown'", 0)):
        page.evaluate(f"slideshow.gotoSlide({wanted})")
        assert index(page) == expected
    page.evaluate("slideshow.gotoSlideNumber('4')")
    assert index(page) == 4


def test_goto_slide_with_a_p_opens_the_presenter_view(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("slideshow.gotoSlide('p3')")
    assert index(page) == 2
    assert has_mode(page, "presenter")
    assert page.evaluate("location.hash") == "#p3"


def test_an_old_pages_create_gives_the_running_slideshow(open_deck: OpenDeck) -> None:
    script = """<script>
      var first = slideshow.getSlides()[0];
      var options = {sourceUrl: 'slides.md', navigation: {click: true}, cloneTarget: 'second'};
      var slideshow = remark.create(options, function (show) { window.called = show; });
      slideshow.on('afterShowSlide', function (slide) { document.title = 'at ' + slide.getSlideIndex(); });
    </script>"""
    page = open_deck("#2", after=script)
    assert page.evaluate("called === slideshow && slideshow.getCloneTarget() === 'second'")
    page.mouse.click(900, 500)
    assert (index(page), page.title()) == (2, "at 2")
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 120)
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 3")


def test_create_may_change_ratio_and_slide_numbers(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""remark.create({ratio: '4:3', slideNumberFormat: function (current, total) {
      return 'Slide ' + current + ' of ' + total + ' at ' + this.getRatio(); }})""")
    slide = box(page, ".remark-visible .remark-slide-scaler")
    assert abs(slide["width"] / slide["height"] - 4 / 3) < 0.01
    page.evaluate("slideshow.gotoSlide('sound')")
    assert page.locator(".remark-visible .remark-slide-number").inner_text() == "Slide 4 of 6 at 4:3"
    page.evaluate("remark.create({slideNumberFormat: '%current%'})")
    assert page.locator(".remark-visible .remark-slide-number").inner_text() == "4"


def test_loading_markdown_leaves_the_slides_and_says_so(open_deck: OpenDeck) -> None:
    page = open_deck()
    with page.expect_console_message() as said:
        page.evaluate("slideshow.loadFromUrl('new.md', (show) => { window.called = show })")
    assert said.value.type == "warning"
    assert page.evaluate("called === slideshow"), "scripts that wait for the slides go on"
    assert page.evaluate("slideshow.getSlideCount()") == 7


def test_scripts_that_add_macros_and_languages_run(open_deck: OpenDeck) -> None:
    page = open_deck()
    page.evaluate("""() => {
      remark.macros.shout = function (text) { return text.toUpperCase(); };
      remark.highlighter.engine.registerLanguage('mine', () => ({}));
    }""")
    assert page.evaluate("remark.convert('a < b\\n\\nc')") == "<p>a &lt; b</p>\n<p>c</p>"


def test_what_decktape_asks_of_remark_is_answered(open_deck: OpenDeck) -> None:
    page = open_deck()
    assert page.evaluate("typeof remark === 'object' && typeof slideshow === 'object'")
    seen = []
    while page.evaluate("slideshow.getCurrentSlideIndex() + 1 < slideshow.getSlideCount()"):
        seen.append(page.evaluate("slideshow.getCurrentSlideIndex()"))
        page.evaluate("slideshow.gotoNextSlide()")
    assert seen == [0, 1, 2, 3, 4, 5]
    assert page.locator(".remark-visible").count() == 1


def test_a_deck_without_slides_does_not_fail(open_deck: OpenDeck) -> None:
    page = open_deck(leaves=())
    assert page.evaluate("slideshow.getSlideCount()") == 0
    page.keyboard.press("ArrowRight")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == -1
