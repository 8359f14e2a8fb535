from __future__ import annotations

import pytest
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
