"""One deck through all stages."""

from __future__ import annotations

from typing import Final

from slidebuild import front_matter, parser, resolver
from slidebuild.compiler.finishing import Bench, finish_slides
from slidebuild.compiler.model import Compiled, Inputs, Resolved
from slidebuild.deck import LinkDefinition, ResolvedDeck, SourceDeck
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics
from slidebuild.hints import Hints
from slidebuild.installed import extensions
from slidebuild.layer import Layer
from slidebuild.lockfile import LOCK_FILE, Lock, read_lock
from slidebuild.macros import expand
from slidebuild.passes.assets import AssetCollector, AssetResolver
from slidebuild.records import dataclass
from slidebuild.settings import Settings, build_settings
from slidebuild.slides import Converter
from slidebuild.source import SourceFile, Span

_NAMING_FILES: Final = ("css", "logo", "logoDark", "math", "theme")
"""Settings that name files."""


def resolve_deck(source: SourceFile, inputs: Inputs, diagnostics: Diagnostics) -> Resolved:
    """The first stages: settings, slides, macros, and what each slide inherits."""
    matter = front_matter.split(source, diagnostics)
    layers = (*inputs.weaker, matter.layer, *inputs.stronger)
    theme = inputs.find_theme(_theme_name(layers), diagnostics, inputs.themes, _place("theme", layers), inputs.cache)
    defaults = Layer(theme.settings, path=f"themes/{theme.name}/theme.yml")
    settings = build_settings((defaults, *layers), diagnostics)

    written = inputs.parse(source, diagnostics, start=matter.end, drop_steps=settings.disable_incremental_slides)
    hints = Hints(settings, diagnostics, inputs.quiet)
    hints.look_at(written, source)
    expanded = expand(written, inputs.macros, inputs.loader, diagnostics)
    includes = _Includes(inputs, settings, hints, diagnostics)
    resolved = resolver.resolve(expanded, includes.parse, settings, diagnostics)
    hints.finish()

    return Resolved(settings, theme, resolved, layers)


def compile_deck(source: SourceFile, inputs: Inputs, diagnostics: Diagnostics) -> Compiled:
    """All stages up to the passes, in order. Mistakes in the deck become diagnostics, never exceptions."""
    first = resolve_deck(source, inputs, diagnostics)
    settings, resolved, layers = first.settings, first.deck, first.layers
    if not resolved.slides:
        hint = "slides with `exclude: true` or `layout: true` are not shown"
        diagnostics.add("no-slides", "the deck shows no slide", source.span(0), hint=hint)

    lock = read_lock(inputs.loader, diagnostics)
    _compare_packages(lock, diagnostics)
    bench = Bench(
        converter=Converter(resolved.links, settings.markdown, settings.math.enabled, diagnostics),
        resolver=AssetResolver(
            source.path,
            inputs.loader,
            AssetCollector(inputs.assets, inputs.asset_folder),
            diagnostics,
            lock=lock,
        ),
        settings=settings,
        total=resolved.total,
        shelf=inputs.shelf,
    )
    slides = finish_slides(resolved.slides, bench)
    stand_in = resolved.placeholder
    placeholder = bench.with_links(_links_of_placeholder(resolved)).finish_alone(stand_in) if stand_in else None
    return Compiled(
        source=source,
        settings=settings,
        theme=first.theme,
        slides=slides,
        placeholder=placeholder,
        total=resolved.total,
        title=settings.title or next((slide.title for slide in slides if slide.title), source.path),
        formula_characters=frozenset(bench.formula_characters),
        converter=bench.converter,
        resolver=bench.resolver,
        places={key: span for key in _NAMING_FILES if (span := _place(key, layers)) is not None},
        cache=inputs.cache,
        lasting=inputs.lasting,
    )


def _compare_packages(lock: Lock, diagnostics: Diagnostics) -> None:
    """Report packages with themes or macros that are not the ones that are pinned."""
    if not lock.packages:
        return
    there = extensions()
    for name, version in lock.packages.items():
        if there.get(name) != version:
            found = f"{name} {there[name]} is installed" if name in there else f"{name} is not installed"
            hint = f"pip install {name}=={version}, or `slidebuild vendor` to pin what is installed"
            diagnostics.add("other-package", f"{found}, {LOCK_FILE} says {version}", path=LOCK_FILE, hint=hint)


def _theme_name(layers: tuple[Layer, ...]) -> str:
    """The strongest `theme:`. Its theme.yml is a layer itself, so it has to be known before the settings are."""
    return next((str(layer.values["theme"]) for layer in reversed(layers) if layer.values.get("theme")), "default")


def _place(key: str, layers: tuple[Layer, ...]) -> Span | None:
    return next((layer.where(key) for layer in reversed(layers) if key in layer.values), None)


def _links_of_placeholder(deck: ResolvedDeck) -> dict[str, LinkDefinition]:
    """The placeholder is usually excluded, so it brings its own link definitions."""
    return {**deck.links, **deck.placeholder_links}


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
