"""The twelve slides of the gallery in the built-in themes, as Chromium lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GALLERY = (resources.files("slidebuild") / "themes/gallery.md").read_text(encoding="utf-8")

RTL = """lang: he
---
class: section
# חלק
---
class: split-30
## כותרת
.column[
ראשון
]
.column[
שני

```python
x = 1
```
]
.theorem[
משהו נכון
]
"""


@cache
def built(text: str, **settings: Any) -> str:
    """The page of a deck in which there is nothing to complain about."""
    diagnostics = Diagnostics()
    inputs = Inputs(DictLoader({}), stronger=(Layer(settings),), assets="inline")
    page = make_page(compile_deck(SourceFile("decks/gallery.md", text), inputs, diagnostics), diagnostics)
    assert list(diagnostics) == []
    return page.html


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1700, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def show(page: Page, html: str) -> None:
    """Load a page with its fonts: those of slides outside the window are asked for when these are first laid out."""
    page.set_content(html)
    page.evaluate(
        """() => {
            for (const slide of document.querySelectorAll('.remark-slide-content')) slide.scrollHeight;
            return document.fonts.ready.then(() => 0); }"""
    )


@pytest.fixture(scope="module", params=["default", "lecture"])
def gallery(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The gallery in a theme; what a test changes on `<html>` it leaves to the next one, which sets it anew."""
    context = browser.new_context(viewport={"width": 1700, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    show(page, built(GALLERY, theme=request.param))
    yield page
    context.close()


def set_width(page: Page, ratio: str) -> None:
    """Lay the slides out as in a ratio: themes know it by its width alone."""
    across, down = map(int, ratio.split(":"))
    page.evaluate(
        "width => document.documentElement.style.setProperty('--sb-width', width)", f"{681 * across // down}px"
    )


@pytest.mark.parametrize("ratio", ["16:9", "4:3", "1:1", "21:9", "297:210"])
def test_nothing_leaves_a_slide_of_any_ratio(gallery: Page, ratio: str) -> None:
    set_width(gallery, ratio)
    over = gallery.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide'), (slide) => {
            const content = slide.querySelector('.remark-slide-content');
            const box = content.getBoundingClientRect();
            const seen = Array.from(slide.querySelectorAll('p, li, td, th, pre, svg, h1, h2, h3, .sb-region'))
                .map((e) => e.getBoundingClientRect())
                .filter((b) => b.width)
                .filter((b) => b.right > box.right + 1 || b.left < box.left - 1 || b.bottom > box.bottom + 1);
            return [content.className, content.scrollHeight - content.clientHeight,
                    content.scrollWidth - content.clientWidth, seen.length]; })"""
    )
    assert len(over) == 12
    assert [found for found in over if any(number > 0 for number in found[1:])] == []


@pytest.mark.parametrize("ratio", ["16:9", "4:3", "1:1"])
def test_text_keeps_away_from_header_footnote_footer_and_number(gallery: Page, ratio: str) -> None:
    set_width(gallery, ratio)
    overlaps = gallery.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide'), (slide) => {
            const edges = Array.from(slide.querySelectorAll('.sb-header, .sb-footer, .footnote, .remark-slide-number'))
                .filter((e) => getComputedStyle(e).display !== 'none').map((e) => e.getBoundingClientRect());
            return Array.from(slide.querySelectorAll('h1, h2, .remark-slide-content > p, li, pre, table, svg'))
                .filter((e) => !e.matches('p:has(.footnote), .sb-region *')).map((e) => e.getBoundingClientRect())
                .filter((a) => edges.some((b) => a.top < b.bottom - 1 && b.top < a.bottom - 1 &&
                                                 a.left < b.right - 1 && b.left < a.right - 1)).length; })"""
    )
    assert overlaps == [0] * 12


