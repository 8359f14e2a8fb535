"""The data that the stages hand on: a phase is a type.

`SourceDeck` is what was written (parser), `ResolvedDeck` what each slide holds once layouts, templates, steps and
includes are applied (resolver). A resolved slide as an HTML tree is `slides.Slide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from slidebuild.records import dataclass
from slidebuild.source import Span

NO_PROPERTIES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """Text together with the place where it was written."""

    text: str
    """The text as the Markdown step gets it; a variable's value, for one, is not the text of its span."""
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown text, gathered from one or more places."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ContentClass:
    """`.a.b[ … ]`: a `<div>` when there is a line break between the brackets, else a `<span>`."""

    names: tuple[str, ...]
    children: tuple[Node, ...]
    is_block: bool
    span: Span


@dataclass(frozen=True, slots=True)
class MacroCall:
    """`![:name a, b](object)`."""

    name: str
    arguments: tuple[str, ...]
    """Comma-separated, trimmed; one empty string where none were written (as in remark)."""
    target: str | None
    """What stands in the parentheses; macros see it as `this`."""
    span: Span


Node: TypeAlias = Text | ContentClass | MacroCall
"""What slides are made of. No `MacroCall` is left once macros are expanded."""


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """`[id]: address "title"`."""

    address: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Property:
    """A `key: value` of a slide."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class SourceSlide:
    """One slide as written."""

    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    properties: Mapping[str, Property]
    """By name, the later one of two wins; order of appearance."""
    links: Mapping[str, LinkDefinition]
    """By lower-case id."""
    continues: bool
    """It began with `--`: a step of the slide before it."""
    span: Span
    """From the end of the separator before to the beginning of the one after."""

    def value(self, name: str) -> str | None:
        """A property as written on this slide; None if it is not."""
        found = self.properties.get(name)
        return found.value if found is not None else None

    def flag(self, name: str) -> bool:
        """Whether a property says `true`, in any case."""
        return (self.value(name) or "").lower() == "true"


def chains(slides: Iterable[SourceSlide]) -> list[list[SourceSlide]]:
    """Slides with the `--` steps that continue them."""
    found: list[list[SourceSlide]] = []
    for slide in slides:
        if slide.continues and found:
            found[-1].append(slide)
        else:
            found.append([slide])
    return found


@dataclass(frozen=True, slots=True)
class SourceDeck:
    """All slides of one file."""

    path: str
    slides: tuple[SourceSlide, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ancestor:
    """A slide that another one inherits from, itself an heir, maybe. Steps of one slide form a chain."""

    kind: Literal["step", "template", "layout"]
    """How: as the slide before a `--`, by `template:`, or as the current layout."""
    name: str | None
    span: Span
    """Of its own source."""
    parent: Ancestor | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ResolvedSlide:
    """What a slide holds and shows once everything it inherits is applied."""

    index: int
    """0-based place among the slides shown; `#12` in an address is `index + 1`."""
    number: int
    """The slide number shown: uncounted slides repeat the one before them."""
    name: str | None
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    properties: Mapping[str, str]
    """Own and inherited ones."""
    continues: bool
    """A `--` step of the slide before it."""
    is_counted: bool
    span: Span
    """Of the slide's own source, in the file it stands in (an included deck, maybe)."""
    ancestor: Ancestor | None = field(default=None, repr=False, compare=False)
    """What it inherits from."""
    property_spans: Mapping[str, tuple[Span, ...]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False, compare=False
    )
    """Where each property was written; several places for `class`, none for what settings set."""
    _found: dict[str, tuple[tuple[Run, int], ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `locate` was asked for -> its uses, so that the text is not searched again for each of them."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """Of the property `class`, split at commas and blanks as remark does; order kept, none empty."""
        return tuple(name for name in self.properties.get("class", "").replace(",", " ").split() if name)

    @property
    def anchor(self) -> str:
        """What addresses this slide after the `#`: its name, else its 1-based index."""
        return self.name or str(self.index + 1)

    def locate(self, needle: str, nth: int = 0) -> Span:
        """Where the `nth` (0-based) use of a text in content and notes was written; the slide's span if not found.

        How places survive Markdown and HTML: nothing is added to the text, an address or formula is looked up
        again in the source by its order of appearance (see Positions in the design).
        """
        if needle not in self._found:
            self._found[needle] = tuple(_uses(self.runs(), needle)) if needle else ()
        uses = self._found[needle]
        return _place(uses[nth][0], needle, uses[nth][1]) if nth < len(uses) else self.span

    def runs(self) -> Iterator[Run]:
        """All text runs of content, then notes, in order."""
        yield from runs(self.content)
        yield from runs(self.notes)


def _uses(runs: Iterable[Run], needle: str) -> Iterator[tuple[Run, int]]:
    """Each run that holds a text, and its offset there."""
    for run in runs:
        at = run.text.find(needle)
        while at >= 0:
            yield run, at
            at = run.text.find(needle, at + len(needle))


def _place(run: Run, needle: str, at: int) -> Span:
    """The span of a needle found at an offset of a run, whose text need not be what its span covers."""
    written = run.span.text
    if len(written) != len(run.text):
        at = written.find(needle)
    return run.span.part(at, at + len(needle)) if at >= 0 else run.span


def runs(nodes: tuple[Node, ...]) -> Iterator[Run]:
    """All text runs below nodes, in order, without recursion."""
    stack = list(reversed(nodes))
    while stack:
        match stack.pop():
            case Text(runs=found):
                yield from found
            case ContentClass(children=children):
                stack.extend(reversed(children))
            case MacroCall():
                pass


def mention(nodes: tuple[Node, ...], text: str) -> bool:
    """Whether a text stands in any run below nodes. (No generator: this is asked of every slide again and again.)"""
    stack: list[Node] = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            for run in node.runs:
                if text in run.text:
                    return True
        elif isinstance(node, ContentClass):
            stack.extend(node.children)
    return False


@dataclass(frozen=True, slots=True)
class ResolvedDeck:
    """The slides of a talk, in order."""

    slides: tuple[ResolvedSlide, ...]
    links: Mapping[str, LinkDefinition]
    """Link definitions, shared by all slides; the last one of an id wins."""
    total: int
    """The number of the last slide."""
    placeholder: ResolvedSlide | None
    """The slide that stands in for animated ones in the PDF; it is usually excluded itself. Its index is -1."""
    placeholder_links: Mapping[str, LinkDefinition] = field(default_factory=lambda: MappingProxyType({}))
    """Link definitions that the placeholder brings along although it is excluded."""
    includes: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    """Root-relative path of each included deck -> the first `include:` that names it."""


@dataclass(frozen=True, slots=True)
class Animation:
    """Why a slide counts as animated."""

    reason: str
    """`gif`, `apng`, `webp`, `avif`, `svg`, `video`, `audio`, `iframe`, `canvas`, `object`, `css`, `property` or
    `assumed`."""
    address: str
    """What moves, as written in the deck; empty for a property."""
    span: Span
