"""The built-in themes as Chromium lays them out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from slidebuild import player
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import Document, PageSlide, render_document, render_print
from slidebuild.fonts import BASE_CHARACTERS
from slidebuild.settings import Ratio, Settings
from slidebuild.source import SourceFile
from slidebuild.theme import Theme, find_theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SPAN = SourceFile("decks/a.md", "").span(0)
PICTURE = "data:image/svg+xml," + "<svg xmlns='http://www.w3.org/2000/svg' width='3000' height='2400'/>".replace(
    "<", "%3C"
).replace(">", "%3E").replace("#", "%23")
BULLETS = "<ul>" + "<li>one more point that is made</li>" * 6 + "</ul>"
CODE = "<pre><code>" + '<div class="remark-code-line">x = 1</div>' * 11 + "</code></pre>"
TABLE = "<table><tbody>" + "<tr><td>a</td><td>b</td></tr>" * 8 + "</tbody></table>"

SLIDES = {
    "title": "<h1>A title that is long enough for two lines of a slide</h1><h3>and below</h3><p>Author</p>",
    "center, middle": "<h1>A title that is long enough<br>for two lines</h1><h4>and below</h4>",
    "section": "<h1>A section</h1><p>What it is about</p>",
    "": f"<h1>Bullets</h1><p>Said first.</p>{BULLETS}",
    "code-slide": f"<h1>Code</h1>{CODE}<p>Said last.</p>",
    "tabular": f"<h1>A table</h1>{TABLE}",
    "two": f'<h1>Columns</h1><div class="left-column">{BULLETS}</div>'
    f'<div class="right-column"><p><img src="{PICTURE}"></p></div>',
    "grid": f'<h1>Columns</h1><div class="columns"><div class="col">{BULLETS}</div><div class="col">b</div></div>',
    "figure": f'<h1>A figure</h1><p><img src="{PICTURE}"></p><p><span class="caption">A caption</span></p>',
    "picture": f'<h1>A picture</h1><p><img src="{PICTURE}"></p><p><span class="footnote">A note</span></p>',
    "image": f'<p><img src="{PICTURE}"></p><h2>On it</h2>',
    "quote": "<blockquote><p>Somebody said something that is worth to be said again.</p></blockquote><p>Somebody</p>",
    "statement": "<h1>One thing to remember from all of this</h1><p>and why</p>",
    "end": "<h1>Thank you</h1>",
}


@cache
def styled(name: str) -> tuple[Theme, str]:
    diagnostics = Diagnostics()
    theme = find_theme(name, diagnostics)

    def publish(path: str, data: bytes) -> str:
        return f"data:font/woff2;base64,{b64encode(data).decode()}"

    css = theme.css(publish, BASE_CHARACTERS, diagnostics)
    assert list(diagnostics) == []
    return theme, css


def document(theme: str, ratio: Ratio, **given: Any) -> Document:
    slides = []
    for index, (classes, html) in enumerate(SLIDES.items()):
        properties = {"class": classes}
        resolved = ResolvedSlide(index, index + 1, f"s{index}", (), (), properties, False, True, SPAN)
        slides.append(PageSlide(resolved, html, "<p>note</p>"))
    found, css = styled(theme)
    values: dict[str, Any] = {"title": "A talk", "total": len(slides), "footer": "A course", **given}
    values.setdefault("settings", Settings(ratio=ratio))
    return Document(slides=slides, theme=found, theme_css=css, **values)


def html(page: Document) -> str:
    return render_document(page, Diagnostics())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1210, "height": 681}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def show(page: Page, text: str) -> None:
    page.set_content(text)
    page.evaluate("() => document.fonts.ready.then(() => 0)")


@pytest.mark.parametrize("ratio", [Ratio(16, 9), Ratio(4, 3)], ids=str)
def test_nothing_leaves_the_slide(page: Page, ratio: Ratio) -> None:
    show(page, html(document("default", ratio, player_css=player.stylesheet())))
    over = page.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide-content'), (slide) => {
            const scale = slide.getBoundingClientRect().height / slide.offsetHeight;
            const box = slide.getBoundingClientRect();
            const pictures = Array.from(slide.querySelectorAll('img'), (img) => img.getBoundingClientRect());
            return [slide.className, slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth,
                    pictures.filter((p) => p.bottom > box.bottom + 1 || p.right > box.right + 1 || !p.width).length];
        })"""
    )
    assert [
        (name, down, right, pictures) for name, down, right, pictures in over if down > 0 or right > 0 or pictures
    ] == []
    assert len(over) == len(SLIDES)


