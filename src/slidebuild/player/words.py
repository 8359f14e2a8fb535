"""The player's own words in other languages: a JSON file a language, English to its words.

The page carries those of the deck's language only, so that the player stays small.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def words(lang: str) -> Mapping[str, str]:
    """The words in a language (`fr`, `fr-CA`); nothing for English and where there are none."""
    return _read(lang.partition("-")[0].lower())


def say(lang: str, english: str, *parts: object) -> str:
    """A sentence in a language, `%1`, `%2` … replaced."""
    text = words(lang).get(english, english)
    return re.sub(r"%(\d)", lambda place: str(parts[int(place[1]) - 1]), text)


@cache
def _read(language: str) -> Mapping[str, str]:
    source = files("slidebuild.player") / "languages" / f"{language}.json"
    if not re.fullmatch("[a-z]+", language) or not source.is_file():
        return {}
    found: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return found
