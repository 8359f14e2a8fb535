"""What can be asked about a deck that was built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

from slidebuild import dom
from slidebuild.compiler import Compiled
from slidebuild.preview.lines import lines_of
from slidebuild.preview.printed import make_cover, make_sheets
from slidebuild.preview.workspace import Sheets, SlideLines, SlideText
from slidebuild.records import dataclass


@dataclass(slots=True)
class DeckDetails:
    """Compiles the deck once more for each answer: its slides are on the shelf, and nothing has to be kept for this."""

    compiled: Callable[[], Compiled]
    _texts: tuple[SlideText, ...] | None = field(default=None, init=False)

    def texts(self) -> Sequence[SlideText]:
        """What to search."""
        if self._texts is None:
            self._texts = tuple(
                SlideText(slide.title, _text(slide.content), _text(slide.notes)) for slide in self.compiled().slides
            )
        return self._texts

    def lines(self, index: int) -> SlideLines | None:
        """Where a slide was written; None when there is none of that index."""
        slides = self.compiled().slides
        return lines_of(slides[index]) if 0 <= index < len(slides) else None

    def sheets(self) -> Sheets:
        """The page as it will print."""
        return make_sheets(self.compiled())

    def cover(self) -> Sheets:
        """The first slide alone."""
        return make_cover(self.compiled())


def _text(html: str) -> str:
    return " ".join(dom.text(dom.parse(html)).split())
