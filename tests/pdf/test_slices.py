from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printdeck import Deck

from slidebuild.pdf.slices import slices

PAGE = Deck(
    [
        ("A", "a", "<p><a href='#b'>x</a><a href=\"#deep%20one\">y</a><!-- </div> --></p>"),
        ("B", "b", "<p id='deep one'>deep</p><div>in</div>"),
        ("C", "", "<style>p { color: red }</style>"),
    ]
).html


def test_parts_make_up_the_page() -> None:
    cut = slices(PAGE)
    assert cut is not None
    assert len(cut.slides) == 3
    assert cut.some(range(3)).replace(cut.head, PAGE[: PAGE.index('<div class="remark-slide-container"')]) == PAGE
    assert cut.tail.strip() == "</div></body></html>"


def test_title_of_the_deck_is_no_part_of_its_slides() -> None:
    assert "<title>x</title>" in PAGE
    assert slices(PAGE.replace("<title>x</title>", "<title>other</title>")) == slices(PAGE)


def test_other_slides_leave_hidden_boxes_in_their_places() -> None:
    cut = slices(PAGE)
    assert cut is not None
    stub = '<div class="remark-slide-container" hidden></div>'
    assert cut.some({1}) == f"{cut.head}{stub}{cut.slides[1]}{stub}{cut.tail}"


def test_slides_have_targets_for_their_links_and_asks_for_places_others_lead_to() -> None:
    cut = slices(PAGE)
    assert cut is not None
    assert cut.targets(0) == {"b", "deep one"}
    assert cut.together((0,), {"b"}).endswith('<div hidden><i id="deep one"></i></div>')
    assert cut.together((1,), {"b"}).endswith('<div hidden><a href="#deep one"></a></div>')
    assert cut.together((2,), {"b"}).endswith("<div hidden></div>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>no slides</p>",
        PAGE.replace("</head>", ""),
        PAGE.replace("</head>", "<style>p { counter-increment: x }</style></head>"),
        PAGE[: PAGE.rindex("</div></div></div>")],
    ],
)
def test_page_that_cannot_be_cut_is_left_whole(html: str) -> None:
    assert slices(html) is None


class _Depth(HTMLParser):
    """Where the first `<div>` ends, for Python's own parser."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.end: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, _: object) -> None:
        self.depth += tag == "div"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div"
        if tag == "div" and self.depth == 0 and self.end is None:
            self.end = self.getpos()


BOX = '<div class="remark-slide-container" id="1">'
PIECES = (
    "<div>",
    "</div>",
    '<p title="</div>">',
    "<!-- </div> -->",
    "<script>'</div>'</script>",
    "<DIV id=a>",
    "x > y\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=15))
def test_end_of_the_last_slide_is_where_an_html_parser_finds_it(pieces: list[str]) -> None:
    page = f"<html><head></head><body>{BOX}{''.join(pieces)}{'</div>' * 20}"
    cut = slices(page)
    parser = _Depth()
    parser.feed(page)
    assert cut is not None
    assert parser.end is not None
    line, column = parser.end
    before = sum(map(len, page.splitlines(keepends=True)[: line - 1])) + column
    assert page.endswith(cut.tail)
    assert len(page) - len(cut.tail) == before + len("</div>")
