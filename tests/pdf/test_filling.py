from __future__ import annotations

import pytest
from slidemaker import SOURCE, make_slide

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.filling import fill
from slidebuild.pdf.placeholder_check import check_placeholder


def filled(html: str, url: str | None = "https://x.example/#5", title: str = "A & <B>") -> str:
    tree = dom.parse(html)
    fill(tree, title, url, "en")
    return dom.inner_html(tree)


def test_title_and_address_are_filled_in_as_text() -> None:
    assert filled("<h1>{{title}} &lt;moves&gt;</h1><p>{{ url }}</p>") == (
        "<h1>A &amp; &lt;B&gt; &lt;moves&gt;</h1><p>https://x.example/#5</p>"
    )


@pytest.mark.parametrize("href", ["{{url}}", "%7B%7Burl%7D%7D"])
def test_address_is_filled_in_into_links(href: str) -> None:
    tree = dom.parse(filled(f'<a href="{href}" title="{{{{title}}}}">x</a>'))
    link = dom.select(tree, "a")[0]
    assert (dom.attribute(link, "href"), dom.attribute(link, "title")) == ("https://x.example/#5", "A & <B>")


def test_code_is_a_picture_with_a_description() -> None:
    tree = dom.parse(filled("<p>{{qr}}</p>"))
    assert len(dom.select(tree, "p > span[role=img][aria-label] > svg")) == 1


def test_without_an_address_there_is_no_link_and_no_code() -> None:
    assert filled('<p>{{qr}}<a href="{{url}}">online</a></p>', None) == "<p><a>online</a></p>"


def test_other_braces_stay() -> None:
    assert filled("<p>{{name}} {title}</p>") == "<p>{{name}} {title}</p>"


@pytest.mark.parametrize(
    ("url", "html", "is_reported"),
    [
        ("https://x.example/t/", '<a href="https://x.example/old/">x</a>', True),
        ("https://x.example/t/", '<a href="https://me.example/">me</a><a href="https://x.example/t/#1">x</a>', False),
        ("https://x.example/t/", '<a href="{{url}}">x</a>', False),
        ("https://x.example/t/", "no link", False),
        (None, '<a href="https://x.example/old/">x</a>', False),
    ],
)
def test_placeholder_that_links_to_another_deck_is_reported(url: str | None, html: str, is_reported: bool) -> None:
    diagnostics = Diagnostics()
    check_placeholder(url, make_slide(-1, html), diagnostics)
    assert [diagnostic.code for diagnostic in diagnostics] == ["placeholder-address"] * is_reported
    assert all(found.span is not None and found.span.source is SOURCE for found in diagnostics)


def test_deck_without_a_placeholder_has_no_wrong_address() -> None:
    diagnostics = Diagnostics()
    check_placeholder("https://x.example/t/", None, diagnostics)
    assert not len(diagnostics)
