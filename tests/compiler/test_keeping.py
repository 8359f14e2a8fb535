"""Slides put aside: whatever is edited, what is taken up again is what a fresh compilation makes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzzing import INCLUDED, PIECES, any_font, random_deck, theme
from slidebuild.compiler import CacheShelf, Compiled, Inputs, MemoryShelf, Shelf, compile_deck, make_page
from slidebuild.compiler.finishing import Bench
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.report import draw
from slidebuild.source import DictLoader, SourceFile

STILL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")
FILES = {**INCLUDED, "decks/still.gif": STILL, "decks/a.css": b"p { color: red }"}
DECK = r"""layout: true
class: center
.foot[page {{title}} ![](a.png)]
---
name: one
# One
![](a.png) .red[*loud*] [next](#two) <span class="sb-progress"></span>
--
more
---
name: two
## Two $\R^2$ and $\newcommand{\R}{\mathbb{R}}$
```python
x = 1
*y = 2
```
---
background-image: url(still.gif)
[paper][missing] <video src="film.mp4"></video> ![](gone.png) [nowhere](#three)
???
Say $x$.
---
include: b.md
"""


@dataclass
class Everything:
    """All that a compilation gives."""

    page: str
    assets: Mapping[str, bytes]
    said: list[str]
    moving: list[list[tuple[str, str, int, int]]]
    made: int
    """Slides that went through Markdown."""


@dataclass
class Desk:
    """Compiles again and again with the same shelf."""

    shelf: Shelf | None = None
    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    options: dict[str, Any] = field(default_factory=dict)

    def compile(self, text: str, assets: str = "copy") -> Everything:
        inputs = Inputs(
            DictLoader({**self.files, "decks/talk.md": text.encode(errors="replace")}),
            stronger=(Layer({"theme": "remark", **self.options}),),
            assets=assets,  # type: ignore[arg-type]
            shelf=self.shelf,
            find_theme=lambda name, *_: theme(name),
        )
        diagnostics = Diagnostics()
        made = []
        begin = Bench.begin
        with patch.object(Bench, "begin", lambda self, slide: made.append(slide) or begin(self, slide)):
            compiled = compile_deck(SourceFile("decks/talk.md", text), inputs, diagnostics)
        with any_font():
            page = make_page(compiled, diagnostics)
        return Everything(page.html, page.assets, sorted(map(draw, diagnostics)), list(_moving(compiled)), len(made))


def _moving(compiled: Compiled) -> Iterator[list[tuple[str, str, int, int]]]:
    for slide in compiled.slides:
        yield [(found.reason, found.address, found.span.start, found.span.end) for found in slide.animations]


def same(kept: Everything, fresh: Everything) -> None:
    """Both are one, however many slides were made."""
    assert kept.said == fresh.said
    assert kept.page == fresh.page
    assert (kept.assets, kept.moving) == (fresh.assets, fresh.moving)


@pytest.fixture(params=["memory", "cache"])
def desk(request: pytest.FixtureRequest) -> Desk:
    class Kept(dict[str, bytes]):
        def put(self, key: str, data: bytes) -> None:
            self[key] = data

    return Desk(MemoryShelf() if request.param == "memory" else CacheShelf(Kept(), "slides"))


def test_a_deck_that_has_not_changed_is_not_made_again(desk: Desk) -> None:
    first, second = desk.compile(DECK), desk.compile(DECK)
    assert (first.made > 3, second.made) == (True, 0)
    same(second, first)


@pytest.mark.parametrize(
    ("old", "new", "made"),
    [
        ("more", "more and more", 1),
        ("# One", "# One\n\n\n", 2),  # its step begins with the same text
        ("name: one", "class: big\nname: one", 2),
        ("page {{title}}", "PAGE {{title}}", 6),
        ("Say $x$.", "Say $y$.", 1),
        ("name: two", "name: zwei", 1),
        ("---\nname: two", "---\nNew\n---\nname: two", 3),  # the new one and two progress bars
    ],
)
def test_only_what_an_edit_changes_is_made_again(desk: Desk, old: str, new: str, made: int) -> None:
    desk.compile(DECK)
    edited = DECK.replace(old, new, 1)
    again = desk.compile(edited)
    same(again, Desk().compile(edited))
    assert again.made == made
    assert desk.compile(edited).made == 0


NUMBERED = r"""$$\begin{equation}a\label{q}\end{equation}$$
--

more
---
text
---
$$\begin{equation}b\end{equation}$$
---
by \eqref{q}
---
<figure id="f"><img src="data:," alt="a"><figcaption>C</figcaption></figure>
---
see [](#f)
"""


@pytest.mark.parametrize(
    ("old", "new", "made"),
    [
        ("text", "other text", 1),
        ("text", r"$$\begin{equation}t\end{equation}$$", 2),  # it, and the equation behind it
        ("text", "text\n---\nmore text", 1),  # the labels' slide is before it
        ("$$", "new\n---\n$$", 4),  # it, the equation that was the very first line, its step and the reference
        ("a\\label{q}", "a", 3),  # its step as well, and the reference
        ('<figure id="f">', '.caption[x] <figure id="f">', 2),  # it, and what refers to its number
    ],
)
def test_only_slides_whose_numbers_change_are_made_again(desk: Desk, old: str, new: str, made: int) -> None:
    desk.options = {"math": {"tags": "ams"}, "figures": {"numbering": True}}
    desk.compile(NUMBERED)
    edited = NUMBERED.replace(old, new, 1)
    again = desk.compile(edited)
    same(again, Desk(options=desk.options).compile(edited))
    assert (again.made, desk.compile(edited).made) == (made, 0)


def test_a_slide_that_moved_keeps_its_places(desk: Desk) -> None:
    desk.compile(DECK)
    moved = DECK.replace("---\nname: one", "---\n# Before\n\n\n---\nname: one", 1)
    again = desk.compile(moved)
    same(again, Desk().compile(moved))
    assert any("missing-image" in text for text in again.said)


def test_a_picture_that_changes_appears_or_goes_away_makes_its_slides_again(desk: Desk) -> None:
    for files in (
        {**FILES, "decks/a.png": STILL},
        {**FILES, "decks/gone.png": STILL},
        {**FILES, "decks/GONE.png": STILL},
        {path: data for path, data in FILES.items() if path != "decks/a.png"},
    ):
        desk.compile(DECK)
        desk.files = files
        again = desk.compile(DECK)
        same(again, Desk(files=files).compile(DECK))
        assert again.made > 0


def test_a_macro_that_a_formula_defines_holds_on_slides_that_were_kept(desk: Desk) -> None:
    text = "$\\R$\n\n---\n\n$\\newcommand{\\R}{\\mathbb{R}}$\n\n---\n\n# Other\n"
    desk.compile(text)
    edited = text.replace("mathbb{R}", "mathbb{C}")
    same(desk.compile(edited), Desk().compile(edited))


def test_settings_and_link_definitions_make_all_slides_again(desk: Desk) -> None:
    desk.compile(DECK)
    linked = DECK + "\n[missing]: https://example.org\n"
    same(desk.compile(linked), Desk().compile(linked))
    desk.options = {"highlightLines": True}
    again = desk.compile(linked)
    same(again, Desk(options=desk.options).compile(linked))
    assert again.made > 3


def test_addresses_that_are_left_as_they_are_are_kept_as_well(desk: Desk) -> None:
    first = desk.compile(DECK, "link")
    second = desk.compile(DECK, "link")
    same(second, first)
    assert (second.made, "assets/" in second.page) == (0, False)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_any_edits_of_any_deck_give_what_a_fresh_compilation_gives(seed: int) -> None:
    source = random.Random(seed)
    desk = Desk(MemoryShelf())
    text = DECK + random_deck(seed)
    for _ in range(4):
        same(desk.compile(text), Desk().compile(text))
        at = source.randrange(len(text))
        text = text[:at] + source.choice(PIECES) + text[at + source.choice((0, 0, 1, 20)) :]
