"""Words that no dictionary knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from slidebuild.check.dictionary import Dictionary
from slidebuild.check.subject import FinalSlide, Subject, beginning
from slidebuild.check.texts import prose
from slidebuild.deck import Run, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import Span

WORD_LIST: Final = "words.txt"
"""File in the project's root with the project's own words, one a line; `#` begins a comment."""
_SHORTEST: Final = 4
"""Letters; shorter words are mostly abbreviations."""
_OFTEN: Final = 3
"""Uses in a deck from which on a word is a term of its field, not a slip."""
_CHUNK: Final = re.compile(r"\S+")
_NO_WORD: Final = re.compile(r"[@/\\_#<>=:.{}|~^*+&%$\d]")
"""Inside a chunk these make it an address, a name of code, a formula, a number."""
_PART: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EDGES: Final = "\"'“”‘’«»()[]{}.,;:!?…*-–—†‡"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A deck and what its words are looked up in."""

    subject: Subject
    dictionary: Dictionary
    own_words: frozenset[str]
    """Words of the project, case folded."""


def read_words(data: bytes | None) -> frozenset[str]:
    """A project's word list."""
    lines = (data or b"").decode("utf-8", "replace").splitlines()
    return frozenset(word.casefold() for line in lines for word in line.partition("#")[0].split())


def check_spelling(spelt: Spelt, diagnostics: Diagnostics) -> None:
    """`misspelt-word`: one the dictionary does not know, told once a slide.

    Names and acronyms (anything with a capital), code, formulas, addresses and words of three letters are left out; so
    is what stands in an element of another `lang`, and what the deck writes three times.
    """
    language = spelt.subject.compiled.settings.lang
    found = [(slide, list(dict.fromkeys(_words(slide, language)))) for slide in spelt.subject.slides]
    uses = Counter(word for slide in spelt.subject.slides for word in _words(slide, language))
    asked = {word for word, count in uses.items() if count < _OFTEN and word.casefold() not in spelt.own_words}
    unknown = spelt.dictionary.unknown(asked)
    for slide, words in found:
        for word in words:
            if word in unknown:
                near = [other for other in unknown[word] if other.casefold() != word.casefold()][:3]
                diagnostics.add(
                    "misspelt-word",
                    f"the dictionary does not know “{word}”",
                    _place(slide, word),
                    hint=f"{', '.join(near)}? else add it to {WORD_LIST}" if near else f"add it to {WORD_LIST}",
                )


def _words(slide: FinalSlide, language: str) -> Iterator[str]:
    for chunk in _CHUNK.findall(prose(slide.tree.content, language)):
        word = chunk.strip(_EDGES)
        if not word or _NO_WORD.search(word):
            continue
        for part in _PART.findall(word):
            plain = part.replace("’", "'")
            if len(plain) >= _SHORTEST and plain.islower():
                yield plain


def _place(slide: FinalSlide, word: str) -> Span:
    pattern = re.compile(rf"\b{re.escape(word)}\b".replace("'", "['’]"))
    for run in runs(slide.resolved.content):
        found = pattern.search(run.text)
        if found:
            return _in(run, found.start(), found.end())
    return beginning(slide.resolved)


def _in(run: Run, start: int, end: int) -> Span:
    return run.span.part(start, end) if len(run.text) == run.span.end - run.span.start else run.span
