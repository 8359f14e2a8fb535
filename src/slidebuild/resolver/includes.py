"""`include: other.md`: the slides of another deck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from slidebuild.deck import SourceDeck, SourceSlide, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import Span, resolve_address

ParseFile: TypeAlias = Callable[[str], SourceDeck | None]
"""Parses an included deck by its root-relative path, macros expanded; None if there is none."""

MAX_INCLUDES: Final = 1000
"""Decks that one deck may include, all levels together: a few that include one another twice could be millions."""


def included(
    deck: SourceDeck, parse_file: ParseFile, includes: dict[str, Span], diagnostics: Diagnostics
) -> Iterator[SourceSlide]:
    """All slides, those of `include: other.md` after the slide that names it (in its place if it is blank)."""
    stack: list[tuple[str, Iterator[SourceSlide]]] = [(deck.path, iter(deck.slides))]
    count = 0
    while stack:
        slide = next(stack[-1][1], None)
        if slide is None:
            stack.pop()
            continue
        wanted = slide.properties.get("include")
        if wanted is None or slide.flag("exclude"):
            yield slide
            continue
        if not _is_blank(slide):
            yield slide
        path = resolve_address(wanted.span.source.path, wanted.value)
        chain = [name for name, _ in stack]
        if path in chain:
            diagnostics.add(
                "include-cycle",
                f"{wanted.value} includes itself: " + " → ".join([*chain[chain.index(path) :], path]),
                wanted.span,
                hint="take one of these `include:` out",
            )
            continue
        count += 1
        if count > MAX_INCLUDES:
            message = f"more than {MAX_INCLUDES} decks are included"
            diagnostics.add("include-cycle", message, wanted.span, hint="decks that include one another multiply")
            return
        found = parse_file(path) if path is not None else None
        if found is None or path is None:
            diagnostics.add(
                "missing-include",
                f"there is no deck {wanted.value} to include",
                wanted.span,
                hint="addresses count from the folder of the file they stand in, and stay inside the project",
            )
            continue
        includes.setdefault(path, wanted.span)
        stack.append((path, iter(found.slides)))


def _is_blank(slide: SourceSlide) -> bool:
    return all(isinstance(node, Text) and not node.text.strip() for node in slide.content)
