"""Search over all decks."""

from __future__ import annotations

import pytest

from slidebuild.preview.searching import MOST, fold, search
from slidebuild.preview.workspace import SlideText

DECKS = [
    (
        "a.md",
        [SlideText("Gradients", "The Gradients descend", ""), SlideText("", "Nothing here", "but a gradient note")],
    ),
    ("b.md", [SlideText("Éclair", "Une crème brûlée, with gradient of sugar", "")]),
]


def found(query: str) -> list[tuple[str, int]]:
    return [(hit.deck, hit.index) for hit in search(query, DECKS)]


@pytest.mark.parametrize(
    ("query", "slides"),
    [
        ("gradient", [("a.md", 0), ("a.md", 1), ("b.md", 0)]),
        ("GRADIENT sugar", [("b.md", 0)]),
        ("creme brulee", [("b.md", 0)]),
        ("eclair", [("b.md", 0)]),
        ("note", [("a.md", 1)]),
        ("nowhere", []),
        ("   ", []),
    ],
)
def test_slides_that_hold_all_words_are_found(query: str, slides: list[tuple[str, int]]) -> None:
    assert found(query) == slides


def test_titles_come_first() -> None:
    decks = [("a.md", [SlideText("Other", "the word", ""), SlideText("Word", "", "")])]
    assert [hit.index for hit in search("word", decks)] == [1, 0]


def test_word_stands_in_its_surroundings() -> None:
    text = "x" * 30 + " before it " * 9 + "HERE" + " after it" * 20
    (hit,) = search("here", [("a.md", [SlideText("T", text, "")])])
    assert hit.word == "HERE"
    assert hit.before.startswith("… ")
    assert hit.after.endswith(" …")


def test_no_more_than_some_are_found() -> None:
    assert len(search("x", [("a.md", [SlideText("x", "x", "")] * 500)])) == MOST


def test_folding_keeps_the_length() -> None:
    for text in ("Straße", "İstanbul", "ﬁne", "e\u0301", "日本"):
        assert len(fold(text)) == len(text)
