"""Numbers before captions, and links that say them."""

import pytest

from slidebuild import dom
from slidebuild.deck import ResolvedSlide
from slidebuild.passes.captions import find_captions, number_captions
from slidebuild.passes.counted import Numbers
from slidebuild.slides import Slide
from slidebuild.source import SourceFile


def slide_of(html: str, notes: str = "") -> Slide:
    span = SourceFile("a.md", "").span(0)
    resolved = ResolvedSlide(0, 1, None, (), (), {}, continues=False, is_counted=True, span=span)
    return Slide(resolved, dom.parse(html), dom.parse(notes))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<figure id="a"><img src="x.png"><figcaption>C</figcaption></figure>', [("figure", "a", "x.png")]),
        ('<p><img src="x.png" id="a"></p><p><span class="caption">C</span></p>', [("figure", "a", "x.png")]),
        ("<div><svg></svg><div class='caption' id='c'>C</div></div><img src='y.png'>", [("figure", "c", "C")]),
        ("<table id='t'></table><p class='caption'>C</p>", [("table", "t", "C")]),
        (
            "<figure><figcaption><span class='caption'>C</span></figcaption><video></video></figure>",
            [("figure", "", "C")],
        ),
        ("<p class='caption'>of nothing</p><figcaption>of nothing</figcaption>", []),
        ("<table><caption>C</caption></table>", []),
    ],
)
def test_a_caption_belongs_to_what_stands_nearest_around_it(html: str, found: list[tuple[str, str, str]]) -> None:
    assert list(find_captions(slide_of(html))) == found


def test_numbers_stand_before_captions_in_their_order() -> None:
    slide = slide_of("<figure><svg></svg><figcaption> <em>A</em></figcaption></figure><p class='caption'>B</p>")
    number_captions(slide, Numbers(captions=("Figure 1:", "Figure 2:")))
    first, second = dom.select(slide.content, "figcaption, .caption")
    assert dom.inner_html(first) == '<span class="sb-number">Figure 1:</span> <em>A</em>'
    assert dom.text(second.first_child) == "Figure 2:"  # type: ignore[arg-type]


def test_links_without_a_text_say_what_the_figure_is_called() -> None:
    slide = slide_of('<a href="#a"></a><a href="#a">x</a><a href="#b"></a>', '<p><a href="#a"></a></p>')
    number_captions(slide, Numbers(names={"a": "Figure 1 & 2"}))
    assert dom.inner_html(slide.content) == '<a href="#a">Figure 1 &amp; 2</a><a href="#a">x</a><a href="#b"></a>'
    assert dom.inner_html(slide.notes) == '<p><a href="#a">Figure 1 &amp; 2</a></p>'
