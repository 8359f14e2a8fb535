"""Which slides stand on the pages of a PDF that slidebuild wrote: its named destinations tell."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Name, NameTree, Pdf

from slidebuild.compiler import CompiledSlide
from slidebuild.records import dataclass
from slidebuild.source import Span


@dataclass(frozen=True, slots=True)
class SlidePlace:
    """A slide of the deck that a file was printed from."""

    label: str
    """As it is numbered."""
    title: str
    span: Span


def is_ours(pdf: Pdf) -> bool:
    """Whether slidebuild wrote the file."""
    return str(pdf.docinfo.get(Name.Producer, "")).startswith("slidebuild ")


def slide_places(pdf: Pdf, slides: Sequence[CompiledSlide]) -> dict[int, SlidePlace]:
    """The slide on each 0-based page: of several steps, and of several slides on a sheet, the first."""
    names = pdf.Root.get(Name.Names)
    if names is None or Name.Dests not in names or not is_ours(pdf):
        return {}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    at: dict[str, tuple[int, float]] = {}
    for name, target in NameTree(names[Name.Dests]).items():
        if isinstance(target, Array) and target[0].objgen in numbers:
            top = float(target[3]) if len(target) > 3 and target[1] == Name.XYZ else 0.0
            at[str(name)] = numbers[target[0].objgen], top
    found: dict[int, tuple[float, SlidePlace]] = {}
    for slide in slides:
        resolved = slide.slide.resolved
        where = at.get(resolved.anchor, at.get(str(resolved.index + 1)))
        if where is not None and where[1] > found.get(where[0], (-1.0,))[0]:
            place = SlidePlace(str(resolved.number), slide.title, _first_line(resolved.span))
            found[where[0]] = where[1], place
    return {page: place for page, (_, place) in found.items()}


def _first_line(span: Span) -> Span:
    text = span.text
    start = len(text) - len(text.lstrip())
    return span.part(start, start + len(text[start:].partition("\n")[0].rstrip()))
