"""One slide taking what its template has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from slidebuild.deck import Ancestor, LinkDefinition, Node, ResolvedSlide, SourceSlide
from slidebuild.records import dataclass
from slidebuild.resolver.text import concatenate, parted, with_content, with_variables
from slidebuild.source import Span

Kind: TypeAlias = Literal["step", "template", "layout"]

_NOT_INHERITED: Final = frozenset(("name", "layout", "count", "print"))


@dataclass(slots=True)
class Inheriting:
    """A slide while it takes what its template has."""

    source: SourceSlide
    number: int = 0
    index: int = 0
    continues: bool = False
    properties: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    ancestor: Ancestor | None = None
    content: tuple[Node, ...] = ()
    notes: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        self.properties = {name: found.value for name, found in self.source.properties.items()}
        self.places = {name: (found.span,) for name, found in self.source.properties.items()}
        self.content = self.source.content
        self.notes = self.source.notes

    @property
    def links(self) -> Mapping[str, LinkDefinition]:
        """Link definitions of the slide's own text."""
        return self.source.links

    def inherit(self, template: Inheriting, kind: Kind, *, with_notes: bool) -> None:
        """Properties that are not set, classes before one's own, content first or around `{{content}}`.

        Notes likewise, a paragraph of their own (remark keeps `{{content}}` and variables in them as they are written).
        """
        self.ancestor = Ancestor(kind, template.properties.get("name"), template.source.span, template.ancestor)
        own_class = self.properties.get("class")
        for name, value in template.properties.items():
            if name in _NOT_INHERITED or (name == "code-step" and kind != "step"):
                continue
            if name == "class" and own_class:
                self.properties[name] = f"{value}, {own_class}"
                self.places[name] = template.places[name] + self.places[name]
            elif name not in self.properties or name == "class":
                self.properties[name] = value
                self.places[name] = template.places[name]
        content, used = with_content(template.content, self.content)
        self.content = content if used else concatenate(template.content, self.content)
        if with_notes and template.notes:
            notes, used = with_content(template.notes, self.notes)
            self.notes = notes if used else parted(template.notes, self.notes)

    def finish(self, *, with_notes: bool) -> ResolvedSlide:
        """The slide with its variables filled in."""
        return ResolvedSlide(
            index=self.index,
            number=self.number,
            name=self.properties.get("name") or None,
            content=with_variables(self.content, self.properties),
            notes=with_variables(self.notes, self.properties) if with_notes else (),
            properties=self.properties,
            continues=self.continues,
            is_counted=self.properties.get("count") != "false",
            span=self.source.span,
            ancestor=self.ancestor,
            property_spans=self.places,
        )
