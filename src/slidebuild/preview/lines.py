"""Where the blocks of a slide were written, found on the finished slide: by their words, in the order of the text.

Nothing is added to the text or its HTML for this (see Positions in the design), so the page is that of the build. A
block whose words stand nowhere in the text (a macro's, a formula's) has the line of the block before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from slidebuild import dom
from slidebuild.compiler import CompiledSlide
from slidebuild.deck import ResolvedSlide, runs
from slidebuild.patterns import regex
from slidebuild.preview.workspace import SlideLines
from slidebuild.records import dataclass

BLOCKS: Final = (
    "p,li,h1,h2,h3,h4,h5,h6,pre,.remark-code-line,blockquote,tr,dt,dd,figure,img,video,audio,iframe,svg,math"
)
"""What has a line of its own; the client counts the same elements."""
_WORDS: Final = (6, 3, 1)
"""So many words of a block are looked for, fewer where those don't stand together in the text."""
_WORD: Final = regex(r"\w+")
_HASH: Final = regex(r"\.[0-9a-f]{8}(?=\.\w+$)")
"""What the build adds to the names of files."""


def lines_of(slide: CompiledSlide) -> SlideLines:
    """The line of each block of a slide's content."""
    written = _Written(slide.resolved)
    span = slide.resolved.span
    start = span.start + len(span.text) - len(span.text.lstrip())
    here = span.source.position(min(start, span.end))
    path, line = span.source.path, here.line
    places: list[tuple[str, int]] = []
    matches: dict[int, tuple[int, int]] = {}
    at = 0
    for block in dom.select(dom.parse(slide.content), BLOCKS):
        outer = _enclosing(block, matches)
        found = written.find(_needles(block), outer[0] if outer else at)
        if found is None:
            places.append(places[-1] if places else (path, line))
            continue
        matches[block.mem_id] = found
        at = max(at, found[1])
        places.append(written.place(found[0]))
    return SlideLines(path, line, tuple(places))


def _enclosing(block: dom.Node, matches: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """The match of the nearest element around a block that has one."""
    around = block.parent
    while around is not None:
        if around.mem_id in matches:
            return matches[around.mem_id]
        around = around.parent
    return None


def _needles(block: dom.Node) -> Iterator[list[str]]:
    """Words to look for, the surest first."""
    words = _WORD.findall(dom.text(block).lower())
    if not words:
        address = dom.attribute(block, "src") or ""
        words = _WORD.findall(_HASH.sub("", address.rpartition("/")[2]).lower()) if ":" not in address else []
    for count in _WORDS:
        if words:
            yield words[:count]


@dataclass(slots=True)
class _Written:
    """The words of a slide's text, one after the other, each with its place."""

    slide: ResolvedSlide
    _text: str = ""
    _starts: tuple[int, ...] = ()
    _places: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        text, starts, places = [" "], [], []
        length = 1
        for run in runs(self.slide.content):
            source, is_exact = run.span.source, len(run.text) == run.span.end - run.span.start
            for word in _WORD.finditer(run.text):
                offset = run.span.start + (word.start() if is_exact else 0)
                starts.append(length)
                places.append((source.path, source.position(offset).line))
                text.append(word[0].lower() + " ")
                length += len(text[-1])
        self._text, self._starts, self._places = "".join(text), tuple(starts), tuple(places)

    def find(self, needles: Iterator[list[str]], start: int) -> tuple[int, int] | None:
        """Where the first of some needles stands from an offset on: its beginning and end."""
        for words in needles:
            needle = f" {' '.join(words)} "
            at = self._text.find(needle, max(0, start - 1))
            if at >= 0:
                return at + 1, at + len(needle)
        return None

    def place(self, offset: int) -> tuple[str, int]:
        """File and line of the word at an offset."""
        return self._places[bisect_right(self._starts, offset) - 1]
