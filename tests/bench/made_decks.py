"""Decks of a given length with what lecture slides hold: text, lists, code, formulas, tables, columns, notes."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import Final

DECKS: Final = {"short": 37, "long": 180, "huge": 1000}
"""Name -> number of slides."""

KINDS: Final = Path(__file__).with_name("kinds.md").read_text(encoding="utf-8").split("\n---\n\n")
"""Slides to repeat, `NUMBER` to be replaced."""


def write_deck(file: Path, slides: int) -> None:
    """Write a deck; the text `EDIT` stands once, on the slide in the middle."""
    parts = [kind.replace("NUMBER", str(n)) for n, kind in enumerate(islice(cycle(KINDS), slides))]
    parts[slides // 2] = "## In the middle\n\nEDIT\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n---\n\n".join(parts), encoding="utf-8")
