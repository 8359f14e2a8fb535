"""The whole site: what has changed is built, what is gone is removed, the pages around the decks are written."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from slidebuild.cache import Cache
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import OutputError, Project, write_file
from slidebuild.project.findings import from_data
from slidebuild.project.output import remove_leftovers
from slidebuild.project.pages import depends_on_files_alone
from slidebuild.records import dataclass
from slidebuild.site import manifest as receipts
from slidebuild.site.changes import Changes
from slidebuild.site.crew import build_decks
from slidebuild.site.order import Order
from slidebuild.site.record import DeckRecord
from slidebuild.site.upkeep import (
    outputs_of,
    refreshed,
    remember,
    remembered,
    remove_outputs,
    still_holds,
)
from slidebuild.source import SourceFile

if TYPE_CHECKING:
    from slidebuild.browser.find import BrowserChoice


@dataclass(frozen=True, slots=True)
class DeckOutcome:
    """What became of a deck."""

    record: DeckRecord
    diagnostics: Diagnostics
    is_built: bool
    """Whether it was built now; not so when nothing had changed."""


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What became of the site."""

    decks: tuple[DeckOutcome, ...]
    removed: tuple[str, ...]
    """Outputs of decks that are gone, and those that decks no longer have."""
    written: bool
    """Whether its pages were written; not so after an error."""
    inputs: tuple[str, ...]
    """All files that it depends on, below the root."""


TITLE: Final = "Talks"
"""Of a site that has none, in its language. The folder's name is no input: the site is the same everywhere."""
Tell: TypeAlias = Callable[[DeckOutcome], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """Builds a site."""

    order: Order
    project: Project
    browser: BrowserChoice | None
    jobs: int
    changes: Changes | None = None
    """Decks that have none are left as they are."""

    def build(self, decks: Sequence[str], tell: Tell, diagnostics: Diagnostics) -> SiteOutcome:
        """Bring all outputs up to date; `tell` hears of each deck, in order.

        Raises BuildCrashError, NoBrowserError.
        """
        cache = self.order.open_cache()
        outcomes = self._decks(decks, cache, tell)
        records = [outcome.record for outcome in outcomes if outcome.record.outputs]
        inputs = tuple(sorted({path for outcome in outcomes for path in outcome.record.inputs}))
        has_failed = diagnostics.has_errors or any(outcome.record.has_failed for outcome in outcomes)
        if has_failed:
            return SiteOutcome(tuple(outcomes), (), written=False, inputs=inputs)
        removed = self._finish(records, outcomes, diagnostics)
        return SiteOutcome(tuple(outcomes), removed, written=not diagnostics.has_errors, inputs=inputs)

    def _decks(self, decks: Sequence[str], cache: Cache, tell: Tell) -> list[DeckOutcome]:
        kept = {deck: record for deck in decks if (record := self._kept(deck, cache)) is not None}
        due = [deck for deck in decks if deck not in kept]
        outcomes = []
        with closing(build_decks(self.order, due, max(1, min(self.jobs, len(due))))) as built:
            for deck in decks:
                outcome = self._outcome(kept.get(deck), built, cache)
                outcomes.append(outcome)
                tell(outcome)
        return outcomes

    def _outcome(self, kept: DeckRecord | None, built: Iterator[DeckRecord], cache: Cache) -> DeckOutcome:
        record = kept or next(built)
        if kept is None and not record.has_failed and not record.is_skipped:
            remember(self.order, cache, record)
        found = Diagnostics()
        if record.findings:
            found.extend(from_data(dict(record.findings)))
        return DeckOutcome(record, found, is_built=kept is None and not record.is_skipped)

    def _kept(self, deck: str, cache: Cache) -> DeckRecord | None:
        """The record of a deck that need not be built. Macros and installed themes may depend on anything."""
        if not depends_on_files_alone(self.project):
            return None
        started = time.time_ns()
        record = remembered(self.order, cache, deck)
        if record is None or not still_holds(record, self.order):
            return None
        fresh = refreshed(record, self.order, started)
        if fresh is not record:
            remember(self.order, cache, fresh)
        return fresh

    def _finish(
        self, records: Sequence[DeckRecord], outcomes: Sequence[DeckOutcome], diagnostics: Diagnostics
    ) -> tuple[str, ...]:
        """Write the pages of the site and the manifest; those that are as they were are left alone."""
        from slidebuild.site.links import check_links

        skipped = [outcome.record for outcome in outcomes if outcome.record.is_skipped]
        check_links(records, skipped, self._text, diagnostics)
        old = self._old_manifest()
        pages = self._pages(records, diagnostics)
        if diagnostics.has_errors:
            return ()
        digests = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in pages.items()}
        data = receipts.manifest(self.order, self._environment(outcomes, old), records, digests)
        if skipped:  # decks that were left alone keep their place
            data["decks"] = {**old.get("decks", {}), **data["decks"]}
        fence = self.project.fence
        try:
            for path, text in pages.items():
                write_file(self.order.output / path, text.encode(), fence, is_lasting=False)
            listed = outputs_of(data["decks"]) | set(pages) | {receipts.NAME}
            gone = remove_outputs(
                self.order.output, outputs_of(old.get("decks", {})) | set(old.get("site", {})), listed
            )
            write_file(self.order.output / receipts.NAME, receipts.as_text(data).encode(), fence)
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=str(self.order.output))
            return ()
        remove_leftovers(self.order.output)
        return tuple(gone)

    def _pages(self, records: Sequence[DeckRecord], diagnostics: Diagnostics) -> dict[str, str]:
        from slidebuild.settings import build_settings
        from slidebuild.site.pages import Site, site_pages
        from slidebuild.site.speech import Speech
        from slidebuild.theme import find_theme

        layers = (self.project.settings, *self.project.stronger)
        settings = build_settings(layers, Diagnostics())  # its faults were told with the decks
        theme = find_theme(settings.theme, diagnostics, self.project.themes())
        title = settings.site.title or settings.title or Speech.of(settings.lang).say(TITLE)
        changed = {record.deck for record in records if self._has_changed(record)}
        return site_pages(Site(title, settings, theme, self.order.since, changed), records, diagnostics)

    def _text(self, deck: str) -> SourceFile | None:
        data = self.project.read_deck(deck, Diagnostics())
        return decode(deck, data, Diagnostics()) if data is not None else None

    def _has_changed(self, record: DeckRecord) -> bool:
        return self.changes is not None and self.changes.touch(record.inputs)

    def _environment(self, outcomes: Sequence[DeckOutcome], old: Mapping[str, Any]) -> Mapping[str, object]:
        """What the manifest tells of it. Where no deck had to be built it is what it was: it is part of their keys."""
        from slidebuild.site.environment import environment

        is_same = not any(outcome.is_built for outcome in outcomes) and old.get("pdf") == self.order.has_pdf
        known: Mapping[str, object] | None = old.get("environment") if is_same else None
        return known or environment(self.browser)

    def _old_manifest(self) -> dict[str, Any]:
        try:
            return receipts.read_manifest(self.order.output / receipts.NAME)
        except (OSError, receipts.ManifestError):
            return {}
