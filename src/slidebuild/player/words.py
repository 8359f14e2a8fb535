"""The player's own words in other languages: a JSON file a language, English to its words.

The page carries those of the deck's language only, in place of the English ones, so that the player stays small.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from slidebuild.installed import PACKAGE

KEY_NAMES: Final = ("Home", "End", "Backspace")
"""Words that are also what a browser calls a key, so that the code needs them in English."""


def words(lang: str) -> Mapping[str, str]:
    """The words in a language (`fr`, `fr-CA`); nothing for English and where there are none."""
    return read_words("player", lang)


def say(lang: str, english: str, *parts: object) -> str:
    """A sentence in a language, `%1`, `%2` … replaced."""
    return filled(words(lang).get(english, english), parts)


def filled(text: str, parts: Sequence[object]) -> str:
    """A sentence with its `%1`, `%2` … replaced."""
    return re.sub(r"%(\d)", lambda place: str(parts[int(place[1]) - 1]), text)


def speak(code: str, translated: Mapping[str, str]) -> str:
    """JavaScript that speaks another language: literals that are words of the player become their translations."""
    for english, text in translated.items():
        if english not in KEY_NAMES:
            literal = text.replace("\\", "\\\\").replace("'", "\\'").replace("<", "\\x3c")
            code = code.replace(f"'{english}'", f"'{literal}'")
    return code


def read_words(part: str, lang: str) -> Mapping[str, str]:
    """What `player` or `site` has in its `languages/`; nothing for English and where there is none."""
    return _read(part, lang.partition("-")[0].lower())


@cache
def _read(part: str, language: str) -> Mapping[str, str]:
    source = PACKAGE / part / "languages" / f"{language}.json"
    if not re.fullmatch("[a-z]+", language) or not source.is_file():
        return {}
    found: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return found
