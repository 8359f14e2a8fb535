"""The text that block rules read: a run of lines, and questions about what follows."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final

from slidebuild.fence_attributes import split_info
from slidebuild.markdown.characters import SPACE, SPACES, WORD, strip_line_starts
from slidebuild.markdown.delimiters import Delimiters
from slidebuild.markdown.formulas import block_shape
from slidebuild.patterns import regex

BULLET: Final = r"(?:[*+-]|[0-9]++\.)"
"""What a list item starts with; a blank must follow."""

_BLANK_LINE = regex(r" ++\Z")
_FENCE = regex(r" *(?P<mark>`{3,}|~{3,})")
_CLOSING_FENCE = regex(r"(?P<mark>(?<!`)`{3,}+|(?<!~)~{3,}+) *+(?=\n|\Z)")
_COMMENT_END = regex(rf"--> *+(?:\n|{SPACE}*+\Z)")
_CLOSING_TAG = regex(rf"</(?P<name>{WORD}++)> *+(?:\n{{2,}}|{SPACE}*+\Z)")


def normalised(text: str) -> str:
    """The text with `\\n` for every kind of line end, four blanks for every tab and a blank for every no-break space.

    Code is not spared, and a tab doesn't go to a tab stop; U+2424 (␤) is a line end too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return text.replace("\u00a0", " ").replace("\u2424", "\n")


class Source:
    """A run of lines.

    `text` is what was written, `shape` is the same with the inside of display formulas hidden: rules decide by the
    shape and cut from the text. Lines of nothing but blanks are emptied.
    """

    def __init__(self, text: str, *, math: bool) -> None:
        self.text = strip_line_starts(text, _BLANK_LINE)
        self.math = math
        self.shape = self.text
        if math and self.text.count("$$") > 1 and "\n" in self.text:
            self.shape = self._hide_formulas()

    # ---- lines

    def line_end(self, position: int) -> int:
        """The offset of the line break (or of the end of the text) that ends the line at `position`."""
        end = self.shape.find("\n", position)
        return len(self.shape) if end < 0 else end

    def after_breaks(self, position: int) -> int:
        """The offset of the first character from `position` on that is no line break."""
        while self.shape.startswith("\n", position):
            position += 1
        return position

    def line(self, position: int) -> str:
        """The shape of the line that starts at `position`, without its line break."""
        return self.shape[position : self.line_end(position)]

    @cached_property
    def trimmed_end(self) -> int:
        """Where the white space that ends the text begins."""
        return len(self.shape.rstrip(SPACES))

    @cached_property
    def delimiters(self) -> Delimiters:
        """For tags that run over several lines."""
        return Delimiters(self.shape)

    # ---- fences

    def fence(self, position: int) -> tuple[str, int, int, int] | None:
        """The fenced code at `position`: its info word, where its text starts and stops, and where the fence ends.

        At most one word, or one and what is in braces, may follow the opening fence (dots and blanks before it don't
        count). The closing one has as
        many characters and ends a line, wherever it starts; if there is only a shorter one, the opening fence is taken
        as short, and the rest of it is the word.
        """
        opening = _FENCE.match(self.shape, position)
        if opening is None:
            return None
        mark, length = opening["mark"][0], len(opening["mark"])
        places, longest = self._closing_fences[mark]
        start = self.line_end(position) + 1
        index = bisect_left(places, (start, 0))
        length = min(length, longest[index]) if index < len(places) else 0
        if length < 3:
            return None
        word = self.shape[opening.start("mark") + length : start - 1].lstrip(" .").rstrip(" ")
        if any(character in SPACES for character in word) and not split_info(word)[1]:
            return None
        while places[index][1] < length:
            index += 1
        close = places[index][0] + places[index][1] - length
        stop = start + len(self.shape[start:close].rstrip(SPACES))
        return word, start, stop, self.after_breaks(self.line_end(close))

    @cached_property
    def _closing_fences(self) -> dict[str, tuple[list[tuple[int, int]], list[int]]]:
        """For each fence character the runs that end a line (start, length), and the longest from each one on."""
        fences: dict[str, tuple[list[tuple[int, int]], list[int]]] = {}
        for mark in "`~":
            runs = [found for found in _CLOSING_FENCE.finditer(self.shape) if found["mark"][0] == mark]
            places = [(found.start(), len(found["mark"])) for found in runs]
            longest = [length for _, length in places]
            for index in range(len(longest) - 2, -1, -1):
                longest[index] = max(longest[index], longest[index + 1])
            fences[mark] = (places, longest)
        return fences

    # ---- HTML

    def comment_end(self, position: int) -> int | None:
        """The end of the first `-->` from `position` on that nothing but blanks follows in its line."""
        index = bisect_left(self._comment_ends, (position, 0))
        return self._comment_ends[index][1] if index < len(self._comment_ends) else None

    def closing_tag(self, name: str, position: int) -> int | None:
        """The end of the first `</name>` from `position` on that a blank line or the end of the text follows."""
        ends = self._closing_tags.get(name, [])
        index = bisect_left(ends, (position, 0))
        return ends[index][1] if index < len(ends) else None

    @cached_property
    def _comment_ends(self) -> list[tuple[int, int]]:
        return [found.span() for found in _COMMENT_END.finditer(self.shape)]

    @cached_property
    def _closing_tags(self) -> dict[str, list[tuple[int, int]]]:
        ends: dict[str, list[tuple[int, int]]] = {}
        for found in _CLOSING_TAG.finditer(self.shape):
            ends.setdefault(found["name"], []).append(found.span())
        return ends

    # ---- labels

    def label_end(self, position: int) -> int | None:
        """The offset of the next `]`, on whatever line."""
        index = bisect_left(self._closing_brackets, position)
        return self._closing_brackets[index] if index < len(self._closing_brackets) else None

    @cached_property
    def _closing_brackets(self) -> list[int]:
        return [found.start() for found in re.finditer("]", self.shape)]

    # ---- formulas

    def _hide_formulas(self) -> str:
        """The shape: paragraph by paragraph, leaving out code."""
        pieces: list[str] = []
        position, after_blank = 0, True
        while position < len(self.text):
            fence = self.fence(position)
            if fence is not None or (after_blank and self.text.startswith("    ", position)):
                end = fence[3] if fence is not None else self.line_end(position) + 1
                pieces.append(self.text[position:end])
                position = end
                continue
            after_blank = self.text.startswith("\n", position)
            end = position + 1 if after_blank else self._paragraph_end(position)
            pieces.append(block_shape(self.text[position:end]))
            position = end
        return "".join(pieces)

    def _paragraph_end(self, position: int) -> int:
        """The start of the blank line, or of the fenced code, that follows the lines at `position`."""
        while True:
            position = self.line_end(position) + 1
            if position >= len(self.text):
                return len(self.text)
            if self.text[position] == "\n" or self.fence(position) is not None:
                return position
