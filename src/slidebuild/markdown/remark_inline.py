"""Inline text of the remark dialect: what is being read, and what has been written.

The text is read from left to right; at each place the rules are tried in their order, and the first that takes
something wins. What emphasis and links enclose is read in the same way, as a text of its own. The rules themselves are
in `remark_spans`, their order in `remark`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from markdown_it.token import Token

from slidebuild.deck import LinkDefinition
from slidebuild.markdown.brackets import Brackets
from slidebuild.markdown.characters import SPACES
from slidebuild.markdown.delimiters import Delimiters
from slidebuild.markdown.formulas import inline_shape, plain_shape

MAX_DEPTH: Final = 32
"""How deep emphasis and links nest; what is deeper stays text."""


class Piece:
    """A text being read: `text` as written, `shape` with formulas hidden (as long, see `formulas`)."""

    def __init__(self, text: str, shape: str, closing: Token | None = None) -> None:
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

    def part(self, start: int, stop: int, closing: Token) -> Piece:
        """A part of this piece as a piece of its own, and the token to write after it."""
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
    _tokens: list[Token] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _html: list[str] = field(default_factory=list)

    def tokens(self, text: str) -> list[Token]:
        """The text as tokens. Their contents are HTML already: each rule has its own way of escaping."""
        self._tokens = []
        self._pieces = [Piece(text, inline_shape(text) if self.math else plain_shape(text))]
        while self._pieces:
            piece = self._pieces[-1]
            if piece.position < len(piece.text):
                self._step(piece)
                continue
            self._pieces.pop()
            if piece.closing is not None:
                self.write(piece.closing)
                self.in_link = self.in_link and piece.closing.tag != "a"
        self._end_html()
        return self._tokens

    def _step(self, piece: Piece) -> None:
        for rule in self.rules.get(piece.shape[piece.position], self.rules[""]):
            if rule(self, piece):
                return

    def write_html(self, html: str) -> None:
        """Add to the text, given as HTML."""
        self._html.append(html)

    def write(self, token: Token) -> None:
        """Add a token, after the text so far."""
        self._end_html()
        self._tokens.append(token)

    def _end_html(self) -> None:
        if self._html:
            self._tokens.append(Token("text", "", 0, content="".join(self._html)))
            self._html = []

    def enclose(self, piece: Piece, opening: Token, inner: tuple[int, int], end: int) -> bool:
        """Open an element, read the part of the piece that it encloses, and go on at `end`."""
        self.write(opening)
        closing = Token(opening.type.replace("_open", "_close"), opening.tag, -1)
        self._pieces.append(piece.part(*inner, closing))
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
