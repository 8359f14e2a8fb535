"""Resolved slides to finished ones: Markdown, then the passes, or taken from the shelf as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from slidebuild import dom
from slidebuild.compiler.keeping import (
    Finished,
    as_record,
    deck_key,
    defined_by,
    from_record,
    gathered,
    is_current,
    links_of,
    macros_digest,
    macros_known_to,
    slide_key,
)
from slidebuild.compiler.model import CompiledSlide
from slidebuild.compiler.shelves import Record, Shelf
from slidebuild.deck import LinkDefinition, ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes import Passes
from slidebuild.passes.assets import AssetCollector, AssetResolver
from slidebuild.passes.links import SlideLinks, check_links
from slidebuild.settings import Settings
from slidebuild.slides import Converter, Slide
from slidebuild.source import RecordingLoader


@dataclass(frozen=True, slots=True)
class Bench:
    """What the slides of a deck are made with; gathers what they bring to it."""

    converter: Converter
    resolver: AssetResolver
    settings: Settings
    total: int
    """Number of the last slide."""
    shelf: Shelf | None = None
    formula_characters: set[str] = field(default_factory=set)
    """Characters that the math font must hold."""
    formula_macros: dict[str, str] = field(default_factory=dict)
    """What formulas define; it holds on all slides."""

    def with_links(self, links: Mapping[str, LinkDefinition]) -> Bench:
        """The same for slides that bring link definitions along."""
        return replace(self, converter=replace(self.converter, links=links))

    def begin(self, resolved: ResolvedSlide) -> Draft:
        """A slide after Markdown."""
        found = Diagnostics()
        slide = replace(self.converter, diagnostics=found).slide(resolved)
        passes = Passes(self.settings, self.resolver.loader, self.resolver, found)
        links = passes.links(slide)
        return Draft(slide, found, links, passes.definitions(slide))

    def finish(self, draft: Draft, macros: str) -> Finished:
        """A slide after all passes."""
        loader = RecordingLoader(self.resolver.loader)
        collector = AssetCollector(self.resolver.collector.mode, self.resolver.collector.folder)
        assets = AssetResolver(self.resolver.deck_path, loader, collector, draft.found, lock=self.resolver.lock)
        passes = Passes(self.settings, loader, assets, draft.found, self.formula_macros)
        animations, formula_characters = passes.before_addresses(draft.slide, self.total)
        title, style = passes.addresses(draft.slide)
        content, notes = (dom.serialise(tree) for tree in draft.slide.trees)
        shown = "".join(sorted({*dom.text(draft.slide.content), *dom.text(draft.slide.notes)}))
        where = {id(data): path for path, data in loader.found.items() if data is not None}
        return Finished(
            compiled=CompiledSlide(draft.slide.resolved, content, notes, title, style, animations, shown),
            links=draft.links,
            defines=draft.defines,
            macros=macros,
            formula_characters=formula_characters,
            files=collector.files,
            paths={address: where[id(data)] for address, data in collector.files.items() if id(data) in where},
            read=loader.found,
            remote=frozenset(assets.remote),
            copied=frozenset(assets.copied),
            diagnostics=draft.found,
        )

    def take(self, finished: Finished) -> CompiledSlide:
        """Note what a finished slide brings to the deck."""
        self.converter.diagnostics.extend(iter(finished.diagnostics))
        self.resolver.collector.files.update(finished.files)
        self.resolver.remote.update(finished.remote)
        self.resolver.copied.update(finished.copied)
        self.formula_characters.update(finished.formula_characters)
        return finished.compiled

    def finish_alone(self, resolved: ResolvedSlide) -> CompiledSlide:
        """A slide that is not among those shown, after all stages."""
        return self.take(self.finish(self.begin(resolved), ""))


@dataclass(frozen=True, slots=True)
class Draft:
    """A slide between Markdown and the passes."""

    slide: Slide
    found: Diagnostics
    links: SlideLinks
    defines: Mapping[str, str]
    """Macros that its formulas define, for all slides."""


def finish_slides(slides: Sequence[ResolvedSlide], bench: Bench) -> tuple[CompiledSlide, ...]:
    """All slides of a deck. Those that are on the shelf are taken from it; then it holds these, and no others."""
    keys, records = _kept(slides, bench)
    drafts = {index: bench.begin(slide) for index, slide in enumerate(slides) if keys[index] not in records}

    def links(index: int) -> SlideLinks:
        return drafts[index].links if index in drafts else links_of(records[keys[index]])

    def defined(index: int) -> Mapping[str, str]:
        return drafts[index].defines if index in drafts else defined_by(records[keys[index]])

    check_links(slides, [links(index) for index in range(len(slides))], bench.converter.diagnostics)
    bench.formula_macros.update(gathered(defined(index) for index in range(len(slides))))
    macros = macros_digest(bench.formula_macros)

    compiled: list[CompiledSlide] = []
    shelved: dict[str, Record] = {}
    for index, slide in enumerate(slides):
        key = keys[index]
        record = records.get(key)
        if record is not None and macros_known_to(record) == macros:
            finished = from_record(record, slide, bench.resolver.loader)
        else:
            finished = bench.finish(drafts.get(index) or bench.begin(slide), macros)
            record = as_record(finished, bench.resolver.loader) if bench.shelf is not None else None
        if record is not None:
            shelved[key] = record
        compiled.append(bench.take(finished))
    if bench.shelf is not None and (drafts or shelved.keys() != records.keys()):
        bench.shelf.keep(shelved)
    return tuple(compiled)


def _kept(slides: Sequence[ResolvedSlide], bench: Bench) -> tuple[list[str], dict[str, Record]]:
    """The key of each slide, and what of them is on the shelf."""
    if bench.shelf is None:
        return [""] * len(slides), {}
    assets = bench.resolver
    deck = deck_key(
        bench.settings,
        bench.converter.links,
        assets.lock,
        assets.deck_path,
        assets.collector.mode,
        assets.collector.folder,
    )
    keys = [slide_key(slide, deck, bench.total) for slide in slides]
    kept = bench.shelf.records()
    found = {key: kept[key] for key in keys if key in kept}
    return keys, {key: record for key, record in found.items() if is_current(record, assets.loader)}
