"""The font for formulas and the style sheet that names it."""

import io

import pytest

from slidebuild.passes.math_font import font_path, italic, math_css, math_font, whole_math_font

CHARACTERS = frozenset("˜∮⏞→⇒′\u20d7\u20db˙¨˚")


def load():
    """One subset for all tests: cutting it takes a while."""
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(math_font(CHARACTERS)))


def test_font_is_woff2_with_a_math_table():
    assert math_font(CHARACTERS)[:4] == b"wOF2"
    font = load()
    assert "MATH" in font
    assert ord("∮") in font.getBestCmap()
    assert ord("∯") not in font.getBestCmap()


def test_bytes_are_the_same_each_time():
    first = math_font(CHARACTERS)
    math_font.cache_clear()
    whole_math_font.cache_clear()
    assert math_font(frozenset(sorted(CHARACTERS))) == first


def test_larger_forms_survive():
    variants = load().get("MATH").table.MathVariants
    names = variants.VertGlyphCoverage.glyphs
    assert {"parenleft", "radical"} & set(names)
    brace = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    assert any(construction.GlyphAssembly for construction in brace.values())


def test_combining_accents_have_a_width_and_lie_in_it():
    font = load()
    for accent in "\u20d7\u20db":
        glyph = font.getBestCmap()[ord(accent)]
        width, bearing = font["hmtx"][glyph]
        shape = font["glyf"][glyph]
        assert 0 < shape.xMin == bearing
        assert shape.xMax < width


def test_letters_with_accents_keep_them_in_place():
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    original = TTFont(io.BytesIO(font_path().read_bytes()))
    for letter in "˙¨˚":
        bounds = []
        for font in (original, load()):
            glyphs = font.getGlyphSet()
            pen = BoundsPen(glyphs)
            glyphs[font.getBestCmap()[ord(letter)]].draw(pen)
            bounds.append(pen.bounds)
        assert bounds[0] == bounds[1]


def test_primes_are_small_and_low_enough_for_superscripts():
    font = load()
    assert font["glyf"][font.getBestCmap()[ord("′")]].yMin < 300


def test_last_part_of_an_arrow_joins_on_its_left():
    variants = load().get("MATH").table.MathVariants
    for construction in variants.HorizGlyphConstruction:
        if construction.GlyphAssembly and len(construction.GlyphAssembly.PartRecords) > 1:
            last = construction.GlyphAssembly.PartRecords[-1]
            assert last.StartConnectorLength > 0 or last.EndConnectorLength == 0


def test_accents_that_stretch_have_the_wider_forms():
    variants = load().get("MATH").table.MathVariants
    wider = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    names = load().getBestCmap()
    assert len(wider[names[ord("˜")]].MathGlyphVariantRecord) > 2
    assert len(wider[names[ord("‾")]].MathGlyphVariantRecord) == 1


def test_font_without_primes_and_tildes_can_be_made():
    assert math_font(frozenset("x"))[:4] == b"wOF2"


@pytest.mark.parametrize(
    ("character", "most"), [("√", 1.15), ("(", 1.4), (")", 1.4), ("[", 1.4), ("{", 1.45), ("}", 1.45)]
)
def test_tall_forms_are_little_wider_than_small_ones(character, most):
    font = load()
    variants = font["MATH"].table.MathVariants
    taller = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    construction = taller[font.getBestCmap()[ord(character)]]
    forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
    parts = [part.glyph for part in construction.GlyphAssembly.PartRecords]
    widths = [font["hmtx"][glyph][0] for glyph in [*forms, *parts]]
    assert max(widths) <= most * widths[0]


def test_licence_stays_in_the_font_under_another_name():
    names = load()["name"]
    assert names.getDebugName(1) == "sb-math"
    assert "Open Font License" in names.getDebugName(13)
    assert "STIX" in names.getDebugName(0)


@pytest.mark.parametrize(("letter", "shown"), list(zip("ahzAαΩ∂∇ϕı1é", "𝑎ℎ𝑧𝐴𝛼𝛺𝜕𝛻𝜙𝚤1é", strict=True)))
def test_lone_letter_is_shown_in_italics(letter, shown):
    assert italic(letter) == shown


def test_style_sheet_names_the_font():
    css = math_css('assets/a"b.woff2')
    assert 'url("assets/a%22b.woff2")' in css
    assert "$font" not in css
    assert css.count("{") == css.count("}")
