"""Words looked up in a dictionary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from checkdeck import check, told

from slidebuild.check.dictionary import Dictionary, DictionaryError, ProgramDictionary, find_dictionary
from slidebuild.check.spelling import slips_of

KNOWN = frozenset(
    ["here", "stands", "some", "text", "about", "the", "deflection", "of", "light", "it's", "code", "isn't", "known"]
)


class Words:
    """A dictionary of a few words."""

    def unknown(self, words: Collection[str]) -> frozenset[str]:
        return frozenset(words) - KNOWN


def spelt(deck: str, files: Mapping[str, bytes] | None = None, lang: str = "en", level: str = "off") -> list[str]:
    words = Words()

    def find(language: str) -> Dictionary:
        assert language == lang
        return words

    settings = {"lang": lang, "check": {"unknown-word": level}}
    return told(check(deck, files, settings=settings, dictionary=find), "misspelt-word", "unknown-word")


def test_slip_is_told_where_it_stands_once_a_slide() -> None:
    deck = "# Light\n\nhere stands **ligth**, and ligth\n---\n# Two\n\nabout the deflexion\n\nthe defletcion\n"
    assert spelt(deck) == ["3: “ligth” is in no dictionary", "9: “defletcion” is in no dictionary"]


def test_words_like_no_other_are_told_when_asked_for() -> None:
    deck = "# A\n\nhere stands ligth\n\nkode\n"
    assert spelt(deck, level="notice") == [
        "3: “ligth” is in no dictionary",
        "3: the dictionary does not know “ligth”",
        "5: the dictionary does not know “kode”",
    ]


@pytest.mark.parametrize(
    ("word", "meant", "is_found"),
    [
        ("ligth", "light", True),
        ("sucess", "success", True),
        ("explaination", "explanation", True),
        ("independant", "independent", True),
        ("shochastic", "stochastic", True),
        ("backends", "backbends", False),
        ("natively", "naively", False),
        ("untill", "until", True),
        ("regularizer", "regularize", False),
        ("minimizers", "minimizes", False),
        ("uart", "quart", False),
        ("stdout", "stout", False),
        ("executables", "executable", False),
        ("destructure", "restructure", False),
    ],
)
def test_what_counts_as_a_slip(word: str, meant: str, is_found: bool) -> None:
    assert (meant in set(slips_of(word, "abcdefghijklmnopqrstuvwxyz"))) is is_found


@pytest.mark.parametrize(
    "text",
    [
        "Eddington and LaTeX and NASA",
        "`kode` and\n\n```\nkode\n```",
        "$kode$",
        "https://kode.example kode@example.org /usr/kode kode.py kode_two k0de",
        "kod",
        "kode kode, kode!",
        '<span lang="de">Lichtablenkungen sind hier</span>',
        "it’s code, isn't it",
        "| kode |\n|---|\n| kode |",
    ],
)
def test_what_is_no_word_of_the_language_is_left_out(text: str) -> None:
    assert spelt(f"# A\n\n{text}\n", level="notice") == []


def test_words_of_the_project_are_known() -> None:
    words = b"# ours\nligth  kode # and another\n"
    assert spelt("# A\n\nligth kode\n", {"words.txt": words}, level="notice") == []


def test_language_is_that_of_the_deck() -> None:
    assert spelt("---\nlang: fr-CH\n---\n# A\n\ntextt\n", lang="fr-CH") == ["6: “textt” is in no dictionary"]


def test_deck_in_another_language_is_told_once() -> None:
    deck = "# A\n\n" + " ".join(f"wort{letter * 2}" for letter in "abcdefghijklmnopqrstuvwxyz") + "\n"
    assert spelt(deck) == ["1: 26 of 26 words are not in the dictionary of “en”"]


HUNSPELL = """#!/bin/sh
if [ "$1" = -D ]; then
  printf '%s\\n' 'AVAILABLE DICTIONARIES (path is not mandatory for -d option):' >&2
  printf '/usr/share/hunspell/%s\\n' en_US en_GB de_DE >&2
  exit
fi
grep -x -e ligth -e colour -e qqqq || true
"""
ASPELL = """#!/bin/sh
[ "$1" = dicts ] && { printf 'en\\nen-w_accents\\nen_GB\\n'; exit; }
grep -x -e ligth -e qqqq || true
"""


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, str]:
    """hunspell and aspell, as far as they are asked."""
    for name, text in (("hunspell", HUNSPELL), ("aspell", ASPELL)):
        program = tmp_path / name
        program.write_text(text)
        program.chmod(0o755)
    return {name: str(tmp_path / name) for name in ("hunspell", "aspell")}


def test_word_is_unknown_when_no_program_knows_it(programs: dict[str, str]) -> None:
    dictionary = find_dictionary("en", programs.get)
    assert dictionary.unknown(["ligth", "colour", "here", "qqqq"]) == {"ligth", "qqqq"}
    for program in programs.values():
        Path(program).unlink()  # what they have said is remembered
    assert dictionary.unknown(["ligth", "here"]) == {"ligth"}
    with pytest.raises(DictionaryError, match="gave no answer"):
        dictionary.unknown(["new"])


@pytest.mark.parametrize(
    ("language", "names"), [("en", "en_US,en_GB"), ("en-GB", "en_GB"), ("en-AU", "en_US,en_GB"), ("de", "de_DE")]
)
def test_bare_language_means_all_of_its_variants(programs: dict[str, str], language: str, names: str) -> None:
    dictionary = find_dictionary(language, {"hunspell": programs["hunspell"]}.get)
    assert isinstance(dictionary, ProgramDictionary)
    assert dictionary.commands[0][-2:] == ("-d", names)


@pytest.mark.parametrize(("language", "name"), [("en", "en"), ("en-GB", "en_GB"), ("en-AU", "en")])
def test_aspell_is_asked_for_the_nearest_variant(programs: dict[str, str], language: str, name: str) -> None:
    dictionary = find_dictionary(language, {"aspell": programs["aspell"]}.get)
    assert isinstance(dictionary, ProgramDictionary)
    assert dictionary.commands[0][-1] == f"--lang={name}"


def test_language_without_a_dictionary_says_what_to_install(programs: dict[str, str]) -> None:
    with pytest.raises(DictionaryError, match="no dictionary of “fr” was found: install aspell and aspell-fr"):
        find_dictionary("fr", programs.get)
    with pytest.raises(DictionaryError):
        find_dictionary("en", lambda _: None)


def test_program_that_fails_says_why(tmp_path: Path) -> None:
    program = tmp_path / "aspell"
    program.write_text('#!/bin/sh\n[ "$1" = dicts ] && echo en && exit\necho "no such file" >&2\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(DictionaryError, match="failed: no such file"):
        find_dictionary("en", {"aspell": str(program)}.get).unknown(["x"])
