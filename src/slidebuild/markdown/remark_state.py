"""Blocks of the remark dialect: what is being read, and what has been written."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from slidebuild.markdown.remark_inline import Inline
from slidebuild.markdown.remark_source import Source
from slidebuild.records import dataclass

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
    before: str = ""
    """HTML that comes before and, below, after that of its blocks."""
    after: str = ""
    depth: int = 0
    """How many lists and quotes are around it."""
    position: int = 0
    list_end: tuple[str, int, int] | None = None
    """Indentation, start and end of the line breaks that end the last list read (see `remark_lists`)."""


@dataclass(slots=True)
class Blocks:
    """What has been read, and what is still to be read: the next last, items after one another as well."""

    inline: Inline
    written: list[str] = field(default_factory=list)
    """HTML."""
    levels: list[Level] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Lines of text in a list or quote, joined when something else follows."""

    def add(self, html: str) -> None:
        """Write HTML, after the text that is waiting."""
        self.end_text()
        self.written.append(html)

    def add_paragraph(self, text: str) -> None:
        """Write a paragraph of inline text, after the text that is waiting."""
        self.end_text()  # before the inline text is read: links in what waits count for it
        self.written.append(f"<p>{self.inline.html(text)}</p>\n")

    def end_text(self) -> None:
        """Write the lines of text that are waiting."""
        if not self.lines:
            return
        text, self.lines = "\n".join(self.lines), []
        if self.levels[-1].tight:
            self.written.append(self.inline.html(text))
        else:
            self.add_paragraph(text)
