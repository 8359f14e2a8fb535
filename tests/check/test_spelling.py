"""Words looked up in a dictionary."""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from checkdeck import check, told

from slidebuild.check.dictionary import Dictionary, DictionaryError, find_dictionary

KNOWN = frozenset(
    ["here", "stands", "some", "text", "about", "the", "deflection", "of", "light", "it's", "code", "isn't", "known"]
)


class Words:
    """A dictionary of a few words."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def unknown(self, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        self.asked.update(words)
        return {word: ("light",) if word == "ligth" else () for word in words if word not in KNOWN}


def spelt(deck: str, files: Mapping[str, bytes] | None = None, lang: str = "en") -> list[str]:
    words = Words()

    def find(language: str) -> Dictionary:
        assert language == lang
        return words

    return told(check(deck, files, settings={"lang": lang}, dictionary=find), "misspelt-word")


def test_unknown_word_is_told_where_it_stands_once_a_slide() -> None:
    deck = "# Light\n\nhere stands **ligth**, and ligth\n---\n# Two\n\nabout the ligthing\n"
    assert spelt(deck) == [
        "3: the dictionary does not know “ligth”",
        "7: the dictionary does not know “ligthing”",
    ]


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
    assert spelt(f"# A\n\n{text}\n") == []


def test_words_of_the_project_are_known() -> None:
    words = b"# ours\nligth  kode # and another\n"
    assert spelt("# A\n\nligth kode\n", {"words.txt": words}) == []


def test_language_is_that_of_the_deck() -> None:
    assert spelt("---\nlang: fr-CH\n---\n# A\n\ntexte\n", lang="fr-CH") == ["6: the dictionary does not know “texte”"]


HUNSPELL = """#!/bin/sh
if [ "$1" = -D ]; then
  printf '%s\\n' 'AVAILABLE DICTIONARIES (path is not mandatory for -d option):' >&2
  printf '/usr/share/hunspell/%s\\n' en_US en_GB de_DE >&2
  exit
fi
echo "@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.1) $*"
while read -r line; do
  case $line in
    ^ligth) echo '& ligth 2 1: light, lights';;
    ^qqqq) echo '# qqqq 1';;
    ^stands) echo '+ stand';;
    *) echo '*';;
  esac
  echo
done
"""


@pytest.fixture
def hunspell(tmp_path: Path) -> Path:
    program = tmp_path / "hunspell"
    program.write_text(HUNSPELL)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_programs_are_asked_in_the_protocol_of_ispell(hunspell: Path) -> None:
    dictionary = find_dictionary("en", {"hunspell": str(hunspell)}.get)
    assert dictionary.unknown(["ligth", "qqqq", "stands", "here"]) == {"ligth": ("light", "lights"), "qqqq": ()}
    hunspell.unlink()  # what it has said is remembered
    assert dictionary.unknown(["ligth", "here"]) == {"ligth": ("light", "lights")}
    with pytest.raises(DictionaryError):
        dictionary.unknown(["new"])


@pytest.mark.parametrize(
    ("language", "names"), [("en", "en_US,en_GB"), ("en-GB", "en_GB"), ("en-AU", "en_US,en_GB"), ("de", "de_DE")]
)
def test_bare_language_means_all_of_its_variants(hunspell: Path, language: str, names: str) -> None:
    dictionary = find_dictionary(language, {"hunspell": str(hunspell)}.get)
    assert getattr(dictionary, "command")[-2:] == ("-d", names)  # noqa: B009 (of the class behind the protocol)


def test_language_without_a_dictionary_says_what_to_install(hunspell: Path) -> None:
    with pytest.raises(DictionaryError, match="no dictionary of “fr” was found: install aspell and aspell-fr"):
        find_dictionary("fr", {"hunspell": str(hunspell)}.get)
    with pytest.raises(DictionaryError):
        find_dictionary("en", lambda _: None)


def test_program_that_fails_says_why(tmp_path: Path) -> None:
    program = tmp_path / "aspell"
    program.write_text('#!/bin/sh\n[ "$1" = dicts ] && echo en && exit\necho "no such file" >&2\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(DictionaryError, match="failed: no such file"):
        find_dictionary("en", {"aspell": str(program)}.get).unknown(["x"])
