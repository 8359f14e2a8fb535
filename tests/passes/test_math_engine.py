"""KaTeX and MathJax from the project's own copy."""

from __future__ import annotations

import pytest

from slidebuild.compiler import Inputs, compile_deck, make_page, make_print_page
from slidebuild.compiler.pages import page_slide
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile

KATEX = b"""window.katex = {renderToString(tex, options) {
  if (tex === 'b') throw new Error('no');
  return '<b class="stub">' + tex + (options.displayMode ? '!' : '') + (options.macros['\\\\RR'] || '') + '</b>';
}};"""
FILES = {
    "vendor/katex/dist/katex.min.js": KATEX,
    "vendor/katex/dist/katex.min.css": b"@font-face{font-family:K;src:url(fonts/K.woff2),url(fonts/K.ttf)}",
    "vendor/katex/dist/fonts/K.woff2": b"wOF2",
    "vendor/katex/dist/fonts/K.ttf": b"ttf",
}
DECK = r"$a$, $b$, $$c$$ $\eqref{d}$ $$x\tag{1}\label{d}$$"


def compiled(math: object, deck: str = DECK, files: dict[str, bytes] = FILES, assets: str = "copy"):
    diagnostics = Diagnostics()
    settings = Layer({"math": math}, path="slidebuild.yml")
    inputs = Inputs(DictLoader(files), weaker=(settings,), assets=assets)
    return compile_deck(SourceFile("decks/talk.md", deck), inputs, diagnostics), diagnostics


def test_engine_and_its_fonts_are_published_and_mathml_stays():
    deck, diagnostics = compiled("katex")
    page = make_page(deck, diagnostics)
    assert list(diagnostics) == []
    ours = [name for name in page.assets if name.startswith(("assets/K", "assets/katex"))]
    assert [name.split(".")[0] for name in ours] == ["assets/K", "assets/katex"]
    assert "katex.renderToString" in page.html
    assert page.html.count("<math ") == 4  # the reference is text


def test_pdf_needs_no_engine():
    deck, diagnostics = compiled("katex")
    page = make_print_page(deck, [page_slide(slide) for slide in deck.slides], diagnostics)
    assert "renderToString" not in page.html
    assert page.html.count("<math ") == 4  # the reference is text


@pytest.mark.parametrize("math", [True, {"macros": {"RR": "x"}}, {"engine": "mathml"}])
def test_nothing_is_loaded_unless_it_is_asked_for(math):
    deck, diagnostics = compiled(math)
    assert "renderToString" not in make_page(deck, diagnostics).html


def test_deck_without_formulas_loads_no_engine():
    deck, diagnostics = compiled("katex", "text")
    assert "renderToString" not in make_page(deck, diagnostics).html


def test_engine_that_is_not_there_is_told():
    deck, diagnostics = compiled({"engine": "mathjax", "path": "/lib/mj"})
    page = make_page(deck, diagnostics)
    (diagnostic,) = diagnostics
    assert diagnostic.code == "bad-setting-value"
    assert "tex-svg.js in /lib/mj" in diagnostic.message
    assert "MathJax" not in page.html


def test_mathjax_is_told_the_arguments_of_macros():
    files = {"lib/tex-svg.js": b"//"}
    deck, diagnostics = compiled(
        {"engine": "mathjax", "path": "/lib/", "macros": {"v": "[#1]", "RR": "R"}}, files=files
    )
    assert r'{"RR": "R", "v": ["[#1]", 1]}' in make_page(deck, diagnostics).html
    assert list(diagnostics) == []


@pytest.mark.browser
def test_engine_shows_what_it_understands_and_leaves_the_rest(browser):
    deck, diagnostics = compiled({"engine": "katex", "macros": {"RR": "?"}}, assets="inline")
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(make_page(deck, diagnostics).html)
        page.wait_for_selector(".stub", state="attached")
        assert page.locator(".stub").all_text_contents() == ["a?", "c!?", r"x\tag{1}\label{d}!?"]
        assert page.locator(".sb-math > math").count() == 1
