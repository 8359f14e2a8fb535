"""Dictionaries of this machine, asked through the programs hunspell and aspell.

Both read words and print those they do not know, and are packaged with dictionaries of some hundred languages. The
Python packages are no match: a port of hunspell that is not maintained, and lists of frequent words that do not know
“colour” or “dataset” and take a second to load.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Collection
from dataclasses import field
from pathlib import PurePath
from typing import Final, Protocol

from slidebuild.records import dataclass

_SECONDS: Final = 120


class DictionaryError(Exception):
    """There is no dictionary of a language; the message says what to install."""


class Dictionary(Protocol):
    """Knows the words of a language."""

    def unknown(self, words: Collection[str]) -> frozenset[str]:
        """Those words that it does not know."""
        ...


@dataclass(slots=True)
class ProgramDictionary:
    """Programs that list the words they do not know; a word is unknown when none of them knows it."""

    commands: tuple[tuple[str, ...], ...]
    _known: dict[str, bool] = field(default_factory=dict)
    """Words that were asked for, and whether they are known."""

    def unknown(self, words: Collection[str]) -> frozenset[str]:
        """Those words that it does not know. Raises DictionaryError."""
        new = sorted({word for word in words if word not in self._known})
        left = new
        for command in self.commands:
            left = _unknown(command, left) if left else []
        self._known.update(dict.fromkeys(new, True))
        self._known.update(dict.fromkeys(left, False))
        return frozenset(word for word in words if not self._known[word])


def _unknown(command: tuple[str, ...], words: list[str]) -> list[str]:
    """The words that a program does not know."""
    text = "".join(f"{word}\n" for word in words)
    try:
        done = subprocess.run(  # noqa: S603 (the program that was found on PATH)
            command, input=text.encode(), capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DictionaryError(f"{command[0]} gave no answer: {error}") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise DictionaryError(f"{command[0]} failed: {reason}")
    listed = set(done.stdout.decode("utf-8", "replace").split())
    return [word for word in words if not listed.isdisjoint({word, *word.split("'")})]  # some part words at apostrophes


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def find_dictionary(language: str, which: Callable[[str], str | None] = shutil.which) -> Dictionary:
    """The dictionary of a language (`en`: all of its variants, `pt-BR`: that one). Raises DictionaryError.

    `which` finds programs.
    """
    found = []
    for program, commands in (("hunspell", _hunspell), ("aspell", _aspell)):
        path = which(program)
        command = commands(path, language) if path is not None else None
        if command is not None:
            found.append(command)
    if found:
        return ProgramDictionary(tuple(found))
    base = language.partition("-")[0].lower()
    raise DictionaryError(
        f"no dictionary of “{language}” was found: install aspell and aspell-{base}, or hunspell with one"
    )


def _hunspell(path: str, language: str) -> tuple[str, ...] | None:
    listed = _output(path, "-D")
    names = dict.fromkeys(PurePath(line.strip()).name for line in listed.splitlines() if line.strip().startswith("/"))
    names = dict.fromkeys(name.removesuffix(".aff").removesuffix(".dic") for name in names)
    found = _variants(list(names), language)
    return (path, "-l", "-i", "utf-8", "-d", ",".join(found)) if found else None


def _aspell(path: str, language: str) -> tuple[str, ...] | None:
    found = _variants(_output(path, "dicts").split(), language)
    best = next((name for name in found if "-" in language or name == language), found[0] if found else None)
    return (path, "list", "--encoding=utf-8", f"--lang={best}") if best else None


def _variants(names: list[str], language: str) -> list[str]:
    """The dictionaries of a language: exactly those asked for, or all of a bare language."""
    wanted = language.replace("-", "_").casefold()
    exact = [name for name in names if name.casefold() == wanted]
    if exact:
        return exact
    base = wanted.partition("_")[0]
    return [name for name in names if re.fullmatch(rf"{re.escape(base)}(_[a-z]{{2}})?", name, re.IGNORECASE)]


def _output(*command: str) -> str:
    """What a program prints, on either stream; nothing when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 (the program that was found on PATH)
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
