"""What content streams draw, in short, and how it is kept."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from slidebuild.pdf.drawn import Drawn, Step, digest, pack_drawn, read_drawn, unpack_drawn
from slidebuild.pdf.ua.drawing import Holder, draw


def test_steps_of_one_kind_between_the_same_marks_are_told_once() -> None:
    drawn = read_drawn(
        b"/P <</MCID 3>> BDC BT /F1 9 Tf <41> Tj (BC) Tj ET EMC /Artifact BMC 0 0 1 1 re f 0 0 2 2 re f EMC"
    )
    assert drawn.steps == (
        Step("mark", (3,)),
        Step("text", (3,)),
        Step("mark", ("artifact",)),
        Step("path", ("artifact",)),
    )
    assert drawn.shown == {"/F1": (frozenset(b"ABC"), frozenset({0x4243}))}


def test_each_drawing_of_a_form_counts() -> None:
    assert read_drawn(b"/X1 Do /P /Q BDC /X1 Do EMC").draws == (("/X1", ()), ("/X1", ("/Q",)))


@pytest.mark.parametrize("property_list", [{"MCID": 7}, {"Lang": "de"}], ids=["numbered", "not numbered"])
def test_numbers_are_looked_up_in_the_resources(property_list: dict[str, object]) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        page = pdf.pages[0].obj
        page[Name.Resources] = Dictionary(
            Properties=Dictionary(Q=Dictionary({f"/{k}": v for k, v in property_list.items()}))
        )
        page[Name.Contents] = pdf.make_stream(b"/P /Q BDC 0 0 1 1 re f EMC")
        found = draw(page, {page.objgen: Holder.read(page, {})}, {(page.objgen, 7)})
        assert found.unmarked == (set() if "MCID" in property_list else {"path"})


def test_known_content_is_not_read_again() -> None:
    content = b"0 0 1 1 re f"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        page = pdf.pages[0].obj
        page[Name.Contents] = Array([pdf.make_stream(content)])
        told = Drawn((Step("text", ()),), (), {})
        assert Holder.read(page, {digest(content): told}).drawn == told
        assert Holder.read(page, {digest(b"other"): told}).drawn == read_drawn(content)


_WORDS = st.sampled_from(
    [
        *(b"/P <</MCID 1>> BDC", b"/Artifact BMC", b"/Span /Q2 BDC", b"EMC", b"/F1 9 Tf", b"<0041 00>Tj"),
        *(b"[(a\\)b) 3 <ff>] TJ", b"0 0 m 1 1 l S", b"/Im#20 Do", b"q", b"BI /W 1 ID \xff EI"),
    ]
)


@given(st.lists(_WORDS, max_size=30))
def test_what_was_kept_is_what_was_read(words: list[bytes]) -> None:
    content = b" ".join(words)
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(content)
        packed = pack_drawn([stream])
        assert b"\n" not in packed
        assert dict(unpack_drawn(packed)) == {digest(content): read_drawn(content)}
