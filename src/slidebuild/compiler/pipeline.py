"""One deck through all stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slidebuild import front_matter, parser, resolver
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.deck import Animation, LinkDefinition, ResolvedDeck, SourceDeck
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics
from slidebuild.hints import Hints
from slidebuild.layer import Layer
from slidebuild.macros import Registry, expand, find_macros
from slidebuild.passes import Passes
from slidebuild.passes.assets import AssetCollector, AssetResolver, Mode
from slidebuild.settings import Settings, build_settings
from slidebuild.slides import Converter, Slide
from slidebuild.source import Loader, SourceFile, Span
from slidebuild.theme import Theme, ThemeLoader, find_theme


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


@dataclass(frozen=True, slots=True)
class CompiledSlide:
    """A finished slide and what the passes found out about it."""

    slide: Slide
    title: str
    """Plain text; empty when there is nothing to go by."""
    style: str
    """CSS declarations of its background."""
    animations: tuple[Animation, ...]


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
    """Where settings that name files were written: `css`, `logo`, `theme`."""
    cache: Cache = NO_CACHE
    """That of the inputs."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A deck after the stages that look at its text."""

    settings: Settings
    theme: Theme
    deck: ResolvedDeck
    layers: tuple[Layer, ...]
    """The settings as written, weakest first."""


def resolve_deck(source: SourceFile, inputs: Inputs, diagnostics: Diagnostics) -> Resolved:
    """The first stages: settings, slides, macros, and what each slide inherits."""
    matter = front_matter.split(source, diagnostics)
    layers = (*inputs.weaker, matter.layer, *inputs.stronger)
    theme = find_theme(_theme_name(layers), diagnostics, inputs.themes, _place("theme", layers))
    defaults = Layer(theme.settings, path=f"themes/{theme.name}/theme.yml")
    settings = build_settings((defaults, *layers), diagnostics)

    written = parser.parse(source, diagnostics, start=matter.end, drop_steps=settings.disable_incremental_slides)
    hints = Hints(settings, diagnostics)
    hints.look_at(written, source)
    expanded = expand(written, inputs.macros, inputs.loader, diagnostics)
    includes = _Includes(inputs, settings, hints, diagnostics)
    resolved = resolver.resolve(expanded, includes.parse, settings, diagnostics)
    hints.finish()

    return Resolved(settings, theme, resolved, layers)


def compile_deck(source: SourceFile, inputs: Inputs, diagnostics: Diagnostics) -> Compiled:
    """All stages up to the passes, in order. Mistakes in the deck become diagnostics, never exceptions."""
    first = resolve_deck(source, inputs, diagnostics)
    settings, theme, resolved, layers = first.settings, first.theme, first.deck, first.layers
    if not resolved.slides:
        hint = "slides with `exclude: true` or `layout: true` are not shown"
        diagnostics.add("no-slides", "the deck shows no slide", source.span(0), hint=hint)

    converter = Converter(resolved.links, settings.markdown, bool(settings.math), diagnostics)
    slides = tuple(converter.slide(slide) for slide in resolved.slides)
    stand_in = _placeholder(resolved, converter)

    collector = AssetCollector(inputs.assets, inputs.asset_folder)
    assets = AssetResolver(source.path, inputs.loader, collector, diagnostics)
    passes = Passes(settings, inputs.loader, assets, diagnostics)
    passes.whole_deck(slides)
    compiled = tuple(_finish(slide, passes, resolved.total) for slide in slides)
    placeholder = _finish(stand_in, passes, resolved.total) if stand_in is not None else None
    return Compiled(
        source=source,
        settings=settings,
        theme=theme,
        slides=compiled,
        placeholder=placeholder,
        total=resolved.total,
        title=settings.title or next((slide.title for slide in compiled if slide.title), source.path),
        formula_characters=frozenset(passes.formula_characters),
        converter=converter,
        resolver=assets,
        places={key: span for key in ("css", "logo", "theme") if (span := _place(key, layers)) is not None},
        cache=inputs.cache,
    )


def _theme_name(layers: tuple[Layer, ...]) -> str:
    """The strongest `theme:`. Its theme.yml is a layer itself, so it has to be known before the settings are."""
    return next((str(layer.values["theme"]) for layer in reversed(layers) if layer.values.get("theme")), "default")


def _place(key: str, layers: tuple[Layer, ...]) -> Span | None:
    return next((layer.where(key) for layer in reversed(layers) if key in layer.values), None)


@dataclass(frozen=True, slots=True)
class _Includes:
    """Parses the decks that a deck includes."""

    inputs: Inputs
    settings: Settings
    hints: Hints
    diagnostics: Diagnostics

    def parse(self, path: str) -> SourceDeck | None:
        """The deck at a root-relative path, without its front matter, macros expanded."""
        data = self.inputs.loader.read(path)
        source = decode(path, data, self.diagnostics) if data is not None else None
        if source is None:
            return None
        start = front_matter.split(source, self.diagnostics).end
        drop_steps = self.settings.disable_incremental_slides
        deck = parser.parse(source, self.diagnostics, start=start, drop_steps=drop_steps)
        self.hints.look_at(deck, source)
        return expand(deck, self.inputs.macros, self.inputs.loader, self.diagnostics)


def _placeholder(deck: ResolvedDeck, converter: Converter) -> Slide | None:
    """The placeholder's trees; it is usually excluded, so it brings its own link definitions."""
    if deck.placeholder is None:
        return None
    links: dict[str, LinkDefinition] = {**deck.links, **deck.placeholder_links}
    own = Converter(links, converter.dialect, converter.has_math, converter.diagnostics)
    return own.slide(deck.placeholder)


def _finish(slide: Slide, passes: Passes, total: int) -> CompiledSlide:
    animations = passes.before_addresses(slide, total)
    title, style = passes.addresses(slide)
    return CompiledSlide(slide, title, style, animations)
