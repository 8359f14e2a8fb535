"""What the pages around the decks say by themselves, in the reader's language.

A JSON file a language, English to its words, beside those of the player. English is what the templates are written in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup

from slidebuild.installed import PACKAGE
from slidebuild.player.words import words as player_words
from slidebuild.records import dataclass
from slidebuild.settings.languages import direction

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of a page and that of its own words: there need not be any in the page's."""

    page: str
    words: str

    @staticmethod
    def of(lang: str, *others: str) -> Speech:
        """For a page in a language; its words are in that, else in one of the others, else English."""
        return Speech(lang, next((each for each in (lang, *others) if _is_spoken(each)), ENGLISH))

    def say(self, english: str, *parts: object) -> str:
        """A sentence, `%1`, `%2` … replaced: plain text, for attributes."""
        text = words(self.words).get(english, english)
        return re.sub(r"%(\d)", lambda place: str(parts[int(place[1]) - 1]), text)

    def tell(self, english: str, *parts: object) -> Markup:
        """The same as HTML, which tells its language where that is not the page's."""
        return self.quote(self.say(english, *parts), self.words)

    def quote(self, text: str, lang: str) -> Markup:
        """A text in some language as HTML; one of another language than the page's tells it, and runs its own way."""
        if lang == self.page:
            return Markup.escape(text)
        return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(lang, direction(lang), text)


def words(lang: str) -> Mapping[str, str]:
    """The words in a language (`fr`, `fr-CA`); nothing for English and where there are none."""
    return _read(_primary(lang))


def _is_spoken(lang: str) -> bool:
    return _primary(lang) == ENGLISH or bool(words(lang))


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()


@cache
def _read(language: str) -> Mapping[str, str]:
    source = PACKAGE / "site" / "languages" / f"{language}.json"
    if not re.fullmatch("[a-z]+", language) or not source.is_file():
        return {}
    found: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return {**player_words(language), **found}
