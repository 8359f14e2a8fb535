"""Formulas laid out by Chromium with their font and style sheet."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from slidebuild import dom
from slidebuild.passes.math import glyphs
from slidebuild.passes.math_font import math_css, math_font
from slidebuild.passes.math_tex import convert

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FORMULAS = {
    "brace": (r"\overbrace{aaaaaaaaaaaa+bbbbbbbbbbbbbbbb}", True),
    "vec": (r"\vec{x}", False),
    "bar": (r"\overline{abcdef}", False),
    "rows": (r"\begin{aligned}a&=b\\y&=\text{q}\\a&=a\end{aligned}", True),
    "inline": (r"\frac{a}{b}", False),
    "primes": (r"f'", False),
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    pieces, needed = [], set()
    for name, (tex, display) in FORMULAS.items():
        mathml = convert(tex, display=display).mathml or ""
        needed |= glyphs(mathml)
        pieces.append(
            f'<p>text <span id="{name}" class="sb-math{" sb-math-display" if display else ""}">{mathml}</span></p>'
        )
    address = "data:font/woff2;base64," + base64.b64encode(math_font(frozenset(needed))).decode("ascii")
    with browser.new_context(viewport={"width": 1210, "height": 681}) as context:
        opened = context.new_page()
        opened.set_content(f"<style>{math_css(address)} p {{font-size: 24px}}</style>{''.join(pieces)}")
        opened.evaluate("document.fonts.ready.then(() => true)")
        yield opened


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return dict(found)


def test_font_is_used(page):
    assert page.evaluate("[...document.fonts].map(face => face.family + ' ' + face.status)") in (
        ["sb-math loaded"],
        ['"sb-math" loaded'],
    )


def test_brace_is_painted_over_its_whole_length_even_across_tiles(page):
    """Tiles are 256 px wide; without the outline of operators the left end would be missing in its tile."""
    from io import BytesIO

    from PIL import Image

    base = box(page, "#brace mover > :first-child")
    over = box(page, "#brace mover > mo")
    clip = {"x": base["x"], "y": over["y"] - 2, "width": base["width"], "height": over["height"] + 2}
    picture = Image.open(BytesIO(page.screenshot(clip=clip))).convert("L")
    inked = [x for x in range(picture.width) if picture.crop((x, 0, x + 1, picture.height)).getextrema()[0] < 128]
    assert picture.width > 300
    assert inked[0] < 6
    assert inked[-1] > picture.width - 7


def test_vector_arrow_stands_over_the_middle_of_its_letter(page):
    letter, arrow = box(page, "#vec mi"), box(page, "#vec mo")
    assert arrow["width"] > 5
    assert abs(arrow["x"] + arrow["width"] / 2 - letter["x"] - letter["width"] / 2) < 2


def test_rows_stand_at_even_distances(page):
    tops = [page.locator("#rows mtd:first-child mspace").nth(row).bounding_box()["y"] for row in range(3)]
    assert tops[1] - tops[0] == pytest.approx(tops[2] - tops[1], abs=1)


def test_inline_formula_stays_in_its_line_and_display_formula_is_centred(page):
    assert box(page, "#inline")["width"] < 40
    formula, block = box(page, "#rows math"), box(page, "#rows")
    assert block["width"] > 1000
    middle = block["x"] + block["width"] / 2
    table = box(page, "#rows mtable")
    assert table["x"] + table["width"] / 2 == pytest.approx(middle, abs=3)
    assert formula["height"] < 200


def test_every_formula_shows_glyphs_of_the_math_font_only(page):
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    leaves = client.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".sb-math :is(mi, mtext)"})["nodeIds"]
    shown = [client.send("CSS.getPlatformFontsForNode", {"nodeId": leaf})["fonts"] for leaf in leaves]
    assert len(shown) > 10
    assert {font["isCustomFont"] for fonts in shown for font in fonts} == {True}


def test_mathml_is_what_the_tree_keeps(page):
    for name, (tex, display) in FORMULAS.items():
        mathml = dom.inner_html(dom.parse(convert(tex, display=display).mathml or ""))
        assert page.locator(f"#{name}").inner_html() == mathml
