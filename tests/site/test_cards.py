"""How links to decks look elsewhere, and which address is the deck's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import Talks

from slidebuild.document import beside


def card(page: str) -> dict[str, str]:
    """What a page tells search engines and link previews."""
    found = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page))
    canonical = re.search(r'<link rel="canonical" href="([^"]*)">', page)
    return found | ({"canonical": canonical[1]} if canonical else {})


@pytest.mark.parametrize(
    ("address", "cover"),
    [
        ("https://x.org/talk", "https://x.org/talk/cover.png"),
        ("https://x.org/talk/", "https://x.org/talk/cover.png"),
        ("https://x.org/talk/index.html#3", "https://x.org/talk/cover.png"),
        ("https://x.org", "https://x.org/cover.png"),
        ("https://x.org/a?b=c.d", "https://x.org/a/cover.png"),
    ],
)
def test_file_beside_a_page_has_its_address(address: str, cover: str) -> None:
    assert beside(address, "cover.png") == cover


def test_a_deck_of_a_site_has_the_card_of_its_place_there(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    made.build()
    assert card(made.output("one/index.html")) == {
        "canonical": "https://talks.example.org/one/",
        "og:type": "article",
        "og:title": "Light",
        "og:url": "https://talks.example.org/one/",
        "og:description": "What light does",
        "og:site_name": "Talks",
        "twitter:card": "summary",
    }
    assert card(made.output("2025/three/index.html"))["canonical"] == "https://talks.example.org/2025/three/"
    assert card(made.output("one/info.html"))["canonical"] == "https://talks.example.org/one/info.html"
    assert card(made.output("index.html"))["og:url"] == "https://talks.example.org/"


def test_a_deck_that_says_where_it_is_has_that_address(tmp_path: Path) -> None:
    made = Talks.make(tmp_path, "title: Mine\n")
    made.edit("decks/two.md", "date: 2026-01-01", "url: 'https://x.org/t/#1'")
    made.build()
    assert card(made.output("two/index.html")) == {
        "canonical": "https://x.org/t/",
        "og:type": "article",
        "og:title": "Sound &amp; noise",
        "og:url": "https://x.org/t/",
        "twitter:card": "summary",
    }
    assert card(made.output("one/index.html")) == {}
    built = made.output("two/index.html")
    made.run("html", "decks/two.md")
    assert made.output("two/index.html") == built


@pytest.mark.browser
def test_the_picture_of_the_card_is_the_cover(tmp_path: Path) -> None:
    made = Talks.make(tmp_path)
    made.edit("decks/two.md", "date: 2026-01-01", "url: 'https://x.org/t'")
    made.build(pdf=True)
    found = card(made.output("one/index.html"))
    assert found["og:image"] == "https://talks.example.org/one/cover.png"
    assert (found["og:image:alt"], found["twitter:card"]) == ("Light", "summary_large_image")
    assert "one/cover.png" in made.files
    assert card(made.output("two/index.html"))["og:image"] == "https://talks.example.org/two/cover.png"
    made.run("verify")
    made.build()
    assert "og:image" not in card(made.output("one/index.html"))
