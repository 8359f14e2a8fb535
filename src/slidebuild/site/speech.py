"""What the pages around the decks say by themselves, in the reader's language.

A JSON file a language, English to its words, beside those of the player. English is what the templates are written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup

from slidebuild.player.words import filled, read_words
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
        return filled(words(self.words).get(english, english), parts)

    def tell(self, english: str, *parts: object) -> Markup:
        """The same as HTML, which tells its language where that is not the page's."""
        return self.quote(self.say(english, *parts), self.words)

    def quote(self, text: str, lang: str) -> Markup:
        """A text in some language as HTML; one of another language than the page's tells it, and runs its own way."""
        if lang == self.page:
            return Markup.escape(text)
        return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(lang, direction(lang), text)


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words in a language (`fr`, `fr-CA`), the player's too; nothing for English and where there are none."""
    found = read_words("site", lang)
    return {**player_words(lang), **found} if found else {}


def _is_spoken(lang: str) -> bool:
    return lang.partition("-")[0].lower() == ENGLISH or bool(words(lang))