CONTRAST = """() => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1); context.fillStyle = colour; context.fillRect(0, 0, 1, 1);
    return Array.from(context.getImageData(0, 0, 1, 1).data);
  };
  const light = ([r, g, b]) => {
    const linear = (c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const [x, y, z] = [r, g, b].map((c) => linear(c / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const below = (element) => {
    const thin = [];
    const over = (colour) => thin.reduceRight((ground, [r, g, b, a]) => {
      return [r, g, b].map((c, i) => (c * a + ground[i] * (255 - a)) / 255);
    }, colour);
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return over(colour);
      if (colour[3] > 0) thin.push(colour);
      if (e.classList.contains('sb-region')) {
        return rgba(getComputedStyle(e.parentElement.querySelector('.remark-slide-content')).backgroundColor);
      }
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  for (const slide of document.querySelectorAll('.remark-slide')) {
    for (const e of slide.querySelectorAll('*')) {
      const has_text = Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
      const style = getComputedStyle(e);
      if (!has_text || e.closest('svg, annotation, title') || !e.getClientRects().length) continue;
      const [a, b] = [light(rgba(style.color)), light(below(e))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      found.push([ratio, `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`]);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(gallery: Page, scheme: str) -> None:
    """WCAG 2.2, criterion 1.4.3: at least 4.5 : 1, whatever the size of the letters; code included."""
    gallery.evaluate("scheme => { document.documentElement.dataset.sbScheme = scheme; }", scheme)
    found = gallery.evaluate(CONTRAST)
    assert len(found) > 120
    assert [f"{ratio:.2f} {what}" for ratio, what in found if ratio < 4.5] == []


def test_the_bare_theme_can_be_read(page: Page) -> None:
    show(page, built(GALLERY, theme="remark"))
    assert [f"{ratio:.2f} {what}" for ratio, what in page.evaluate(CONTRAST) if ratio < 4.5] == []


def test_the_header_is_the_settings_text_or_else_the_part_of_the_deck() -> None:
    deck = "class: section\n\n# One\n---\n# A"
    assert '<div class="sb-region sb-header">One</div>' in built(deck, theme="lecture")
    assert '<div class="sb-region sb-header">All <em>day</em></div>' in built(deck, theme="lecture", header="All *day*")
    assert '<div class="sb-region sb-header">All day</div>' in built(deck, theme="default", header="All day")
    assert "sb-header" not in built(deck, theme="default").partition("</head>")[2]
    assert "sb-header" not in built(deck, theme="remark", header="All day")


DRESSED = """# Code

```python {diff 2 numbers file=area.py}
 def area(r):
-    return 3.14 * r**2
+    return math.pi * r**2  # and no more
+    raise ValueError(f"negative: {r}")
```
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["default", "lecture"])
def test_code_can_be_read_on_changed_and_marked_lines(page: Page, theme: str, scheme: str) -> None:
    show(page, built(DRESSED, theme=theme, colorScheme=scheme))
    found = page.evaluate(CONTRAST)
    assert len(found) > 12
    assert [f"{ratio:.2f} {what}" for ratio, what in found if ratio < 4.5] == []


def test_numbers_signs_and_file_names_are_shown_beside_the_code(page: Page) -> None:
    for theme in ("default", "remark"):
        show(page, built(DRESSED, theme=theme))
        shown = page.evaluate(
            """() => ['.remark-code-line:nth-child(3)', 'pre'].map((selector) =>
                getComputedStyle(document.querySelector(selector), '::before').content)"""
        )
        assert shown == ['"3 +"', '"area.py"']


def test_the_lecture_theme_says_which_part_of_the_deck_a_slide_is_in(page: Page) -> None:
    show(page, built(GALLERY, theme="lecture"))
    heads = page.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide'), (e) => {
            const head = e.querySelector('.sb-header');
            return head && getComputedStyle(head).display !== 'none' ? head.textContent : ''; })"""
    )
    first, second = "Two bulges, one Moon", "From the cause to a forecast"
    assert heads == ["", "", *[first] * 4, "", *[second] * 4, ""]
    agenda = page.locator(".sb-agenda")
    assert agenda.count() == 2
    assert agenda.nth(1).locator("li").all_text_contents() == [first, second]
    assert agenda.nth(1).locator("[aria-current]").all_text_contents() == [second]


def test_boxes_of_mathematics_begin_with_their_word_in_the_language_of_the_deck(page: Page) -> None:
    word = "() => getComputedStyle(document.querySelector('.definition > p'), '::before').content"
    show(page, built("# A\n\n.definition[\nA word\n]", theme="default"))
    for lang, expected in (("en", '"Definition"'), ("fr", '"Définition"'), ("it-CH", '"Definizione"')):
        page.evaluate("lang => { document.documentElement.lang = lang; }", lang)
        assert page.evaluate(word) == expected


@pytest.mark.parametrize("theme", ["default", "lecture"])
def test_layouts_are_mirrored_where_a_language_is_written_from_right_to_left(page: Page, theme: str) -> None:
    show(page, built(f"---\n{RTL}", theme=theme, footer="x"))
    columns = page.evaluate(
        "() => Array.from(document.querySelectorAll('.column'), (e) => e.getBoundingClientRect().left)"
    )
    assert columns[0] > columns[1]
    styles = page.evaluate(
        """() => { const style = (s) => getComputedStyle(document.querySelector(s));
            return [style('.remark-slide-content').direction, style('pre').direction, style('h2').letterSpacing,
                    style('.theorem').borderRightWidth !== '0px', style('.theorem').borderLeftWidth]; }"""
    )
    assert styles == ["rtl", "ltr", "normal", True, "0px"]


@pytest.mark.parametrize(("scheme", "inverse"), [("light", "dark"), ("dark", "light")])
def test_an_inverse_slide_has_the_other_scheme(page: Page, scheme: str, inverse: str) -> None:
    show(page, built("class: inverse\n\n# A", theme="default", colorScheme=scheme, footer="x"))
    schemes = page.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide-content, .sb-footer'),
                            (e) => getComputedStyle(e).colorScheme)"""
    )
    assert schemes == [inverse, inverse]
