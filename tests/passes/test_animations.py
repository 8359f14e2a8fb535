"""Slides that move, and those that only look so."""

import base64
import io
from collections.abc import Mapping

import pytest
from PIL import Image

from slidebuild import dom
from slidebuild.deck import ResolvedSlide, Run, Text
from slidebuild.passes.animations import find_animations
from slidebuild.slides import Slide
from slidebuild.source import DictLoader, SourceFile


def gif(frames: int) -> bytes:
    shots = [Image.new("RGB", (4, 4), (60 * shot, 0, 0)) for shot in range(frames)]
    out = io.BytesIO()
    shots[0].save(out, "GIF", save_all=True, append_images=shots[1:])
    return out.getvalue()


FILES = DictLoader({"img/moving.gif": gif(3), "img/still.gif": gif(1), "img/gif named.png": gif(2)})


def found(html: str, properties: Mapping[str, str] | None = None, notes: str = "") -> list[tuple[str, str, str]]:
    """Reason, address and place of each animation of a slide whose Markdown is this HTML."""
    span = SourceFile("decks/talk.md", html).span(0, len(html))
    content = (Text((Run(html, span),)),)
    resolved = ResolvedSlide(0, 1, None, content, (), properties or {}, continues=False, is_counted=True, span=span)
    animations = find_animations(Slide(resolved, dom.parse(html), dom.parse(notes)), FILES)
    return [(animation.reason, animation.address, str(animation.span)) for animation in animations]


def reasons(html: str, properties: Mapping[str, str] | None = None) -> list[str]:
    return [reason for reason, _, _ in found(html, properties)]


def test_gif_of_several_frames_is_found_at_its_place() -> None:
    assert found('<p>a\n<img src="../img/moving.gif"></p>') == [("gif", "../img/moving.gif", "decks/talk.md:2:11")]


def test_second_use_of_an_address_has_its_own_place() -> None:
    places = [place for _, _, place in found('<img src="../img/moving.gif"><img src="../img/moving.gif">')]
    assert places == ["decks/talk.md:1:11", "decks/talk.md:1:40"]


def test_gif_of_one_frame_stands_still() -> None:
    assert found('<img src="../img/still.gif">') == []


def test_file_counts_and_not_its_name() -> None:
    assert reasons('<img src="../img/gif%20named.png?v=2">') == ["gif"]


@pytest.mark.parametrize(
    "address", ["../img/none.gif", "https://example.org/x.GIF?a=b", "//example.org/x.apng", "../../../x.gif"]
)
def test_gif_that_cannot_be_read_is_assumed_to_move(address: str) -> None:
    assert reasons(f'<img src="{address}">') == ["assumed"]


@pytest.mark.parametrize("address", ["../img/none.png", "https://example.org/x.webp", "", "#x", "http://[bad"])
def test_other_picture_that_cannot_be_read_stands_still(address: str) -> None:
    assert found(f'<img src="{address}">') == []


def test_picture_inside_a_data_address() -> None:
    data = base64.b64encode(gif(2)).decode()
    assert reasons(f'<img src="data:image/gif;base64,{data}">') == ["gif"]
    assert reasons('<img src="data:image/svg+xml,%3Csvg%20%3E%3Cset/%3E%3C/svg%3E">') == ["svg"]
    assert reasons('<img src="data:image/gif;base64,####"><img src="data:image/gif">') == []


def test_any_candidate_of_a_source_set() -> None:
    html = '<picture><source srcset="../img/still.gif 1x, ../img/moving.gif 2x"><img src="../img/still.gif"></picture>'
    assert found(html) == [("gif", "../img/moving.gif", "decks/talk.md:1:47")]


@pytest.mark.parametrize("name", ["video", "audio", "iframe", "canvas"])
def test_elements_that_play(name: str) -> None:
    assert reasons(f"<{name}></{name}>") == [name]


def test_video_is_told_once_with_its_first_source() -> None:
    assert found('<video><source src="a.webm"><source src="a.mp4"></video>') == [
        ("video", "a.webm", "decks/talk.md:1:21")
    ]


def test_svg_with_smil_inside_the_slide() -> None:
    assert reasons("<svg><circle><animate attributeName='r'/></circle></svg>") == ["svg"]
    assert reasons("<svg><rect><animateTransform/></rect></svg>") == ["svg"]
    assert reasons("<svg><circle/></svg>") == []
    assert reasons('<svg><image href="../img/moving.gif"/></svg>') == ["gif"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<object data="a.mp4"></object>', ["object"]),
        ('<embed src="page.html">', ["object"]),
        ('<embed src="x" type="video/mp4">', ["object"]),
        ('<object data="https://www.youtube.com/embed/x"></object>', ["object"]),
        ('<object data="../img/moving.gif"></object>', ["gif"]),
        ('<object data="paper.pdf" type="application/pdf"></object>', []),
        ("<object></object>", []),
    ],
)
def test_objects_of_moving_things(html: str, expected: list[str]) -> None:
    assert reasons(html) == expected


def test_background_of_a_slide_and_of_an_element() -> None:
    assert reasons("x", {"background-image": "url(../img/moving.gif)"}) == ["gif"]
    assert reasons("x", {"background-image": "url('../img/still.gif'), url(\"../img/none.gif\")"}) == ["assumed"]
    assert reasons('<div style="background: url(../img/moving.gif)"></div>') == ["gif"]


def test_property_has_the_last_word() -> None:
    assert reasons("<video></video>", {"animation": "false"}) == []
    assert found("x", {"animation": "True"}) == [("property", "", "decks/talk.md:1:1")]
    assert reasons("<video></video>", {"animation": "perhaps"}) == ["video"]


def test_notes_do_not_count() -> None:
    assert found("x", notes="<video></video>") == []


def test_address_with_an_ampersand_has_its_place() -> None:
    assert found('<iframe src="https://x.org/?a=1&amp;b=2"></iframe>') == [
        ("iframe", "https://x.org/?a=1&b=2", "decks/talk.md:1:14")
    ]
