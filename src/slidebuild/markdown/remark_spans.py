"""The inline rules of the remark dialect, one function each. Their order is `remark.INLINE_ORDER`.

A rule looks at the shape of the piece (formulas hidden) and cuts from its text.
"""

from __future__ import annotations

from typing import Final

from slidebuild.markdown.characters import SPACE, SPACES, escape_code, escape_text
from slidebuild.markdown.formulas import CLOSING, ESCAPABLE, OPENING
from slidebuild.markdown.remark_inline import Inline, Piece
from slidebuild.patterns import regex

MAX_LABEL: Final = 999
"""A longer label is never one of a reference (CommonMark's limit)."""

_SPECIAL = regex(rf"[\\<!\[_*`~{OPENING}]|https?://|(?<! ) {{2,}}+\n")
_BREAK = regex(r" {2,}+\n")
_SPACES = regex(rf"{SPACE}+")
_MAIL_SCHEME_END: Final = 6
_ESCAPE = regex(r"\\([\\`*{}\[\]()#+\-.!_>~|])")


def escape(inline: Inline, piece: Piece) -> bool:
    """A backslash and one of ``\\ ` * { } [ ] ( ) # + - . ! _ > ~ |``: the character, as it is.

    Before everything else (`\\<`, `\\"`, `\\$`, `\\&`) the backslash is text.
    """
    character = piece.shape[piece.position + 1 : piece.position + 2]
    if character not in ESCAPABLE:
        return False
    inline.write(character)
    piece.position += 2
    return True


def formula(inline: Inline, piece: Piece) -> bool:
    """A formula: its text with its dollars, changed by nothing but backslash escapes.

    Authors wrote `\\_` and `\\\\\\\\` to get `_` and `\\\\` past the Markdown; they still do.
    Example: `$a\\_1 < b*c*$` gives `$a_1 &lt; b*c*$`.
    """
    end = piece.shape.index(CLOSING, piece.position) + 1
    inline.write(unescaped(piece.text[piece.position : end]))
    piece.position = end
    return True


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
    inline.write(f'<a href="{address}">{text}</a>')


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
    inline.write(html)
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
        inline.write(piece.text[piece.position])
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
    titled = f' title="{escape_text(title)}"' if title else ""
    if piece.shape[piece.position] == "!":
        alternative = escape_text(piece.text[slice(*inner)])
        inline.write(f'<img src="{escape_text(address)}" alt="{alternative}"{titled}>')
        inline.in_link = False
        piece.position = end
        return True
    if inline.is_too_deep():
        return False
    inline.in_link = True
    return inline.enclose(piece, "a", inner, end, f' href="{escape_text(address)}"{titled}')


def strong(inline: Inline, piece: Piece) -> bool:
    """`**strong**` or `__strong__`, whatever stands around them (see `Delimiters.strong`)."""
    close = None if inline.is_too_deep() else piece.delimiters.strong(piece.position)
    return close is not None and inline.enclose(piece, "strong", (piece.position + 2, close), close + 2)


def emphasis(inline: Inline, piece: Piece) -> bool:
    """`*em*` or `_em_` (see `Delimiters.star_emphasis` and `underscore_emphasis`)."""
    if inline.is_too_deep():
        return False
    is_star = piece.shape[piece.position] == "*"
    find = piece.delimiters.star_emphasis if is_star else piece.delimiters.underscore_emphasis
    close = find(piece.position)
    return close is not None and inline.enclose(piece, "em", (piece.position + 1, close), close + 1)


def code(inline: Inline, piece: Piece) -> bool:
    """A code span, trimmed, everything in it literal (see `Delimiters.code`)."""
    span = piece.delimiters.code(piece.position)
    if span is None:
        return False
    text = piece.text[span.start : span.stop].strip(SPACES)
    inline.write(f"<code>{escape_code(text)}</code>")
    piece.position = span.end
    return True


def line_break(inline: Inline, piece: Piece) -> bool:
    """Two or more blanks at the end of a line that is not the last: `<br>`, the line break goes with them."""
    found = _BREAK.match(piece.shape, piece.position)
    if found is None or found.end() >= piece.trimmed_end:
        return False
    inline.write("<br>")
    piece.position = found.end()
    return True


def deletion(inline: Inline, piece: Piece) -> bool:
    """`~~deleted~~` (see `Delimiters.deletion`)."""
    close = None if inline.is_too_deep() else piece.delimiters.deletion(piece.position)
    return close is not None and inline.enclose(piece, "del", (piece.position + 2, close), close + 2)


def text(inline: Inline, piece: Piece) -> bool:
    """At least one character, up to what may begin something else."""
    found = _SPECIAL.search(piece.shape, piece.position + 1)
    end = found.start() if found else len(piece.text)
    inline.write(escape_text(piece.text[piece.position : end]))
    piece.position = end
    return True
