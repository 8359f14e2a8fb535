from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from printdeck import codes
from slidemaker import make_slide, moving

from slidebuild import dom
from slidebuild.deck import Animation
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.placeholder import (
    PagePlan,
    PlannedPage,
    at_slide,
    link_to_slide,
    online_address,
    placeholder_for,
    plan_pages,
)
from slidebuild.slides import Slide

SKIPPED = make_slide(-1, '<h1>Skipped</h1><p><a href="https://me.example/talk/">watch</a></p>')

PLAN = PagePlan(
    steps="final", animations="skip", movements={}, titles=[f"T{n}" for n in range(9)], placeholder=SKIPPED, url=None
)


def plan(slides: Sequence[Slide], **changes: object) -> tuple[PlannedPage, ...]:
    diagnostics = Diagnostics()
    pages = plan_pages(slides, replace(PLAN, **changes), diagnostics)  # type: ignore[arg-type]
    assert codes(diagnostics) == []
    return pages


def test_every_slide_is_a_page_with_its_number_title_and_addresses() -> None:
    pages = plan([make_slide(0, name="intro"), make_slide(1)])
    assert [(page.label, page.title, page.shows) for page in pages] == [("1", "T0", "slide"), ("2", "T1", "slide")]
    first, second = (page.print_page for page in pages)
    assert (first.anchor, first.aliases) == ("intro", ("1",))
    assert (second.anchor, second.aliases) == ("2", ())
    assert first.span is not None


STEPS = [make_slide(0), make_slide(1, name="a"), make_slide(2, continues=True), make_slide(3, name="b", continues=True)]


def test_steps_are_folded_into_the_finished_slide_which_answers_for_all_of_them() -> None:
    pages = plan(STEPS)
    assert [page.slide.resolved.index for page in pages] == [0, 3]
    last = pages[1].print_page
    assert (last.label, last.title, last.anchor, last.aliases) == ("4", "T3", "b", ("4", "a", "2", "3"))


def test_all_steps_are_pages_when_asked_for() -> None:
    pages = plan(STEPS, steps="all")
    assert [page.slide.resolved.index for page in pages] == [0, 1, 2, 3]


def test_pages_of_one_number_are_labelled_apart() -> None:
    slides = [make_slide(0), make_slide(1, number=2), make_slide(2, number=2, continues=True), make_slide(3, number=3)]
    assert [page.label for page in plan(slides, steps="all")] == ["1", "2", "2.2", "3"]


def test_slide_that_moves_is_replaced_and_keeps_its_place() -> None:
    slides = [make_slide(0), make_slide(1, name="film"), make_slide(2)]
    reasons = (moving(), moving("video", "b.webm"))
    page = plan(slides, movements={1: reasons})[1]
    assert (page.shows, page.reasons, page.label, page.title) == ("placeholder", reasons, "2", "T1")
    assert page.online == "https://me.example/talk/#film"


@pytest.mark.parametrize(("animations", "shows"), [("skip", "placeholder"), ("poster", "still"), ("keep", "slide")])
def test_setting_says_what_becomes_of_slides_that_move(animations: str, shows: str) -> None:
    assert plan([make_slide(0)], movements={0: [moving()]}, animations=animations)[0].shows == shows


def test_slide_that_says_it_does_not_move_stays() -> None:
    slide = make_slide(0, animation="FALSE ")
    page = plan([slide], movements={0: [Animation("css", "spin", slide.resolved.span)]})[0]
    assert (page.shows, page.reasons) == ("slide", ())


def test_steps_before_the_last_one_do_not_count_when_they_are_folded() -> None:
    pages = plan([make_slide(0), make_slide(1, continues=True)], movements={0: [moving()]})
    assert [page.shows for page in pages] == ["slide"]


def test_setting_for_the_address_goes_before_the_link_of_the_placeholder() -> None:
    page = plan([make_slide(0)], url="https://other.example/#7", movements={0: [moving()]})[0]
    assert page.online == "https://other.example/#1"


def test_replaced_slide_without_an_online_address_is_reported_once() -> None:
    diagnostics = Diagnostics()
    movements = {0: [moving()], 1: [moving()]}
    plan_pages([make_slide(0), make_slide(1)], replace(PLAN, placeholder=None, movements=movements), diagnostics)
    assert codes(diagnostics) == ["no-online-address"]


def test_online_address_is_the_first_web_link_of_the_placeholder() -> None:
    slide = make_slide(-1, '<a href="#x">a</a><a href="mailto:a@b">m</a><a href="http://x.example/t#3">t</a>')
    assert online_address(None, slide) == "http://x.example/t"
    assert online_address(None, make_slide(-1)) is None
    assert online_address(None, None) is None


def test_anchor_is_escaped_in_the_address() -> None:
    assert at_slide("https://x.example/#old", "été 1") == "https://x.example/#%C3%A9t%C3%A9%201"


@pytest.mark.parametrize(
    ("href", "linked"),
    [
        ("https://me.example/talk/", True),
        ("https://me.example/talk", True),
        ("https://ME.example/talk/#12", True),
        ("https://me.example/talk/index.html", True),
        ("https://me.example/talk/print.html", True),
        ("https://me.example/talk/paper.pdf", False),
        ("https://me.example/talks/", False),
        ("https://me.example/", False),
        ("http://me.example/talk/", False),
        ("https://you.example/talk/", False),
        ("#talk", False),
        ("https://[broken", False),
    ],
)
def test_only_links_to_the_online_deck_get_the_anchor_of_the_slide(href: str, linked: bool) -> None:
    tree = dom.parse(f'<p><a href="{href}">x</a></p>')
    link_to_slide(tree, "https://me.example/talk/", "film")
    found = dom.attribute(dom.select(tree, "a")[0], "href")
    assert found == (f"{href.partition('#')[0]}#film" if linked else href)


def test_placeholder_is_copied_for_each_slide() -> None:
    slides = [make_slide(0, name="one"), make_slide(1, name="two")]
    pages = plan(slides, movements={0: [moving()], 1: [moving()]})
    before = dom.inner_html(SKIPPED.content)
    trees = [placeholder_for(SKIPPED, page) for page in pages]
    addresses = [dom.attribute(dom.select(tree, "a")[0], "href") for tree in trees]
    assert addresses == ["https://me.example/talk/#one", "https://me.example/talk/#two"]
    assert dom.inner_html(SKIPPED.content) == before
