"""A compiled deck as rules look at it, and the places of what they find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from slidebuild import dom
from slidebuild.compiler import Compiled, CompiledSlide
from slidebuild.deck import ResolvedSlide, Run, runs
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.slides import Slide
from slidebuild.source import Loader, Span

_HASHED: Final = regex(r"(?:^|/)([^/]+)\.[0-9a-f]{8}(\.\w+)?$")
"""How the assets pass calls copies: `stem.hash8.ext`."""
_MISSING: Final = regex(r"<title>missing picture: …?(.*?)</title>")


@dataclass(frozen=True, slots=True)
class FinalSlide:
    """A slide with all its steps, as the audience sees it last."""

    compiled: CompiledSlide
    tree: Slide
    title_span: Span
    """Where its first line of text was written."""

    @property
    def resolved(self) -> ResolvedSlide:
        """The slide before Markdown."""
        return self.compiled.resolved


@dataclass(frozen=True, slots=True)
class Subject:
    """A compiled deck."""

    compiled: Compiled
    slides: tuple[FinalSlide, ...]
    """Those that no step continues."""

    @classmethod
    def of(cls, compiled: Compiled) -> Subject:
        """The deck with the trees of its slides."""
        found = compiled.slides
        final = [
            slide
            for index, slide in enumerate(found)
            if index + 1 == len(found) or not found[index + 1].resolved.continues
        ]
        return cls(compiled, tuple(FinalSlide(slide, slide.slide, beginning(slide.resolved)) for slide in final))

    @property
    def loader(self) -> Loader:
        """Reads the project's files."""
        return self.compiled.resolver.loader


def beginning(slide: ResolvedSlide) -> Span:
    """The first line of a slide's own text; the point where the slide begins when it has none."""
    for run in runs(slide.content):
        if run.text.strip() and run.span.source is slide.span.source and run.span.start >= slide.span.start:
            return _first_line(run)
    return slide.span.part(0, 0)


def _first_line(run: Run) -> Span:
    text = run.span.text
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return run.span.part(start, len(text.rstrip()) if end < 0 else start + len(text[start:end].rstrip()))


def place_of_text(slide: ResolvedSlide, text: str) -> Span:
    """Where a text that a slide shows was written; the slide's first line when that can't be told.

    Markdown's signs stand between the words of the source, so the longest run of the text's first words is looked for.
    """
    words = text.split()
    for count in (len(words), 6, 4, 3, 2, 1):
        if count <= len(words):
            needle = " ".join(words[:count])
            if len(needle) > 2 and (span := slide.locate(needle)) != slide.span:
                return span
    for word in sorted(words, key=len, reverse=True)[:3]:
        if len(word) > 3 and (span := slide.locate(word)) != slide.span:
            return span
    return beginning(slide)


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it stands in the source."""

    span: Span
    before: str
    """What stands before it in its run of text."""
    is_macro: bool
    """Whether a macro call made the text."""


def place_of_address(slide: ResolvedSlide, address: str, nth: int = 0) -> Place | None:
    """Where the `nth` use of an address that a page uses was written in the slide; None when that can't be told."""
    pattern = _written(address)
    for run, start, end in _matches(slide, pattern):
        if nth == 0:
            exact = len(run.text) == run.span.end - run.span.start
            return Place(
                run.span.part(start, end) if exact else run.span, run.text[:start], run.span.text.startswith("![:")
            )
        nth -= 1
    return None


def _matches(slide: ResolvedSlide, pattern: re.Pattern[str]) -> Iterator[tuple[Run, int, int]]:
    for run in slide.runs():
        for found in pattern.finditer(run.text):
            yield run, *found.span()


@lru_cache(maxsize=1024)
def _written(address: str) -> re.Pattern[str]:
    """What an address on the page may have been in the deck: copies have a cleaned-up name with a digest."""
    missing = _MISSING.search(unquote(address)) if address.startswith("data:") else None
    if missing:
        return re.compile(r"[^\s\"'(<>=]*" + re.escape(dom.text(dom.parse(missing[1]))))
    hashed = _HASHED.search(unquote(address.partition("#")[0]))
    if hashed is None:
        return re.compile(re.escape(address))
    stem = re.escape(hashed[1]).replace(r"\-", r"(?:[^\w.\n]|%[0-9A-Fa-f]{2})+")
    return re.compile(rf"[^\s\"'(<>=]*{stem}{re.escape(hashed[2] or '')}", re.IGNORECASE)


def is_copy(name: str) -> bool:
    """Whether this is what the assets pass calls the copy of a file."""
    return _HASHED.search(name) is not None


def shown_name(address: str) -> str:
    """What to call a file of the page."""
    if address.startswith("data:"):
        missing = _MISSING.search(unquote(address))
        return missing[1] if missing else "a picture written into the deck"
    hashed = _HASHED.search(unquote(address))
    return f"{hashed[1]}{hashed[2] or ''}" if hashed else address
