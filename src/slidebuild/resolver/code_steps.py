"""Code that is stepped through: a fence with `{1|3-4|all}` makes its slide into as many, as `--` would.

The property `code-step` says which step a slide shows. Fences of one slide are stepped through one after another; a
later `--` slide goes on where the one before stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from slidebuild.deck import ContentClass, Node, Property, SourceSlide, Text, mention
from slidebuild.fence_attributes import code_steps
from slidebuild.settings import Settings

PROPERTY: Final = "code-step"


def with_code_steps(slides: Iterable[SourceSlide], settings: Settings) -> Iterator[SourceSlide]:
    """The slides as written, and after each with stepped code one for each further step of it."""
    reached = 1
    for slide in slides:
        first = reached if slide.continues else 1
        more = _count(slide.content) if mention(slide.content, "|") else 0
        if not more or _stays(slide, settings):
            reached = first
            yield slide
            continue
        reached = first + more
        yield _at(slide, first)
        length = slide.span.end - slide.span.start
        end = slide.span.part(length, length)
        for step in range(first + 1, reached + 1):
            yield _at(SourceSlide((), (), MappingProxyType({}), {}, continues=True, span=end), step)


def _stays(slide: SourceSlide, settings: Settings) -> bool:
    """Whether a slide is one, whatever its fences say: its step is chosen, there are no steps, or it is not shown."""
    if slide.value(PROPERTY) is not None or settings.disable_incremental_slides:
        return True
    classes = (slide.value("class") or "").replace(",", " ").split()
    is_excluded = not set(classes).isdisjoint(settings.excluded_classes)
    return is_excluded or slide.flag("exclude") or slide.flag("layout")


def _at(slide: SourceSlide, step: int) -> SourceSlide:
    properties = {**slide.properties, PROPERTY: Property(str(step), slide.span.part(0, 0))}
    return replace(slide, properties=MappingProxyType(properties))


def _count(nodes: tuple[Node, ...]) -> int:
    count = 0
    waiting: list[Node] = list(nodes)
    while waiting:
        match waiting.pop():
            case Text() as text:
                count += code_steps(text.text)
            case ContentClass(children=children):
                waiting.extend(children)
    return count
