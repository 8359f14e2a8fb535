"""Where each part of a resolved slide was written: on the slide itself, or inherited, included, or made by a macro.

Nothing is remembered for this but spans: a run of text lies in the source of the slide that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from slidebuild.deck import Ancestor, ResolvedDeck, ResolvedSlide, Run, runs
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span

Kind: TypeAlias = Literal["own", "step", "template", "layout", "other"]

_MACRO: Final = regex(r"!\[:([^\] ]+)")
_VARIABLE: Final = regex(r"\{\{([^}\n]+)\}\}")


@dataclass(frozen=True, slots=True)
class Origin:
    """The slide that some text was written on, as seen from the slide that shows it."""

    kind: Kind
    """`own`, or how it was inherited; `other` for what no ancestor holds."""
    name: str | None
    """Of the slide it was written on."""
    span: Span
    """The source of that slide."""
    included: str | None
    """The file, when that is not the deck's own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Text of one origin that was made in one way."""

    origin: Origin
    made_by: str | None
    """`macro NAME` or `variable NAME`; None for text as written."""
    text: str
    """As the Markdown step gets it."""
    span: Span
    """From the beginning of the first run to the end of the last one."""


def ancestors(slide: ResolvedSlide) -> Iterator[Ancestor]:
    """What a slide inherits from, the nearest first."""
    ancestor = slide.ancestor
    while ancestor is not None:
        yield ancestor
        ancestor = ancestor.parent


def parts(slide: ResolvedSlide, deck_path: str, *, notes: bool = False) -> tuple[Part, ...]:
    """A slide's content (or notes) in order, as few parts as there are changes of origin. Blank parts are left out."""
    known = origins(slide, deck_path)
    found: list[Part] = []
    for run in runs(slide.notes if notes else slide.content):
        origin = origin_of(run.span, known)
        made_by = _made_by(run)
        last = found[-1] if found else None
        if last is not None and (last.origin, last.made_by) == (origin, made_by) and run.span.start >= last.span.end:
            span = Span(last.span.source, last.span.start, run.span.end)
            found[-1] = Part(origin, made_by, last.text + run.text, span)
        else:
            found.append(Part(origin, made_by, run.text, run.span))
    return tuple(_trimmed(part) for part in found if part.text.strip())


def _own(slide: ResolvedSlide, deck_path: str) -> Origin:
    return Origin("own", slide.name, slide.span, _included(slide.span, deck_path))


def _inherited(ancestor: Ancestor, deck_path: str) -> Origin:
    return Origin(ancestor.kind, ancestor.name, ancestor.span, _included(ancestor.span, deck_path))


def _included(span: Span, deck_path: str) -> str | None:
    return span.source.path if span.source.path != deck_path else None


def origin_of(span: Span, known: tuple[Origin, ...]) -> Origin:
    """The first of the origins in whose source a span lies; one of the kind `other` if none does."""
    for origin in known:
        if _holds(origin.span, span):
            return origin
    return Origin("other", None, span, None)


def origins(slide: ResolvedSlide, deck_path: str) -> tuple[Origin, ...]:
    """The slide itself and what it inherits from, the nearest first."""
    return (_own(slide, deck_path), *(_inherited(ancestor, deck_path) for ancestor in ancestors(slide)))


def _holds(outer: Span, inner: Span) -> bool:
    same = outer.source is inner.source or outer.source.path == inner.source.path
    return same and outer.start <= inner.start and inner.end <= outer.end


def _made_by(run: Run) -> str | None:
    written = run.span.text
    if written == run.text:
        return None
    macro = _MACRO.match(written)
    if macro:
        return f"macro {macro[1]}"
    variable = _VARIABLE.fullmatch(written)
    return f"variable {variable[1].strip()}" if variable else None


def _trimmed(part: Part) -> Part:
    """A part whose place begins at its first visible character, so that it tells the line one looks for."""
    if part.made_by is not None:
        return part
    written = part.span.text
    first = len(written) - len(written.lstrip())
    return Part(part.origin, part.made_by, part.text, part.span.part(first, len(written.rstrip())))


def include_chain(deck: ResolvedDeck, path: str, deck_path: str) -> Iterator[Span]:
    """The `include:` lines that lead to a file, the innermost first."""
    seen: set[str] = set()
    while path != deck_path and path in deck.includes and path not in seen:
        seen.add(path)
        yield deck.includes[path]
        path = deck.includes[path].source.path
