"""Printing slides one by one, and only those that are not in the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.loading import report_loading
from slidebuild.pdf.page_cache import digests, machine, named_in, page_key
from slidebuild.pdf.part import Part, settled
from slidebuild.pdf.pictures import measure, wanted_sizes
from slidebuild.pdf.resample import Size, is_picture, resample
from slidebuild.pdf.slices import Slices, slices
from slidebuild.pdf.still_svg import still_files
from slidebuild.pdf.survey import page_addresses, prepare


class Entangled(Exception):  # noqa: N818 (named as what it is)
    """A slide that does not print as one page of its own; printed with the others it can be said why."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A deck whose slides do not depend on one another."""

    job: PrintJob
    cut: Slices
    sheet: Sheet
    addresses: Mapping[str, int]
    """What `#…` leads to."""

    @classmethod
    def of(cls, job: PrintJob, sheet: Sheet) -> Alone | None:
        """The deck of a job; None when its slides have to be printed together."""
        cut = None if job.javascript else slices(job.html)
        if cut is None or len(cut.slides) != len(job.pages):
            return None
        return cls(job, cut, sheet, page_addresses(job.pages))

    def print(self, session: Session, diagnostics: Diagnostics) -> tuple[Part, ...]:
        """All slides, from the cache or the browser, which is not started if all are kept. Raises Entangled."""
        keys = self._keys(session) if self.job.cache is not NO_CACHE else {}
        kept = {index: data for index, key in keys.items() if (data := self.job.cache.get(key)) is not None}
        parts = {index: Part.unpack(data) for index, data in kept.items()}
        missing = [index for index in range(len(self.cut.slides)) if index not in parts]
        if missing:
            found = Diagnostics()
            for index, part, is_whole in _Printing(self, session, found).run(missing):
                parts[index] = part
                if is_whole and index in keys:
                    self.job.cache.put(keys[index], part.pack())
            diagnostics.extend(iter(found))
        return tuple(parts[index] for index in range(len(self.cut.slides)))

    def html(self, index: int) -> str:
        """The page that a slide is printed from."""
        return self.cut.alone(index, self.addresses)

    def leads(self, index: int) -> dict[str, int]:
        """The slides that a slide links to, by what stands after the `#`."""
        return {name: self.addresses[name] for name in sorted(self.cut.targets(index)) if name in self.addresses}

    def _keys(self, session: Session) -> dict[int, str]:
        where, files = machine(session.choice), digests(self.job.assets)
        common = set(named_in(f"{self.cut.head}{self.cut.tail}", files))
        size = (self.job.width_px, self.job.height_px)
        keys = {}
        for index, slide in enumerate(self.cut.slides):
            used = [files[name] for name in sorted(common.union(named_in(slide, files)))]
            more = (size, self.job.dpi, self.leads(index))
            keys[index] = page_key("printed-slide", where, self.html(index), used, *more)
        return keys


@dataclass(frozen=True, slots=True)
class _Printing:
    deck: Alone
    session: Session
    diagnostics: Diagnostics

    def run(self, missing: Sequence[int]) -> Iterator[tuple[int, Part, bool]]:
        """The slides asked for, each with its index and whether all of it loaded; those without big pictures first."""
        job = self.deck.job
        assets = still_files(job.assets, self.session)
        width, height = self.deck.sheet.size
        first = self.deck.cut.some(set(missing))
        with (
            ThreadPoolExecutor(2, "slidebuild-parts") as pool,
            self.session.page(first, assets, width=width, height=height, timeout=job.timeout) as page,
        ):
            sizes = self._sizes(page, assets, missing)
            wanted = [one for index in missing for one in sizes[index].items()]
            smaller = pool.submit(resample, assets, wanted, job.cache)
            waiting: list[tuple[int, Future[Part], bool]] = []
            for index in sorted(missing, key=lambda index: (bool(sizes[index]), index)):
                shown = dict(assets)
                if sizes[index]:
                    made = smaller.result()
                    shown |= {name: made[one] for one in sizes[index].items() if one in made for name in one[:1]}
                links, printed, is_whole = self._one(page, index, shown)
                waiting.append((index, pool.submit(self._part, printed, links, page), is_whole))
            for index, part, is_whole in waiting:
                yield index, part.result(), is_whole

    def _sizes(self, page: Page, assets: Mapping[str, bytes], missing: Sequence[int]) -> dict[int, Mapping[str, Size]]:
        """What pictures are to be resampled to, by slide."""
        dpi = self.deck.job.dpi
        if dpi is None or not any(map(is_picture, assets.values())):
            return {index: {} for index in missing}
        uses = measure(page)
        return {
            index: wanted_sizes(
                self.deck.cut.around(index), assets, (use for use in uses if use.slide in (index, -1)), dpi
            )
            for index in missing
        }

    def _one(
        self, page: Page, index: int, assets: Mapping[str, bytes]
    ) -> tuple[tuple[str, tuple[tuple[str, float, float], ...]], bytes, bool]:
        sheet = self.deck.sheet
        page.show(self.deck.html(index), assets)
        not_loaded = page.wait()
        survey = prepare(page, sheet, self.deck.leads(index))
        if len(survey.ids) != len(self.deck.job.pages) or survey.sizes[index] != (sheet.width, sheet.height):
            raise Entangled
        printed = page.print_pdf(*sheet.size)
        is_whole = report_loading(self.deck.job, page, not_loaded, self.diagnostics)
        links = tuple((link.name, link.x, link.y) for link in survey.links if link.page == index)
        return (survey.ids[index], links), printed, is_whole

    def _part(self, printed: bytes, known: tuple[str, tuple[tuple[str, float, float], ...]], page: Page) -> Part:
        pdf = settled(printed, self.deck.sheet, page.site.relative)
        if pdf is None:
            raise Entangled
        return Part(pdf, *known)
