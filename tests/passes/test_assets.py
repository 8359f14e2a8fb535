"""Addresses: looked up, published, reported."""

from __future__ import annotations

import pytest

from slidebuild import dom
from slidebuild.compiler import Compiled, Inputs, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile

FILES = {
    "img/plot.svg": b"<svg/>",
    "img/plot@2x.png": b"2",
    "img/clip.webm": b"v",
    "decks/paper.pdf": b"%PDF",
    "decks/my pic.png": b"p",
    "decks/talk.css": b'@import "more.css"; body { background: url(my%20pic.png) }',
    "decks/more.css": b"h1 { color: red }",
}


def compiled(text: str, mode: str = "copy", **settings: object) -> tuple[Compiled, Diagnostics]:
    diagnostics = Diagnostics()
    inputs = Inputs(DictLoader(FILES), stronger=(Layer({"theme": "remark", **settings}),), assets=mode)  # type: ignore[arg-type]
    return compile_deck(SourceFile("decks/talk.md", text), inputs, diagnostics), diagnostics


def html(text: str, mode: str = "copy") -> str:
    deck, _ = compiled(text, mode)
    return dom.inner_html(deck.slides[0].slide.content)


def test_copies_are_named_by_their_content() -> None:
    deck, said = compiled("![](../img/plot.svg)")
    assert deck.resolver.collector.files == {"assets/plot.d4dc5666.svg": b"<svg/>"}
    assert 'src="assets/plot.d4dc5666.svg"' in dom.inner_html(deck.slides[0].slide.content)
    assert not list(said)


def test_inline_puts_the_file_into_the_page() -> None:
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+"' in html("![](../img/plot.svg)", "inline")


def test_link_leaves_addresses_as_they_are() -> None:
    assert 'src="../img/plot.svg"' in html("![](../img/plot.svg)", "link")


@pytest.mark.parametrize(
    "text",
    [
        '<img srcset="../img/plot.svg 1x, ../img/plot@2x.png 2x">',
        '<video poster="../img/plot.svg"><source src="../img/clip.webm"></video>',
        '<object data="../img/plot.svg"></object>',
        '<svg><image href="../img/plot.svg"/></svg>',
        '<svg><image xlink:href="../img/plot.svg"/></svg>',
        '<div style="background: url(../img/plot.svg)">x</div>',
        "background-image: url(../img/plot.svg)\n\nx",
    ],
)
def test_everything_that_loads_is_copied(text: str) -> None:
    deck, said = compiled(text)
    assert "assets/plot.d4dc5666.svg" in deck.resolver.collector.files
    assert "../img" not in dom.inner_html(deck.slides[0].slide.content) + deck.slides[0].style
    assert not list(said)


def test_escapes_fragments_and_absolute_addresses_are_understood() -> None:
    assert "assets/my-pic." in html("![](my%20pic.png)")
    assert 'svg#layer1"' in html("![](../img/plot.svg#layer1)")
    assert "assets/plot." in html("![](/img/plot.svg)")


def test_a_linked_paper_comes_along_a_linked_page_does_not() -> None:
    assert 'href="assets/paper.' in html("[paper](paper.pdf)")
    assert 'href="other.html"' in html("[page](other.html)")
    assert 'href="gone.pdf"' in html("[gone](gone.pdf)")


def test_a_missing_picture_becomes_a_box_with_its_name() -> None:
    deck, said = compiled("text\n\n![x](../img/gone.png)")
    content = dom.inner_html(deck.slides[0].slide.content)
    assert "data:image/svg+xml," in content
    assert "gone.png" in content
    (found,) = said
    assert (found.code, str(found.span)) == ("missing-image", "decks/talk.md:3:6")


@pytest.mark.parametrize("address", ["../../etc/passwd", "file:///etc/passwd", "..%2F..%2Fetc%2Fpasswd"])
def test_nothing_outside_the_project_is_read(address: str) -> None:
    deck, said = compiled(f'<img src="{address}">')
    assert [item.code for item in said] == ["outside-root"]
    assert deck.resolver.collector.files == {}


def test_stylesheets_of_the_deck_go_into_the_page_with_what_they_import() -> None:
    deck, said = compiled("# A", css=["talk.css", "gone.css"])
    page = make_page(deck, said)
    assert "h1 { color: red }" in page.html
    assert "my-pic." in page.html
    assert any(address.startswith("assets/my-pic.") for address in page.assets)
    assert [item.code for item in said] == ["missing-stylesheet"]
