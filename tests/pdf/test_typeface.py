from __future__ import annotations

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.pdf.text_map import read_texts, write_texts
from slidebuild.pdf.typeface import Typeface

NAMES = [".notdef", "a", "b", "accent", "composed", "space"]


def font(advance: int = 500) -> bytes:
    builder = FontBuilder(1000)
    builder.updateHead(created=0, modified=0)  # else fonts made in two seconds are two
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(NAMES)
    glyphs = {}
    for place, name in enumerate(NAMES):
        pen = TTGlyphPen(glyphs)
        if name == "composed":
            pen.addComponent("a", (1, 0, 0, 1, 0, 0))
            pen.addComponent("accent", (1, 0, 0, 1, 0, 200))
        elif name != "space":
            for x, y in ((0, 0), (0, 100 + place), (100, 100)):
                (pen.lineTo if (x, y) != (0, 0) else pen.moveTo)((x, y))
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (advance + place, 0) for place, name in enumerate(NAMES)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupCharacterMap({97: "a"})
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def face(data: bytes) -> Typeface:
    found = Typeface.read(data)
    assert found is not None
    return found


def test_subset_holds_the_glyphs_asked_for_and_what_they_are_composed_of() -> None:
    assert list(face(font()).only([4]).glyphs) == [0, 1, 3, 4]
    assert list(face(font()).only([2, 99]).glyphs) == [0, 2]


def test_file_of_a_subset_is_a_font_with_the_same_outlines_and_advances() -> None:
    whole, part = TTFont(BytesIO(font())), TTFont(BytesIO(face(font()).only([2, 4]).file()))
    assert part["maxp"].numGlyphs == 5
    assert part["glyf"][part.getGlyphName(4)].isComposite()
    assert part["glyf"][part.getGlyphName(2)].coordinates == whole["glyf"]["b"].coordinates
    assert part["hmtx"][part.getGlyphName(2)] == (502, 0)


def test_subsets_of_a_font_are_united_and_give_the_same_file_in_any_order() -> None:
    one, other = face(face(font()).only([1]).file()), face(face(font()).only([2, 5]).file())
    united, turned = one.united(other), other.united(one)
    assert united is not None
    assert turned is not None
    assert list(united.glyphs) == [0, 1, 2, 5]
    assert united.file() == turned.file() == face(font()).only([1, 2, 5]).file()


def test_fonts_whose_glyphs_differ_are_not_united() -> None:
    assert face(font()).united(face(font(advance=510))) is None


def test_what_is_no_truetype_font_is_left() -> None:
    assert Typeface.read(b"") is None
    assert Typeface.read(b"%!PS-AdobeFont-1.0") is None
    assert Typeface.read(font()[:200]) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_left(data: bytes) -> None:
    Typeface.read(font()[:12] + data)
    Typeface.read(data)


@given(st.dictionaries(st.integers(0, 0xFFFF), st.text(min_size=1, max_size=3)))
def test_texts_of_codes_survive_writing(texts: dict[int, str]) -> None:
    written = {code: text.encode("utf-16-be", "surrogatepass").hex().upper() for code, text in texts.items()}
    assert read_texts(write_texts(written, 2)) == written


def test_ranges_and_lists_of_a_cmap_are_read() -> None:
    cmap = b"1 beginbfrange <0003> <0005> <0041> endbfrange 1 beginbfrange <06> <07> [<0066> <00660069>] endbfrange"
    assert read_texts(cmap) == {3: "0041", 4: "0042", 5: "0043", 6: "0066", 7: "00660069"}
