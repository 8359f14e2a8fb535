"""Places on one slide, told in a way that holds when the slide moves in its file."""

from __future__ import annotations

from typing import Any

from slidebuild.deck import ResolvedSlide, Run
from slidebuild.records import dataclass
from slidebuild.source import Span


class UnknownPlaceError(Exception):
    """A place that lies in nothing that the slide is made of."""


@dataclass(slots=True)
class Places:
    """The places of one slide: told by what they lie in, and found again."""

    slide: ResolvedSlide
    _runs: list[Run] | None = None

    def tell(self, span: Span) -> list[Any]:
        """Where a span lies. Raises UnknownPlaceError."""
        whole = self.slide.span
        if span == whole:
            return []
        if span == whole.part(0, 0):
            return [0]
        for index, run in enumerate(self._all_runs()):
            if _holds(run.span, span):
                return [index, span.start - run.span.start, span.end - span.start]
        for name, spans in self.slide.property_spans.items():
            for index, written in enumerate(spans):
                if _holds(written, span):
                    return [name, index, span.start - written.start, span.end - span.start]
        raise UnknownPlaceError(str(span))

    def find(self, place: list[Any]) -> Span:
        """The span that lies there now."""
        match place:
            case []:
                return self.slide.span
            case [0]:
                return self.slide.span.part(0, 0)
            case [int(index), start, length]:
                outer = self._all_runs()[index].span
            case [name, index, start, length]:
                outer = self.slide.property_spans[name][index]
        return outer.part(start, start + length)

    def _all_runs(self) -> list[Run]:
        if self._runs is None:
            self._runs = list(self.slide.runs())
        return self._runs


def _holds(outer: Span, inner: Span) -> bool:
    return outer.source is inner.source and outer.start <= inner.start and inner.end <= outer.end
