"""Words that no dictionary knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from slidebuild.check.dictionary import Dictionary
from slidebuild.check.subject import FinalSlide, Subject, beginning
from slidebuild.check.texts import prose
from slidebuild.deck import Run, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span

WORD_LIST: Final = "words.txt"
"""File in the project's root with the project's own words, one a line; `#` begins a comment."""
_SHORTEST: Final = 4
"""Letters; shorter words are mostly abbreviations."""
_LONG: Final = 7
"""Letters from which on a word is not like another one by chance."""
_LONGER: Final = 9
_VOWELS: Final = frozenset("aeiouyàâäáèéêëìíîïòóôöùúûü")
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_OFTEN: Final = 3
"""Uses in a deck from which on a word is a term of its field, not a slip."""
_MANY: Final = 20
_FOREIGN: Final = 0.4
"""So many words unknown, and such a share of all: the deck is in another language."""
_CHUNK: Final = regex(r"\S+")
_NO_WORD: Final = regex(r"[@/\\_#<>=:.{}|~^*+&%$\d]")
"""Inside a chunk these make it an address, a name of code, a formula, a number."""
_PART: Final = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EDGES: Final = "\"'“”‘’«»()[]{}.,;:!?…*-–—†‡"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A deck and what its words are looked up in."""

    subject: Subject
    dictionary: Dictionary
    own_words: frozenset[str]
    """Words of the project, case folded."""

    @property
    def language(self) -> str:
        """That of the deck."""
        return self.subject.compiled.settings.lang


def read_words(data: bytes | None) -> frozenset[str]:
    """A project's word list."""
    lines = (data or b"").decode("utf-8", "replace").splitlines()
    return frozenset(word.casefold() for line in lines for word in line.partition("#")[0].split())


def check_spelling(spelt: Spelt, diagnostics: Diagnostics) -> None:
    """`misspelt-word`: one the dictionary does not know, though it knows one that is a slip away; once a slide.

    Names and acronyms (anything with a capital), code, formulas, addresses and words of three letters are left out; so
    is what stands in an element of another `lang`, and what the deck writes three times. Where nearly half of the words
    are unknown, the language is.
    """
    unknown = _unknown(spelt, diagnostics)
    letters = _LETTERS | {letter for word in unknown for letter in word if letter.isalpha()}
    slips = {word: tuple(slips_of(word, letters)) for word in unknown}
    plain = {word: _same_word(word) for word in unknown}
    asked = {other for others in (*slips.values(), *plain.values()) for other in others}
    known = asked - spelt.dictionary.unknown(asked)
    for slide in spelt.subject.slides:
        for word in dict.fromkeys(_words(slide, spelt.language)):
            meant = [other for other in slips.get(word, ()) if other in known]
            if meant and known.isdisjoint(plain[word]):
                what, hint = f"“{word}” is in no dictionary", f"{', '.join(meant[:3])}? else add it to {WORD_LIST}"
                diagnostics.add("misspelt-word", what, _place(slide, word), hint=hint)


def _same_word(word: str) -> tuple[str, ...]:
    """The word as another variant of the language writes it, and without its plural."""
    return (word.replace("is", "iz"), word.replace("iz", "is"), word.removesuffix("s"))


def check_words(spelt: Spelt, diagnostics: Diagnostics) -> None:
    """`unknown-word`: any word the dictionary does not know: for texts without terms of a trade."""
    unknown = _unknown(spelt, Diagnostics())
    for slide in spelt.subject.slides:
        for word in dict.fromkeys(_words(slide, spelt.language)):
            if word in unknown:
                what, hint = f"the dictionary does not know “{word}”", f"add it to {WORD_LIST}"
                diagnostics.add("unknown-word", what, _place(slide, word), hint=hint)


def _unknown(spelt: Spelt, diagnostics: Diagnostics) -> frozenset[str]:
    """Words that nobody knows; none where the deck is in another language, which is told."""
    uses = Counter(word for slide in spelt.subject.slides for word in _words(slide, spelt.language))
    asked = {word for word, count in uses.items() if count < _OFTEN and word.casefold() not in spelt.own_words}
    unknown = spelt.dictionary.unknown(asked)
    if len(unknown) < _MANY or len(unknown) <= _FOREIGN * len(asked):
        return unknown
    what = f"{len(unknown)} of {len(asked)} words are not in the dictionary of “{spelt.language}”"
    place = spelt.subject.slides[0].title_span
    diagnostics.add("misspelt-word", what, place, hint="say what language it is: `lang:`")
    return frozenset()


def slips_of(word: str, letters: Collection[str]) -> Iterator[str]:
    """What may have been meant by a word: two letters exchanged, one doubled or not; in long words any one wrong.

    A consonant makes another word more easily than a vowel does, so the word must be longer for it. The first letter is
    seldom wrong, and endings (`s`, `r` …) make words that a dictionary lacks.
    """
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    found: list[str] = [before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1]
    found += [before + before[-1] + after for before, after in cuts]
    found += [before + after[1:] for before, after in cuts if after and after[0] == before[-1]]
    loose: list[str] = []
    wrong = sorted(letter for letter in letters if len(word) >= (_LONG if letter in _VOWELS else _LONGER))
    for before, after in cuts:
        loose += [before + letter + after for letter in wrong]
        if after and after[0] in wrong:
            loose += [before + after[1:], *(before + letter + after[1:] for letter in wrong)]
    found += [other for other in loose if not word.startswith(other.rstrip("s"))]
    yield from dict.fromkeys(other for other in found if other.rstrip("s") != word.rstrip("s"))


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
