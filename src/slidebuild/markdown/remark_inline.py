"""The inline rules of the remark dialect: emphasis, links, code spans and what else stands in a line of text.

The text is read from left to right; at each place the rules are tried in the order of `ORDER`, and the first that
takes something wins. What emphasis and links enclose is read in the same way, as a text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from markdown_it.token import Token

from slidebuild.deck import LinkDefinition
from slidebuild.markdown.brackets import Brackets
from slidebuild.markdown.characters import SPACE, SPACES, escape_code, escape_text
from slidebuild.markdown.delimiters import Delimiters
from slidebuild.markdown.formulas import CLOSING, ESCAPABLE, OPENING, inline_shape, plain_shape

MAX_DEPTH: Final = 32
"""How deep emphasis and links nest; what is deeper stays text."""

MAX_LABEL: Final = 999
"""A longer label is never one of a reference (CommonMark's limit)."""

_SPECIAL = re.compile(rf"[\\<!\[_*`~{OPENING}]|https?://|(?<! ) {{2,}}+\n")
_BREAK = re.compile(r" {2,}+\n")
_SPACES = re.compile(rf"{SPACE}+")
_MAIL_SCHEME_END: Final = 6


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
        for rule in _RULES.get(piece.shape[piece.position], _RULES_FOR_ALL):
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


def escape(inline: Inline, piece: Piece) -> bool:
    """A backslash and one of ``\\ ` * { } [ ] ( ) # + - . ! _ > ~ |``: the character, as it is.

    Before everything else (`\\<`, `\\"`, `\\$`, `\\&`) the backslash is text.
    """
    character = piece.shape[piece.position + 1 : piece.position + 2]
    if character not in ESCAPABLE:
        return False
    inline.write_html(character)
    piece.position += 2
    return True


def formula(inline: Inline, piece: Piece) -> bool:
    """A formula: its text with its dollars, changed by nothing but backslash escapes.

    Authors wrote `\\_` and `\\\\\\\\` to get `_` and `\\\\` past the Markdown; they still do.
    Example: `$a\\_1 < b*c*$` gives `$a_1 &lt; b*c*$`.
    """
    end = piece.shape.index(CLOSING, piece.position) + 1
    inline.write_html(unescaped(piece.text[piece.position : end]))
    piece.position = end
    return True


_ESCAPE = re.compile(r"\\([\\`*{}\[\]()#+\-.!_>~|])")


def unescaped(text: str) -> str:
    """The text as HTML with the backslashes taken from before what they escape."""
    parts = _ESCAPE.split(text)
    parts[::2] = [escape_text(part) for part in parts[::2]]
    return "".join(parts)


def angled_address(inline: Inline, piece: Piece) -> bool:
    """`<https://…>` or `<me@here>`: a link that shows its address; that of a mailbox gets `mailto:`.

    Addresses of mailboxes are written plainly, not as character references.
    """
    address = piece.delimiters.address(piece.position)
    if address is None:
        return False
    if address.is_mail:
        named = address.text[_MAIL_SCHEME_END : _MAIL_SCHEME_END + 1] == ":"
        text = escape_code(address.text[_MAIL_SCHEME_END + 1 :] if named else address.text)
        _write_link(inline, f"mailto:{text}", text)
    else:
        text = escape_text(address.text)
        _write_link(inline, text, text)
    piece.position = address.end
    return True


def bare_address(inline: Inline, piece: Piece) -> bool:
    """`http://…` or `https://…` up to white space or `<`, without punctuation at its end; not inside a link.

    `www.…` alone is text.
    """
    end = None if inline.in_link else piece.delimiters.url(piece.position)
    if end is None:
        return False
    text = escape_text(piece.text[piece.position : end])
    _write_link(inline, text, text)
    piece.position = end
    return True


def _write_link(inline: Inline, address: str, text: str) -> None:
    opening = Token("link_open", "a", 1)
    opening.attrs = {"href": address}
    inline.write(opening)
    inline.write_html(text)
    inline.write(Token("link_close", "a", -1))


def tag(inline: Inline, piece: Piece) -> bool:
    """A tag or a comment goes through as it is (see `Delimiters.tag`)."""
    end = piece.delimiters.tag(piece.position)
    if end is None:
        return False
    html = piece.text[piece.position : end]
    if not inline.in_link and html[:3].lower() == "<a ":
        inline.in_link = True
    elif inline.in_link and html[:4].lower() == "</a>":
        inline.in_link = False
    inline.write(Token("html_inline", "", 0, content=html))
    piece.position = end
    return True


def link(inline: Inline, piece: Piece) -> bool:
    """`[text](address "title")` and `![text](…)`, the address not percent-encoded.

    The text of an image is its source. Example: `![a *b*](c d.png)` gives `<img src="c d.png" alt="a *b*">`.
    """
    opening = _bracket(piece)
    text_end = piece.brackets.link(opening) if opening is not None else None
    if opening is None or text_end is None:
        return False
    tail = piece.brackets.tails.find(text_end + 1)
    address = piece.text[slice(*tail.address)]
    title = piece.text[slice(*tail.title)] if tail.title else None
    return _enclose_link(inline, piece, (opening + 1, text_end), tail.end, address, title)


def reference(inline: Inline, piece: Piece) -> bool:
    """`[text][label]`, `[label][]` or `[label]`, and the same with `!`.

    Where the label is unknown, the first character is text, and reading goes on after it. White space in a label
    counts as one blank, upper and lower case are the same.
    """
    opening = _bracket(piece)
    found = piece.brackets.reference(opening) if opening is not None else None
    if opening is None or found is None:
        return False
    inner = (opening + 1, found.text_end)
    start, stop = found.label if found.label and found.label[0] < found.label[1] else inner
    label = _SPACES.sub(" ", piece.text[start:stop]).lower() if stop - start <= MAX_LABEL else ""
    definition = inline.links.get(label)
    if definition is None or not definition.address:
        if found.label and label and piece.position >= piece.reported:
            inline.undefined.append(label)
            piece.reported = found.end
        inline.write_html(piece.text[piece.position])
        piece.position += 1
        return True
    return _enclose_link(inline, piece, inner, found.end, definition.address, definition.title)


def _bracket(piece: Piece) -> int | None:
    """The offset of the `[` at the position, or after a `!` there, if some `]` follows."""
    position = piece.position + (piece.shape[piece.position] == "!")
    return position if piece.last_close > position and piece.shape.startswith("[", position) else None


def _enclose_link(
    inline: Inline, piece: Piece, inner: tuple[int, int], end: int, address: str, title: str | None
) -> bool:
    titled = {"title": escape_text(title)} if title else {}
    if piece.shape[piece.position] == "!":
        image = Token("image", "img", 0)
        image.attrs = {"src": escape_text(address), "alt": escape_text(piece.text[slice(*inner)]), **titled}
        inline.write(image)
        inline.in_link = False
        piece.position = end
        return True
    if inline.is_too_deep():
        return False
    opening = Token("link_open", "a", 1)
    opening.attrs = {"href": escape_text(address), **titled}
    inline.in_link = True
    return inline.enclose(piece, opening, inner, end)


def strong(inline: Inline, piece: Piece) -> bool:
    """`**strong**` or `__strong__`, whatever stands around them (see `Delimiters.strong`)."""
    close = None if inline.is_too_deep() else piece.delimiters.strong(piece.position)
    return close is not None and inline.enclose(
        piece, Token("strong_open", "strong", 1), (piece.position + 2, close), close + 2
    )


def emphasis(inline: Inline, piece: Piece) -> bool:
    """`*em*` or `_em_` (see `Delimiters.star_emphasis` and `underscore_emphasis`)."""
    if inline.is_too_deep():
        return False
    is_star = piece.shape[piece.position] == "*"
    find = piece.delimiters.star_emphasis if is_star else piece.delimiters.underscore_emphasis
    close = find(piece.position)
    return close is not None and inline.enclose(
        piece, Token("em_open", "em", 1), (piece.position + 1, close), close + 1
    )


def code(inline: Inline, piece: Piece) -> bool:
    """A code span, trimmed, everything in it literal (see `Delimiters.code`)."""
    span = piece.delimiters.code(piece.position)
    if span is None:
        return False
    text = piece.text[span.start : span.stop].strip(SPACES)
    inline.write(Token("code_inline", "code", 0, content=escape_code(text)))
    piece.position = span.end
    return True


def line_break(inline: Inline, piece: Piece) -> bool:
    """Two or more blanks at the end of a line that is not the last: `<br>`, the line break goes with them."""
    found = _BREAK.match(piece.shape, piece.position)
    if found is None or found.end() >= piece.trimmed_end:
        return False
    inline.write(Token("hardbreak", "br", 0))
    piece.position = found.end()
    return True


def deletion(inline: Inline, piece: Piece) -> bool:
    """`~~deleted~~` (see `Delimiters.deletion`)."""
    close = None if inline.is_too_deep() else piece.delimiters.deletion(piece.position)
    return close is not None and inline.enclose(
        piece, Token("s_open", "del", 1), (piece.position + 2, close), close + 2
    )


def text(inline: Inline, piece: Piece) -> bool:
    """At least one character, up to what may begin something else."""
    found = _SPECIAL.search(piece.shape, piece.position + 1)
    end = found.start() if found else len(piece.text)
    inline.write_html(escape_text(piece.text[piece.position : end]))
    piece.position = end
    return True


ORDER: Final[tuple[tuple[str, Rule], ...]] = (
    ("\\", escape),
    (OPENING, formula),
    ("<", angled_address),
    ("h", bare_address),
    ("<", tag),
    ("![", link),
    ("![", reference),
    ("*_", strong),
    ("*_", emphasis),
    ("`", code),
    (" ", line_break),
    ("~", deletion),
    ("", text),
)
"""The rules, first match wins, each with the characters that it may start with ("" for any)."""

_RULES_FOR_ALL: Final = tuple(rule for starts, rule in ORDER if not starts)
_RULES: Final = {
    character: tuple(rule for starts, rule in ORDER if not starts or character in starts)
    for character in "".join(starts for starts, _ in ORDER)
}
