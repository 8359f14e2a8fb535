"""Slides for tests of what is planned, without a compiler."""

from __future__ import annotations

from slidebuild import dom
from slidebuild.deck import Animation, ResolvedSlide
from slidebuild.slides import Slide
from slidebuild.source import SourceFile

SOURCE = SourceFile("deck.md", "a deck\n")


def make_slide(
    index: int,
    content: str = "",
    *,
    name: str | None = None,
    number: int | None = None,
    continues: bool = False,
    **properties: str,
) -> Slide:
    resolved = ResolvedSlide(
        index=index,
        number=index + 1 if number is None else number,
        name=name,
        content=(),
        notes=(),
        properties=properties,
        continues=continues,
        is_counted=True,
        span=SOURCE.span(0, 6),
    )
    return Slide(resolved, dom.parse(content), dom.parse(""))


def moving(reason: str = "gif", address: str = "a.gif") -> Animation:
    return Animation(reason, address, SOURCE.span(0))
