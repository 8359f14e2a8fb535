"""Repairing decks in place, and showing what a repair would change."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Final

from slidebuild.cli.run import Deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.fixes import apply_fixes, fixes_by_path
from slidebuild.patterns import regex
from slidebuild.project import write_file
from slidebuild.records import dataclass

_LINE: Final = regex(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Repair:
    """A file with its repairs done, not written yet."""

    file: Path
    path: str
    before: str
    after: str
    count: int
    """How many repairs there are."""

    def write(self) -> None:
        """Replace the file as a whole; raises OutputError. Its line ends and byte order mark stay."""
        write_file(self.file, self.after.encode("utf-8"))

    def diff(self) -> str:
        """What changes, as a unified diff."""
        lines = difflib.unified_diff(
            _LINE.findall(self.before),
            _LINE.findall(self.after),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def repairs(deck: Deck, diagnostics: Diagnostics) -> list[Repair]:
    """What the diagnostics of a deck offer, file by file: an included deck may be one of them.

    Files that are not UTF-8 are left alone (that is a diagnostic of its own).
    """
    found = []
    for path, fixes in fixes_by_path(diagnostics).items():
        file = (deck.root / path).resolve()  # what a link leads to is repaired, not the link
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found.append(Repair(file, path, text, apply_fixes(text, fixes), len(fixes)))
    return found
