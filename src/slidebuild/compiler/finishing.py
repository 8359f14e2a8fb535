"""Resolved slides to finished ones: Markdown, then the passes, or taken from the shelf as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from slidebuild import dom
from slidebuild.compiler.keeping import (
    Brought,
    Finished,
    as_record,
    counted_on,
    deck_key,
    defined_by,
    from_record,
    gathered,
    is_current,
    known_to,
    links_of,
    mapping_digest,
    slide_key,
)
from slidebuild.compiler.model import CompiledSlide
from slidebuild.compiler.shelves import Record, Shelf
from slidebuild.deck import LinkDefinition, ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes import Passes, may_hold_formulas, may_refer
from slidebuild.passes.assets import AssetCollector, AssetResolver
from slidebuild.passes.counted import LABEL, NO_NUMBERS, Counted, Numbers
from slidebuild.passes.links import SlideLinks, check_links
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Converter, Slide
from slidebuild.source import RecordingLoader

if TYPE_CHECKING:
    from slidebuild.compiler.numbering import Numbering


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
        defines = passes.definitions(slide)
        return Draft(slide, found, links, defines, passes.counted(slide))

    def finish(self, draft: Draft, numbers: Numbers = NO_NUMBERS, known: str = "") -> Finished:
        """A slide after all passes; `known` tells what of other slides it was made with."""
        loader = RecordingLoader(self.resolver.loader)
        collector = AssetCollector(self.resolver.collector.mode, self.resolver.collector.folder)
        assets = AssetResolver(self.resolver.deck_path, loader, collector, draft.found, lock=self.resolver.lock)
        passes = Passes(self.settings, loader, assets, draft.found, self.formula_macros, numbers)
        animations, formula_characters = passes.before_addresses(draft.slide, self.total)
        title, style = passes.addresses(draft.slide)
        content, notes = (dom.serialise(tree) for tree in draft.slide.trees)
        shown = "".join(sorted({*dom.text(draft.slide.content), *dom.text(draft.slide.notes)}))
        where = {id(data): path for path, data in loader.found.items() if data is not None}
        brought = Brought(
            compiled=CompiledSlide(draft.slide.resolved, content, notes, title, style, animations, shown),
            formula_characters=formula_characters,
            files=collector.files,
            remote=assets.remote,
            copied=assets.copied,
            diagnostics=tuple(draft.found),
        )
        paths = {address: where[id(data)] for address, data in collector.files.items() if id(data) in where}
        return Finished(brought, draft.links, draft.defines, known, draft.counted, paths, loader.found)

    def take(self, brought: Brought) -> CompiledSlide:
        """Note what a finished slide brings to the deck."""
        self.converter.diagnostics.extend(iter(brought.diagnostics))
        self.resolver.collector.files.take(brought.files)
        self.resolver.remote.update(brought.remote)
        self.resolver.copied.update(brought.copied)
        self.formula_characters.update(brought.formula_characters)
        return brought.compiled

    def finish_alone(self, resolved: ResolvedSlide) -> CompiledSlide:
        """A slide that is not among those shown, after all stages."""
        return self.take(self.finish(self.begin(resolved)).brought)


@dataclass(frozen=True, slots=True)
class Draft:
    """A slide between Markdown and the passes."""

    slide: Slide
    found: Diagnostics
    links: SlideLinks
    defines: Mapping[str, str]
    """Macros that its formulas define, for all slides."""
    counted: Counted
    """What on it is counted through the deck."""


def finish_slides(slides: Sequence[ResolvedSlide], bench: Bench) -> tuple[CompiledSlide, ...]:
    """All slides of a deck. Those that are on the shelf are taken from it; then it holds these, and no others."""
    keys, records = _kept(slides, bench)
    drafts = {index: bench.begin(slide) for index, slide in enumerate(slides) if keys[index] not in records}

    def links(index: int) -> SlideLinks:
        return drafts[index].links if index in drafts else links_of(records[keys[index]])

    def defined(index: int) -> Mapping[str, str]:
        return drafts[index].defines if index in drafts else defined_by(records[keys[index]])

    def counted(index: int) -> Counted:
        return drafts[index].counted if index in drafts else counted_on(records[keys[index]])

    check_links(slides, [links(index) for index in range(len(slides))], bench.converter.diagnostics)
    bench.formula_macros.update(gathered(defined(index) for index in range(len(slides))))
    numbering = _numbering(slides, [counted(index) for index in range(len(slides))], bench)
    known_of = _Known.of(bench.formula_macros)

    compiled: list[CompiledSlide] = []
    shelved: dict[str, Record] = {}
    for index, slide in enumerate(slides):
        key = keys[index]
        record = records.get(key)
        shown = numbering.of(slide) if numbering is not None else NO_NUMBERS
        known = known_of.to(slide)
        if numbering is not None:
            known += numbering.state(shown)
        if record is not None and known_to(record) == known:
            brought = from_record(record, slide, bench.resolver.loader)
        else:
            finished = bench.finish(drafts.get(index) or bench.begin(slide), shown, known)
            brought = finished.brought
            record = as_record(finished, bench.resolver.loader) if bench.shelf is not None else None
        if record is not None:
            shelved[key] = record
        compiled.append(bench.take(brought))
    if bench.shelf is not None and (drafts or shelved.keys() != records.keys()):
        bench.shelf.keep(shelved)
    return tuple(compiled)


@dataclass(frozen=True, slots=True)
class _Known:
    """What formulas of other slides define, as digests: macros matter where formulas are, labels to references only."""

    macros: str
    labels: str

    @classmethod
    def of(cls, macros: Mapping[str, str]) -> _Known:
        """Of all that the formulas of a deck define."""
        return cls(
            mapping_digest({name: body for name, body in macros.items() if not name.startswith(LABEL)}),
            mapping_digest({name: body for name, body in macros.items() if name.startswith(LABEL)}),
        )

    def to(self, slide: ResolvedSlide) -> str:
        """What of it a slide has to do with."""
        if not (self.macros or self.labels) or not may_hold_formulas(slide):
            return ""
        return self.macros + (self.labels if self.labels and may_refer(slide) else "")


def _numbering(slides: Sequence[ResolvedSlide], counted: Sequence[Counted], bench: Bench) -> Numbering | None:
    """The numbers of what is counted; None where nothing is. Labels of equations become known to all formulas."""
    if not any(counted):
        return None
    from slidebuild.compiler.numbering import number

    numbering = number(slides, counted, bench.settings, bench.converter.diagnostics)
    bench.formula_macros.update(numbering.labels)
    return numbering


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
