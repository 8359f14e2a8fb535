"""Blocks of the remark dialect: what is being read, and what has been written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from slidebuild.markdown.remark_inline import Inline
from slidebuild.markdown.remark_source import Source

MAX_DEPTH: Final = 64
"""How deep lists and quotes nest; what is deeper stays text."""


@dataclass(slots=True)
class Level:
    """One run of lines being read: the slide, or what a quote or an item holds."""

    source: Source
    top: bool = True
    """Not inside a list: only here are there tables, definitions and paragraphs of several lines."""
    quoted: bool = False
    tight: bool = False
    """Text stands in the item as it is, without a paragraph around it."""
    before: tuple[Token, ...] = ()
    after: tuple[Token, ...] = ()
    depth: int = 0
    """How many lists and quotes are around it."""
    position: int = 0
    list_end: tuple[str, int, int] | None = None
    """Indentation, start and end of the line breaks that end the last list read (see `remark_lists`)."""


@dataclass(slots=True)
class Blocks:
    """What has been read, and what is still to be read: the next last, items after one another as well."""

    inline: Inline
    tokens: list[Token] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Lines of text in a list or quote, joined when something else follows."""
    lines_map: list[int] = field(default_factory=list)

    def add(self, *tokens: Token) -> None:
        """Write tokens, after the text that is waiting."""
        self.end_text()
        self.tokens.extend(tokens)

    def add_inline(self, tag: str, text: str, line_map: list[int] | None, **attributes: str) -> None:
        """Write an element with inline text in it."""
        self.end_text()
        name = "heading" if tag[0] == "h" else "paragraph"
        opening = block_token(f"{name}_open", tag, 1, line_map)
        opening.attrs = dict(attributes)
        self.tokens += opening, *self.inline.tokens(text), block_token(f"{name}_close", tag, -1)

    def add_text_line(self, line: str, line_map: list[int]) -> None:
        """Keep a line of text; it is joined with those next to it."""
        if not self.lines:
            self.lines_map = line_map
        self.lines.append(line)
        self.lines_map = [self.lines_map[0], line_map[1]]

    def end_text(self) -> None:
        """Write the lines of text that are waiting."""
        if not self.lines:
            return
        text, self.lines = "\n".join(self.lines), []
        if self.levels[-1].tight:
            self.tokens += self.inline.tokens(text)
        else:
            self.add_inline("p", text, self.lines_map)


def block_token(kind: str, tag: str, nesting: int, line_map: list[int] | None = None, content: str = "") -> Token:
    """A block token; the line map is that of the source."""
    return Token(kind, tag, nesting, block=True, map=line_map, content=content)  # type: ignore[arg-type]
