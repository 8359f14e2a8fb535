"""The HTML of the remark dialect's tokens, byte for byte as remark.js's Markdown wrote it.

What follows relies on it: content classes are pasted as HTML into the text around them and read again, so a line
break more or less would change what that is. Contents and attributes of the tokens are HTML already, except for code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from slidebuild.fence_attributes import split_info
from slidebuild.markdown.characters import escape_code

_BREAK_AFTER_OPENING: Final = frozenset(("blockquote", "ul", "ol", "table", "thead", "tbody", "tr"))
_NO_BREAK_AFTER_CLOSING: Final = frozenset(("a", "strong", "em", "del"))


class RemarkRenderer(RendererHTML):
    """One method for each type of token that is more than a tag; the base class finds them by their names."""

    def renderToken(  # noqa: N802 (the library's name)
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002 (the library's signature)
        env: EnvType,  # noqa: ARG002
    ) -> str:
        """An opening or closing tag, with the line break that belongs after it."""
        token = tokens[idx]
        if token.nesting < 0:
            return f"</{token.tag}>" if token.tag in _NO_BREAK_AFTER_CLOSING else f"</{token.tag}>\n"
        return f"<{token.tag}{self.renderAttrs(token)}>" + ("\n" if token.tag in _BREAK_AFTER_OPENING else "")

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802 (the library's name)
        """The attributes as they are."""
        return "".join(f' {name}="{value}"' for name, value in token.attrs.items())

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Text, HTML already."""
        return tokens[idx].content

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A code span; its content is HTML already."""
        return f"<code>{tokens[idx].content}</code>"

    def code_block(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Indented code: a line break inside the element, none after it."""
        return f"<pre><code>{escape_code(tokens[idx].content)}\n</code></pre>"

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Fenced code, the language as its class, braces for the code pass; with either, a line break follows."""
        token = tokens[idx]
        if not token.info:
            return self.code_block(tokens, idx)
        language, braces = split_info(token.info)
        attributes = f' class="{escape_code(language)}"' if language else ""
        attributes += f' data-sb-fence="{escape_code(braces)}"' if braces else ""
        return f"<pre><code{attributes}>{escape_code(token.content)}\n</code></pre>\n"

    def hr(self, *_: Any) -> str:
        """A rule."""
        return "<hr>\n"

    def hardbreak(self, *_: Any) -> str:
        """A line break; that of the source is gone."""
        return "<br>"

    def image(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A picture; its alternative text is an attribute as any other."""
        return f"<img{self.renderAttrs(tokens[idx])}>"
