"""A slide as hints look at it: as parsed, and its prose."""

from __future__ import annotations

from itertools import islice

from slidebuild.deck import SourceDeck, SourceSlide
from slidebuild.deck import chains as slide_chains
from slidebuild.hints.prose import Prose, prose_of
from slidebuild.records import dataclass
from slidebuild.source import Span


@dataclass(frozen=True, slots=True)
class Written:
    """One slide of a file."""

    slide: SourceSlide
    prose: Prose

    @property
    def text(self) -> str:
        """The slide's prose; an offset in it counts from where the slide begins."""
        return self.prose.text

    @property
    def source_text(self) -> str:
        """The slide's source, place for place as `text`."""
        return self.slide.span.text

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the prose stands in the file."""
        return self.slide.span.part(start, end)


def shown_slides(deck: SourceDeck) -> list[SourceSlide]:
    """The slides that may be shown: not those that are excluded, unless they have a name (and may be templates)."""
    return [slide for slide in deck.slides if not slide.flag("exclude") or "name" in slide.properties]


def written_slides(slides: list[SourceSlide]) -> list[Written]:
    """Slides with their prose."""
    return [Written(slide, prose_of(slide.span.text)) for slide in slides]


def chains(slides: list[Written]) -> list[list[Written]]:
    """Slides with the `--` steps that continue them: their texts are one."""
    rest = iter(slides)
    return [list(islice(rest, len(chain))) for chain in slide_chains(written.slide for written in slides)]
