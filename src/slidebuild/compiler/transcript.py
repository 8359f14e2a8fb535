"""A deck's titles and notes as Markdown: what to rehearse with, or to send to who was not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from slidebuild.compiler.model import Compiled, CompiledSlide
from slidebuild.deck import ContentClass, MacroCall, Node, Text


def transcript(compiled: Compiled, wanted: Collection[int]) -> str:
    """A heading for each of the slides wanted (0-based indices), with its number and title, and its notes as written.

    A step has a heading only where it has notes of its own.
    """
    parts = [f"# {_line(compiled.title)}"]
    for index, slide in enumerate(compiled.slides):
        notes = notes_as_written(slide.resolved.notes)
        if index in wanted and (notes or not slide.resolved.continues):
            parts.append(f"## {_heading(slide)}")
            if notes:
                parts.append(notes)
    return "\n\n".join(parts) + "\n"


def notes_as_written(nodes: tuple[Node, ...]) -> str:
    """The source of notes, without the blank lines around them."""
    return "".join(_source(nodes)).strip("\n").rstrip()


def _source(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text():
                yield node.text
            case ContentClass() | MacroCall():
                yield node.span.text


def _heading(slide: CompiledSlide) -> str:
    resolved = slide.resolved
    step = " (step)" if resolved.continues else ""
    return f"{resolved.number}{step} {_line(slide.title)}".rstrip()


def _line(text: str) -> str:
    return " ".join(text.split())
