"""Inline text of the remark dialect: what is being read, and what has been written.

The text is read from left to right; at each place the rules are tried in their order, and the first that takes
something wins. What emphasis and links enclose is read in the same way, as a text of its own. The rules themselves are
in `remark_spans`, their order in `remark`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Final, TypeAlias

from slidebuild.deck import LinkDefinition
from slidebuild.markdown.brackets import Brackets
from slidebuild.markdown.characters import SPACES
from slidebuild.markdown.delimiters import Delimiters
from slidebuild.markdown.formulas import inline_shape, plain_shape
from slidebuild.records import dataclass

MAX_DEPTH: Final = 32
"""How deep emphasis and links nest; what is deeper stays text."""


class Piece:
    """A text being read: `text` as written, `shape` with formulas hidden (as long, see `formulas`)."""

    def __init__(self, text: str, shape: str, closing: str = "") -> None:
        self.text = text
        self.shape = shape
        self.closing = closing
        self.position = 0
        self.reported = 0
        """Up to here references are reported as undefined: `[a][b]` is one, not `[b]` with what follows it, too."""

    @cached_property
    def delimiters(self) -> Delimiters:
        """Where things close."""
        return Delimiters(self.shape)

    @cached_property
    def brackets(self) -> Brackets:
        """What brackets open."""
        return Brackets(self.shape)

    @cached_property
    def last_close(self) -> int:
        """Where the last `]` stands, or -1."""
        return self.shape.rfind("]")

    @cached_property
    def trimmed_end(self) -> int:
        """Where the white space that ends the piece begins."""
        return len(self.shape.rstrip(SPACES))

    def part(self, start: int, stop: int, closing: str) -> Piece:
        """A part of this piece as a piece of its own, and the HTML to write after it."""
        return Piece(self.text[start:stop], self.shape[start:stop], closing)


@dataclass(slots=True)
class Inline:
    """The reader of all inline text of one rendering."""

    links: Mapping[str, LinkDefinition]
    math: bool
    rules: Mapping[str, tuple[Rule, ...]]
    """The rules to try at each character, "" for those not named (see `by_first_character`)."""
    in_link: bool = False
    """Bare addresses are not linked here. An `<a …>` sets it for all that follows, even in later paragraphs, until a
    link or an `</a>` ends."""
    undefined: list[str] = field(default_factory=list)
    """Labels of references that were left as text."""
    _pieces: list[Piece] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)

    def html(self, text: str) -> str:
        """The text as HTML: each rule has its own way of escaping."""
        self._written = []
        self._pieces = [Piece(text, inline_shape(text) if self.math else plain_shape(text))]
        while self._pieces:
            piece = self._pieces[-1]
            if piece.position < len(piece.text):
                self._step(piece)
                continue
            self._pieces.pop()
            self._written.append(piece.closing)
            self.in_link = self.in_link and piece.closing != "</a>"
        return "".join(self._written)

    def _step(self, piece: Piece) -> None:
        for rule in self.rules.get(piece.shape[piece.position], self.rules[""]):
            if rule(self, piece):
                return

    def write(self, html: str) -> None:
        """Add HTML."""
        self._written.append(html)

    def enclose(self, piece: Piece, tag: str, inner: tuple[int, int], end: int, attributes: str = "") -> bool:
        """Open an element, read the part of the piece that it encloses, and go on at `end`."""
        self.write(f"<{tag}{attributes}>")
        self._pieces.append(piece.part(*inner, f"</{tag}>"))
        piece.position = end
        return True

    def is_too_deep(self) -> bool:
        """Whether nothing may be enclosed any more."""
        return len(self._pieces) > MAX_DEPTH


Rule: TypeAlias = Callable[[Inline, Piece], bool]
"""Takes what stands at the position of the piece, or returns False."""


def by_first_character(order: Sequence[tuple[str, Rule]]) -> dict[str, tuple[Rule, ...]]:
    """The rules for each character, in their order, from pairs of the characters a rule may start with and the rule."""
    characters = {"", *"".join(starts for starts, _ in order)}
    return {
        character: tuple(rule for starts, rule in order if not starts or (character and character in starts))
        for character in characters
    }
