from __future__ import annotations

from collections.abc import Sequence

import pytest
from printdeck import codes
from slidemaker import make_slide

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import PageSlide
from slidebuild.pdf.placeholder import PagePlan, PlannedPage, Steps, plan_pages
from slidebuild.pdf.selection import Selection, choose, left_out, tags_of
from slidebuild.slides import Slide

SLIDES = [
    make_slide(0, name="intro"),
    make_slide(1),
    make_slide(2, name="a-b", continues=True),
    make_slide(3, '<p id="proof">x</p>', tags="experts, students"),
    make_slide(4, name="end", tags="experts"),
]


def pages_of(slides: Sequence[Slide], steps: Steps = "final") -> tuple[PlannedPage, ...]:
    titles = [f"T{number}" for number in range(len(slides))]
    plan = PagePlan(steps=steps, animations="skip", movements={}, titles=titles, placeholder=None, url=None)
    return plan_pages(slides, plan, Diagnostics())


def chosen(slides: str = "", *tags: str, expect: Sequence[str] = ()) -> list[int]:
    diagnostics = Diagnostics()
    pages = choose(pages_of(SLIDES), SLIDES, Selection(slides, tags), "talk.md", diagnostics)
    assert codes(diagnostics) == list(expect)
    return [page.slide.resolved.index + 1 for page in pages]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 3, 4, 5]),
        ("1", [1]),
        ("#end, intro", [1, 5]),
        ("4-5", [4, 5]),
        ("4-", [4, 5]),
        ("-3", [1, 3]),
        ("a-b", [3]),
        ("intro-a-b", [1, 3]),
        ("a-b-end", [3, 4, 5]),
    ],
)
def test_slides_are_chosen_by_number_name_and_range(asked: str, found: list[int]) -> None:
    assert chosen(asked) == found


def test_step_folded_into_a_later_one_stands_for_its_page() -> None:
    assert chosen("2") == [3]


@pytest.mark.parametrize("asked", ["9", "outro", "5-4", "-", "3-9"])
def test_slide_that_is_not_there_is_an_error(asked: str) -> None:
    assert chosen(asked, expect=["unknown-slide"]) == []


def test_mistyped_name_gets_a_hint() -> None:
    diagnostics = Diagnostics()
    choose((), SLIDES, Selection("inro"), "talk.md", diagnostics)
    assert [diagnostic.hint for diagnostic in diagnostics] == ["did you mean `intro`?"]


def test_audience_gets_its_slides_and_those_for_everybody() -> None:
    assert chosen("", "students") == [1, 3, 4]
    assert chosen("", "experts") == [1, 3, 4, 5]
    assert chosen("4-", "students") == [4]
    assert chosen("", "student", expect=["unknown-tag"]) == [1, 3]
    assert tags_of(SLIDES[3]) == {"experts", "students"}


LINKS = '<a href="#end">e</a><a href="#proof">p</a><a href="#1">i</a><a href="#nowhere">n</a>'


@pytest.mark.parametrize(
    ("online", "hrefs"),
    [
        ("https://x.example/t/", ["https://x.example/t/#end", "https://x.example/t/#proof", "#1", "#nowhere"]),
        (None, [None, None, "#1", "#nowhere"]),
    ],
)
def test_links_to_slides_left_out_go_online_or_nowhere(online: str | None, hrefs: list[str | None]) -> None:
    everything = pages_of(SLIDES)
    slide = make_slide(0, LINKS)
    shown = left_out(everything, everything[:2], online).without_dead_links(PageSlide.of(slide))
    assert [dom.attribute(link, "href") for link in dom.select(dom.parse(shown.content), "a")] == hrefs
    assert dom.inner_html(slide.content) == LINKS


def test_without_a_selection_slides_stay_the_same_trees() -> None:
    everything = pages_of(SLIDES)
    page = PageSlide.of(make_slide(0, LINKS))
    assert left_out(everything, everything, None).without_dead_links(page) is page


def test_marked_steps_are_pages_beside_the_finished_slide() -> None:
    steps = [
        make_slide(0, number=1),
        make_slide(1, number=1, continues=True, print="True"),
        make_slide(2, number=1, continues=True, name="last"),
    ]
    pages = pages_of(steps, "marked")
    assert [(page.slide.resolved.index, page.label) for page in pages] == [(1, "1"), (2, "1.2")]
    assert pages[0].print_page.aliases == ("1",)
