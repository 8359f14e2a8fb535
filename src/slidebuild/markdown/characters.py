"""Character classes and escapes as the remark dialect understands them.

remark's Markdown was defined by JavaScript regular expressions, and JavaScript's white space and word characters are
not Python's (U+FEFF is white space there, U+001C is not, letters with accents are no word characters). Everything in
this package that asks "is this a blank?" asks here.
"""

from __future__ import annotations

import re
from typing import Final

from slidebuild.patterns import regex

SPACES: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What `\\s` matches and `trim()` removes in JavaScript (ECMAScript: WhiteSpace and LineTerminator)."""

SPACE_RANGE: Final = r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""`SPACES` as a part of a character class of a regular expression."""

SPACE: Final = f"[{SPACE_RANGE}]"
"""One of `SPACES`."""

NOT_SPACE: Final = f"[^{SPACE_RANGE}]"
"""Everything that is not one of `SPACES`."""

WORD: Final = r"[A-Za-z0-9_]"
"""A word character: ASCII only, so that `é` is none."""

_LINE_BREAK = regex("([\n\r\u2028\u2029])")

_BARE_AMPERSAND = regex(rf"&(?!#?{WORD}++;)")
_NO_WORD = regex(r"[^A-Za-z0-9_]+")
_WORD_CHARACTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


def strip_line_starts(text: str, start: re.Pattern[str]) -> str:
    """The text without what the pattern matches at the start of its lines; the two Unicode separators end lines too."""
    parts = _LINE_BREAK.split(text)
    parts[::2] = [line[found.end() :] if (found := start.match(line)) else line for line in parts[::2]]
    return "".join(parts)


def is_word(character: str) -> bool:
    """Whether the character is one of `WORD`; the empty string (the end of a text) is not."""
    return character in _WORD_CHARACTERS


def escape_text(text: str) -> str:
    """Text as HTML, with what looks like an entity left alone: `a < &copy;` becomes `a &lt; &copy;`.

    Entities are not checked; the HTML parser decides what they mean.
    """
    return _escape_marks(_BARE_AMPERSAND.sub("&amp;", text) if "&" in text else text)


def escape_code(text: str) -> str:
    """Text as HTML, every character of it meant literally: `&copy;` becomes `&amp;copy;`."""
    return _escape_marks(text.replace("&", "&amp;"))


def heading_id(source: str) -> str:
    """The id of a heading: its source text in lower case, every run of other characters than words a single `-`.

    Nothing is trimmed and nothing made unique, so that links into decks written for remark.js keep working:
    `Hello, *you*!` becomes `hello-you-`, `Été` becomes `-t-`.
    """
    return _NO_WORD.sub("-", source.lower())


def _escape_marks(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")
