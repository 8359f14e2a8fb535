"""A file parsed again after an edit: slides that cannot be others than before are taken as they are.

What the lexer makes of a slide depends on nothing before it, and after it only on what it looked at (`lexer.Sight`). So
of the slides before an edit those stay that were told without the text that changed, and after it all stay from the
first separator on that both texts have in the same place. Spans of what stays are those of the older text, which tells
their place in the newer one (`Span.now`).
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import Final

from slidebuild import lexer
from slidebuild.deck import SourceDeck
from slidebuild.diagnostics import Diagnostics
from slidebuild.parser import as_deck, parse, read_parts
from slidebuild.parser.reading import Part, Reader
from slidebuild.records import dataclass
from slidebuild.source import Edit, SourceFile

GENERATIONS: Final = 64
"""After so many edits all is read anew, so that texts of old need not be kept."""


@dataclass(slots=True)
class ParseMemory:
    """The slides of a file as they were read last."""

    _source: SourceFile | None = None
    _how: tuple[str, int, bool] = ("", 0, False)
    _parts: list[Part] = field(default_factory=list)
    _generation: int = 0

    def parse(
        self, source: SourceFile, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool = False
    ) -> SourceDeck:
        """As `parser.parse`; slides that stayed what they were are the same objects as before."""
        if not source.is_newest:  # the memory is ahead of it
            return parse(source, diagnostics, start=start, drop_steps=drop_steps)
        how = (source.path, start, drop_steps)
        is_as_written = lexer.outdent(source.text, start).text is source.text  # else edits don't tell of its places
        older = self._source if is_as_written and how == self._how and self._generation < GENERATIONS else None
        if older is None:
            self._parts = read_parts(source, start=start, drop_steps=drop_steps)
            self._generation = 0
        elif older is not source:
            self._parts = _edited(self._parts, source, source.supersede(older), drop_steps=drop_steps)
            self._generation += 1
        self._source, self._how = (source if is_as_written else None), how
        return as_deck(source.path, self._parts, diagnostics)


def _edited(parts: list[Part], source: SourceFile, edit: Edit, *, drop_steps: bool) -> list[Part]:
    """The slides of the newer text."""
    if edit.head == len(source.text) and not edit.shift:
        return parts
    first = 0
    while parts[first].sight <= edit.head:  # the last slide depends on where the text ends
        first += 1
    later = {part.start + edit.shift: index for index, part in enumerate(parts) if part.start >= edit.tail}

    def is_known(start: int, *, continues: bool) -> bool:
        index = later.get(start)
        return index is not None and parts[index].continues == continues

    begun = parts[first]
    reader = Reader(source.text, source.span, begun.start, drop_steps=drop_steps, continues=begun.continues)
    known = reader.until(is_known)
    kept = parts[later[known] :] if known is not None else []
    if edit.shift:
        kept = [replace(part, start=part.start + edit.shift, sight=part.sight + edit.shift) for part in kept]
    return parts[:first] + reader.parts + kept
