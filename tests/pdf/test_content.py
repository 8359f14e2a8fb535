"""Content streams cut into what they paint and mark, and the texts they show."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.pdf.content import pieces
from slidebuild.pdf.shown import codes, strings, unicode_map

KINDS = {
    "S": "paint",
    "f*": "paint",
    "sh": "paint",
    "Tj": "text",
    "TJ": "text",
    "Do": "draw",
    "BDC": "begin",
    "BMC": "mark",
    "EMC": "end",
    "BT": "text-begin",
    "ET": "text-end",
    "Tf": "font",
}
OPERATIONS = (
    b"q",
    b"1 0 0 -1 .5 -3e0 cm",
    b"0 0 9 9 re W* n",
    b"0 0 m 1 1 l 2 2 3 3 4 4 c h S",
    b"0 0 9 9 re\nf*",
    b"/Sh1 sh",
    b"BT",
    b"/F1 12 Tf",
    b"(a \\) Tj ((nested) BT) %) Tj",
    b"<0041 42> Tj",
    b"[(a) -20.5 <41>] TJ",
    b"/Im#31 Do",
    b"/P <</MCID 7 /Lang (de)>> BDC",
    b"/Artifact BMC",
    b"EMC",
    b"ET",
    b"% S f Do\n",
    b"true false null /X gs",
    b"/DeviceRGB CS .1 .2 .3 SCN",
    b"Q",
)


@given(st.lists(st.sampled_from(OPERATIONS), max_size=30), st.sampled_from((b" ", b"\n", b"\r\n", b"\t\0")))
def test_pieces_are_those_that_pikepdf_finds(operations: list[bytes], blank: bytes) -> None:
    data = blank.join(operations)
    with pikepdf.new() as pdf:
        parsed = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.make_stream(data))]
    found = list(pieces(data))
    assert Counter(piece.kind for piece in found) == Counter(KINDS[name] for name in parsed if name in KINDS)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(data: bytes) -> None:
    for piece in pieces(data):
        assert 0 <= piece.start < piece.end <= len(data)
        assert isinstance(piece.name, str)
        assert piece.mcid is None or piece.mcid >= 0
    for width in (1, 2):
        assert isinstance(codes(data, width), set)
    assert isinstance(unicode_map(data), dict)


def test_path_is_one_piece_from_its_beginning() -> None:
    data = b"1 w 0 0 m 1 1 l S 5 5 9 9 re n 2 2 3 3 re f"
    assert [data[piece.start : piece.end].strip() for piece in pieces(data)] == [b"0 0 m 1 1 l S", b"2 2 3 3 re f"]


def test_inline_picture_hides_what_looks_like_operators() -> None:
    data = b"BI /W 1 /H 1 ID \x00 S f EIS EI Q 0 0 1 1 re f"
    assert [piece.kind for piece in pieces(data)] == ["paint", "paint"]


def test_names_and_numbers_are_read() -> None:
    drawn, begun = pieces(b"/Im#31 Do /P<</MCID 12>>BDC")
    assert (drawn.name, begun.name, begun.mcid) == ("/Im1", "/P", 12)


def test_strings_are_unescaped() -> None:
    assert list(strings(rb"(a\)\050\\\n(b)) <41 4>")) == [b"a)(\\\n(b)", b"A@"]


@pytest.mark.parametrize(
    ("section", "reads"),
    [
        ("beginbfchar <0001> <0041> <0002> <D835DC53> endbfchar", {1: "A", 2: "\U0001d453"}),
        ("beginbfrange <10> <12> <0061> endbfrange", {16: "a", 17: "b", 18: "c"}),
        ("beginbfrange <01> <02> [<0066006C> <0066>] <05> <05> <0078> endbfrange", {1: "fl", 2: "f", 5: "x"}),
    ],
)
def test_unicode_map_is_read(section: str, reads: dict[int, str]) -> None:
    assert unicode_map(f"begincmap 1 {section} endcmap".encode()) == reads