def test_the_fonts_of_the_default_theme_are_those_it_brings(page: Page) -> None:
    show(page, html(document("default", Ratio(16, 9))))
    loaded = page.evaluate("() => Array.from(document.fonts).filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert {name.strip('"') for name in loaded} == {"Fira Sans", "Fira Code"}


def test_a_decks_own_css_wins_over_the_default_theme_whatever_its_selectors(page: Page) -> None:
    show(page, html(document("default", Ratio(16, 9), deck_style="h1 { color: rgb(1, 2, 3) } div { padding: 0 }")))
    styles = page.evaluate(
        """() => { const style = (s) => getComputedStyle(document.querySelector(s));
            return [style('h1').color, style('.remark-slide-content').paddingTop]; }"""
    )
    assert styles == ["rgb(1, 2, 3)", "0px"]


@pytest.mark.parametrize(
    ("scheme", "prefers", "background"),
    [
        ("light", "dark", "rgb(255, 255, 255)"),
        ("dark", "light", "rgb(17, 24, 31)"),
        ("auto", "light", "rgb(255, 255, 255)"),
        ("auto", "dark", "rgb(17, 24, 31)"),
    ],
)
def test_colours_follow_the_scheme(page: Page, scheme: Any, prefers: Any, background: str) -> None:
    page.emulate_media(color_scheme=prefers)
    show(page, html(document("default", Ratio(16, 9), settings=Settings(color_scheme=scheme))))
    shown = "() => getComputedStyle(document.querySelectorAll('.remark-slide-content')[3]).backgroundColor"
    assert page.evaluate(shown) == background


@pytest.mark.parametrize("theme", ["default", "lecture"])
@pytest.mark.parametrize(
    ("scheme", "prefers"), [("light", "dark"), ("dark", "light"), ("auto", "dark"), ("auto", "light")]
)
def test_the_logo_is_the_one_for_the_colours_behind_it(page: Page, theme: str, scheme: Any, prefers: Any) -> None:
    page.emulate_media(color_scheme=prefers)
    settings = Settings(color_scheme=scheme)
    show(page, html(document(theme, Ratio(16, 9), settings=settings, logo="data:,l", logo_dark="data:,d")))
    page.evaluate(
        """() => ['inverse', 'dark', 'light'].forEach((name, at) =>
            document.querySelectorAll('.remark-slide-content')[at + 3].classList.add(name))"""
    )
    shown = page.evaluate(
        """(prefers) => Array.from(document.querySelectorAll('.sb-logo'), (logo) => {
            const scheme = getComputedStyle(logo).colorScheme;
            const seen = [...logo.children].filter((img) => getComputedStyle(img).display !== 'none');
            return [scheme.includes(' ') ? prefers : scheme, seen.map((img) => img.src).join()];
        })""",
        prefers,
    )
    assert len(shown) == len(SLIDES)
    assert {pair[0] for pair in shown} == {"light", "dark"}
    assert {tuple(pair) for pair in shown} == {("light", "data:,l"), ("dark", "data:,d")}


def test_the_theme_remark_has_the_sizes_of_remark(page: Page) -> None:
    settings = Settings(ratio=Ratio(4, 3))
    show(page, html(document("remark", Ratio(4, 3), settings=settings, player_css=player.stylesheet())))
    sizes = page.evaluate(
        """() => { const style = (s) => getComputedStyle(document.querySelector(s));
            const content = style('.remark-slide-content');
            return [content.display, content.padding, content.fontSize, style('h1').fontSize, style('h2').fontSize,
                    style('h3').fontSize, style('.remark-slide-number').right, style('.middle').verticalAlign]; }"""
    )
    assert sizes == ["table-cell", "20px 80px", "20px", "55px", "45px", "35px", "20px", "middle"]


@pytest.mark.parametrize("theme", ["default", "remark"])
def test_in_print_each_slide_is_a_box_of_exactly_its_size(page: Page, theme: str) -> None:
    made = document(theme, Ratio(16, 9), player_css=player.stylesheet())
    show(page, render_print(made, Diagnostics()))
    page.emulate_media(media="print")
    boxes = page.evaluate(
        """() => Array.from(document.querySelectorAll('.remark-slide-container'), (e) => {
            const box = e.getBoundingClientRect(); return [box.left, box.width, box.height]; })"""
    )
    assert boxes == [[0, 1210, 681]] * len(SLIDES)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == len(SLIDES)
