"""What goes into the compiler and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from slidebuild import dom
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.deck import Animation, ResolvedDeck, ResolvedSlide, SourceDeck
from slidebuild.diagnostics import Diagnostics
from slidebuild.hints.quiet import Quiet
from slidebuild.layer import Layer
from slidebuild.macros import Registry, find_macros
from slidebuild.parser import parse
from slidebuild.passes.assets import AssetResolver, Mode
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Converter, Slide
from slidebuild.source import Loader, SourceFile, Span
from slidebuild.theme import Theme, ThemeLoader, find_theme

if TYPE_CHECKING:
    from slidebuild.compiler.shelves import Shelf


FindTheme: TypeAlias = Callable[[str, Diagnostics, ThemeLoader | None, Span | None, Cache], Theme]
"""As `theme.find_theme`."""


class Parse(Protocol):
    """As `parser.parse`."""

    def __call__(
        self, source: SourceFile, diagnostics: Diagnostics, *, start: int = 0, drop_steps: bool = False
    ) -> SourceDeck:
        """The slides of the deck's own file."""
        ...


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a deck is compiled with, besides its own text."""

    loader: Loader
    themes: ThemeLoader | None = None
    """The project's own themes."""
    macros: Registry = field(default_factory=find_macros)
    weaker: tuple[Layer, ...] = ()
    """Settings that front matter overrides (`slidebuild.yml`), weakest first."""
    stronger: tuple[Layer, ...] = ()
    """Settings that override front matter (`--config`, the command line), weakest first."""
    assets: Mode = "copy"
    asset_folder: str = "assets"
    """Address of copied files as seen from the page."""
    cache: Cache = NO_CACHE
    """Keeps what takes long to make: fonts."""
    lasting: Cache = NO_CACHE
    """Keeps what takes long to make out of nothing but what is installed, for all projects."""
    shelf: Shelf | None = None
    """Keeps finished slides, so that those that have not changed are not made again."""
    find_theme: FindTheme = find_theme
    parse: Parse = parse
    quiet: Quiet | None = None
    """Remembers slides that hints need not look at again."""


@dataclass(frozen=True, slots=True)
class CompiledSlide:
    """A finished slide and what the passes found out about it."""

    resolved: ResolvedSlide
    content: str
    """HTML of what `.remark-slide-content` holds, without the slide number."""
    notes: str
    """HTML of what `.remark-slide-notes` holds."""
    title: str
    """Plain text; empty when there is nothing to go by."""
    style: str
    """CSS declarations of its background."""
    animations: tuple[Animation, ...]
    characters: str
    """Every character of its text, once."""

    @property
    def slide(self) -> Slide:
        """The slide as trees, made anew each time."""
        return Slide(self.resolved, dom.parse(self.content), dom.parse(self.notes))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A deck after all passes."""

    source: SourceFile
    settings: Settings
    theme: Theme
    slides: tuple[CompiledSlide, ...]
    placeholder: CompiledSlide | None
    """The deck's own slide that replaces animated ones in the PDF."""
    total: int
    """Number of the last slide."""
    title: str
    formula_characters: frozenset[str]
    """What the math font must hold; empty without formulas."""
    converter: Converter
    resolver: AssetResolver
    places: Mapping[str, Span]
    """Where settings that name files were written: `css`, `logo`, `logoDark`, `math`, `theme`."""
    cache: Cache = NO_CACHE
    """That of the inputs."""
    lasting: Cache = NO_CACHE
    """That of the inputs."""

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """The deck and all files it includes."""
        found = {self.source.path: self.source}
        for slide in self.slides:
            found.setdefault(slide.resolved.span.source.path, slide.resolved.span.source)
            ancestor = slide.resolved.ancestor
            while ancestor is not None:
                found.setdefault(ancestor.span.source.path, ancestor.span.source)
                ancestor = ancestor.parent
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Resolved:
    """A deck after the stages that look at its text."""

    settings: Settings
    theme: Theme
    deck: ResolvedDeck
    layers: tuple[Layer, ...]
    """The settings as written, weakest first."""
