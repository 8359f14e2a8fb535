"""Which slide a finding belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slidebuild.compiler import CompiledSlide
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostic
from slidebuild.source import Span


def slides_of(findings: Iterable[Diagnostic], slides: Sequence[CompiledSlide]) -> dict[Diagnostic, int]:
    """The slide on which each finding shows, by index: the one it was written on, else the first that inherits it."""
    placed = [(finding, finding.span) for finding in findings if finding.span is not None]
    found: dict[Diagnostic, int] = {}
    for finding, span in placed:
        index = next((slide.resolved.index for slide in slides if _holds(slide.resolved.span, span)), None)
        if index is None:
            index = next((slide.resolved.index for slide in slides if _inherits(slide.resolved, span)), None)
        if index is not None:
            found[finding] = index
    return found


def _holds(outer: Span, inner: Span) -> bool:
    outer, inner = outer.now, inner.now
    return outer.source is inner.source and outer.start <= inner.start and inner.end <= outer.end


def _inherits(slide: ResolvedSlide, span: Span) -> bool:
    ancestor = slide.ancestor
    while ancestor is not None:
        if _holds(ancestor.span, span):
            return True
        ancestor = ancestor.parent
    return False
