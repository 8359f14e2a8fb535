"""Any text lexes, parses, resolves and renders: no exception, tokens tile it, every run is where its span says."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import PIECES, cuts, random_deck, survive, survive_bytes
from slidebuild import front_matter
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import SourceFile

REPOSITORY = Path(__file__).parents[1]
OWN_DECKS = (*(REPOSITORY / "decks").glob("*.md"), REPOSITORY / "tests/bench/kinds.md")
CORPUS = Path(os.environ.get("CORPUS") or REPOSITORY.parent / "shared" / "corpus")
"""Decks of other people, where there are any."""
CHUNK = 1000

HOSTILE: dict[str, Callable[[int], str]] = {
    "elements": lambda n: "<div>" * n,
    "tables": lambda n: "<table><td>" * n,
    "open elements": lambda n: "<b>" * n,
    "content classes": lambda n: ".a[" * n + "x" + "]" * n,
    "open content classes": lambda n: ".a[" * n,
    "lists": lambda n: "- " * n + "x",
    "quotes": lambda n: ">" * n + "x",
    "emphasis": lambda n: "**a _b " * n,
    "brackets": lambda n: "[" * n,
    "open links": lambda n: "[a](" * n,
    "references": lambda n: "[a][b] " * n,
    "dollars": lambda n: "$a b " * n,
    "formulas": lambda n: "$x^2$ " * n,
    "open formulas": lambda n: "\\\\( " * n,
    "backticks": lambda n: "`a``b " * n,
    "fences": lambda n: "```\n" * n,
    "open fences": lambda n: "```python\n" * n,
    "comments": lambda n: "<!-- " * n,
    "comment properties": lambda n: "<!-- a: b -->\n" * n,
    "open comment properties": lambda n: "<!-- a: b " * n + "$",
    "comment property with blanks": lambda n: "<!-- a:" + " " * n + "x",
    "indented properties": lambda n: "".join(f"  k{number}: v\n" for number in range(n)),
    "separators with blanks": lambda n: "--- \n.a[x]\n" * n,
    "definitions": lambda n: "".join(f"[l{number}]: /u{number}\n" for number in range(n)),
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n",
    "slides": lambda n: "# x\n\ntext\n\n---\n" * n,
    "named slides": lambda n: "".join(f"name: n{number}\n\n[to](#n{number})\n---\n" for number in range(n)),
    "dead links": lambda n: "[x](#nowhere) " * n,
    "missing pictures": lambda n: "![](gone.png)\n" * n,
    "backgrounds": lambda n: "<i style='background:url(a.png)'>x</i>" * n,
    "macros": lambda n: "![:none]" * n,
    "variables": lambda n: "a: b\n\n" + "{{a}}" * n,
    "properties": lambda n: "".join(f"k{number}: v\n" for number in range(n)),
    "blanks": lambda n: " " * n + "x",
}
"""Texts that invite quadratic time, by how often something is repeated."""


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_random_decks_pass(start: int) -> None:
    for seed in range(start, start + 100):
        survive(random_deck(seed), markdown="commonmark" if seed % 4 == 0 else "remark")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join))
def test_any_text_passes(text: str) -> None:
    survive(text)


def test_a_control_character_in_front_matter_is_told() -> None:
    """Found by random deck 16210."""
    diagnostics = Diagnostics()
    survive("---\ntitle: a\0b\n---\n# x")
    front_matter.split(SourceFile("talk.md", "---\ntitle: a\0b\n---\n# x"), diagnostics)
    assert [(item.code, str(item.span)) for item in diagnostics] == [("bad-settings", "talk.md:2:9")]


@pytest.mark.parametrize("deck", OWN_DECKS, ids=lambda path: path.name)
def test_decks_cut_at_random_bytes_pass(deck: Path) -> None:
    for part in cuts(deck.read_bytes(), 7, 6):
        survive_bytes(part)


@pytest.mark.parametrize("name", HOSTILE)
def test_repetition_passes(name: str) -> None:
    survive(HOSTILE[name](600))


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 100_000, CHUNK))
def test_a_hundred_thousand_random_decks_pass(start: int) -> None:
    for seed in range(start, start + CHUNK):
        survive(random_deck(seed), markdown="commonmark" if seed % 4 == 0 else "remark")


@pytest.mark.long
@pytest.mark.parametrize(
    "deck", [*OWN_DECKS, *sorted(CORPUS.rglob("*.md"))], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_deck_passes_whole_and_cut_at_random_bytes(deck: Path) -> None:
    data = deck.read_bytes()
    survive_bytes(data)
    for part in cuts(data, len(data), 40):
        survive_bytes(part)


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_eight_times_the_text_takes_no_more_than_twenty_four_times_as_long(name: str) -> None:
    """Quadratic time would take 64 times as long. CPU time, best of three; what takes next to none is not judged."""
    times = []
    for count in (1500, 12_000):
        text = HOSTILE[name](count)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            survive(text)
            best = min(best, time.process_time() - start)
        times.append(best)
    assert times[1] < 24 * max(times[0], 0.02), times
