"""Search over the slides of all decks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from slidebuild.preview.workspace import SlideText
from slidebuild.records import dataclass

MOST: Final = 60
"""So many slides are found at most."""
_AROUND: Final = 60
"""So many characters of the text are shown on each side of what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A slide that was found."""

    deck: str
    index: int
    title: str
    before: str
    word: str
    after: str


def search(query: str, decks: Sequence[tuple[str, Sequence[SlideText]]]) -> list[Hit]:
    """The slides that hold every word of a query in title, text or notes, those with all of them in the title first."""
    words = fold(query).split()
    if not words:
        return []
    found = list(islice(_hits(words, decks), MOST))
    return [hit for _, hit in sorted(found, key=lambda pair: not pair[0])]


def fold(text: str) -> str:
    """In small letters without accents, as long as the text itself where that can be."""
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[:1].lower()
    return base if len(base) == 1 else letter


def _hits(words: list[str], decks: Sequence[tuple[str, Sequence[SlideText]]]) -> Iterator[tuple[bool, Hit]]:
    for deck, slides in decks:
        for index, slide in enumerate(slides):
            whole = " ".join((slide.text, slide.notes))
            title, text = fold(slide.title), fold(whole)
            if all(word in title or word in text for word in words):
                yield all(word in title for word in words), _hit(deck, index, slide, words, whole, text)


def _hit(deck: str, index: int, slide: SlideText, words: list[str], whole: str, text: str) -> Hit:
    at = min((place for word in words if (place := text.find(word)) >= 0), default=0)
    word = next((word for word in words if text.startswith(word, at)), "")
    before = whole[max(0, at - _AROUND) : at]
    if at > _AROUND:
        before = "… " + re.sub(r"^\S*\s", "", before)
    end = at + len(word)
    after = whole[end : end + _AROUND]
    return Hit(deck, index, slide.title, before, whole[at:end], after + (" …" if end + _AROUND < len(whole) else ""))
