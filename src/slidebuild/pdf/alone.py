"""A deck put together from its slides, none of which depends on another: those that are kept, and those printed now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from slidebuild.browser.crew import with_one
from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.chunks import MOST, Chunk, chunks
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.loading import report_loading
from slidebuild.pdf.page_cache import Named, page_key, where
from slidebuild.pdf.part import Part
from slidebuild.pdf.resample import Size, resample
from slidebuild.pdf.slices import Slices, slices
from slidebuild.pdf.survey import page_addresses

if TYPE_CHECKING:
    from slidebuild.pdf.press import Press, Sheaf


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
    files: Named
    """What the slides show."""

    @classmethod
    def of(cls, job: PrintJob, sheet: Sheet) -> Alone | None:
        """The deck of a job; None when its slides have to be printed together."""
        cut = None if job.javascript else slices(job.html)
        if cut is None or len(cut.slides) != len(job.pages):
            return None
        return cls(job, cut, sheet, page_addresses(job.pages), Named.of(job.assets))

    def print(self, session: Session, diagnostics: Diagnostics) -> tuple[Part, ...]:
        """All slides, from the cache or the browser, which is not started if all are kept. Raises Entangled."""
        keys = self._keys(session) if self.job.cache is not NO_CACHE else {}
        kept = {index: data for index, key in keys.items() if (data := self.job.cache.get(key)) is not None}
        parts = {index: Part.unpack(data) for index, data in kept.items()}
        missing = [index for index in range(len(self.cut.slides)) if index not in parts]
        if missing:
            found = Diagnostics()
            parts |= _Printing(self, session, found, keys).run(missing)
            diagnostics.extend(iter({(item.code, item.message, item.span): item for item in found}.values()))
        return tuple(parts[index] for index in range(len(self.cut.slides)))

    def used(self, index: int) -> list[str]:
        """The files that a slide can show, by address."""
        return sorted({*self.files.within("".join(self.cut.frame)), *self.files.within(self.cut.slides[index])})

    def _keys(self, session: Session) -> dict[int, str]:
        common = self.files.within("".join(self.cut.frame))
        frame = sha256("\0".join(self.cut.frame).encode("utf-8", "surrogatepass")).hexdigest()
        browser = where(session)
        size = (self.job.width_px, self.job.height_px)
        keys = {}
        for index, slide in enumerate(self.cut.slides):
            used = [self.files.digests[name] for name in sorted({*common, *self.files.within(slide)})]
            leads = {name: self.addresses[name] for name in self.cut.targets(index) if name in self.addresses}
            shape = "\0".join(self.cut.shape(index, self.addresses))
            keys[index] = page_key("printed-slide", browser, shape, used, frame, size, self.job.dpi, leads)
        return keys


@dataclass(slots=True)
class _Printing:
    """Slides that have to be printed."""

    deck: Alone
    session: Session
    diagnostics: Diagnostics
    keys: Mapping[int, str]

    def run(self, missing: Sequence[int]) -> dict[int, Part]:
        """The slides asked for; those without large pictures are printed while those are made smaller."""
        from slidebuild.pdf.press import Press
        from slidebuild.pdf.still_svg import still_files

        job = self.deck.job
        assets = with_one(self.session, lambda session: still_files(job.assets, session))
        sizes = with_one(self.session, lambda session: self._sizes(session, assets, missing))
        wanted = [(address, size) for own in sizes.values() for address, size in own.items() if size is not None]
        with ThreadPoolExecutor(1, "slidebuild-smaller") as pool:
            smaller = pool.submit(resample, assets, wanted, job.cache)
            press = Press(
                self.session, self.deck.cut, self.deck.addresses, self.deck.sheet, job.timeout, assets, smaller
            )
            parts, again = self._parts(press, chunks(missing, sizes))
            apart = [Chunk((index,), _only(sizes.get(index, {}))) for index in again]
            found, rest = self._parts(press, apart)
        if rest:
            raise Entangled
        return parts | found

    def _parts(self, press: Press, todo: Sequence[Chunk]) -> tuple[dict[int, Part], list[int]]:
        """Printed slides by index, and those that have to be printed apart from others."""
        parts: dict[int, Part] = {}
        again: list[int] = []
        for sheaf in press.run(todo) if todo else ():
            for index, part in self._cut(sheaf):
                if part is None:
                    again.append(index)
                else:
                    parts[index] = part
        return parts, again

    def _cut(self, sheaf: Sheaf) -> list[tuple[int, Part | None]]:
        from slidebuild.pdf.page_cut import cut_pages

        printed, survey, sheet = sheaf.printed, sheaf.printed.survey, self.deck.sheet
        right = (sheet.width, sheet.height)
        if len(survey.ids) != len(self.deck.job.pages) or any(survey.sizes[index] != right for index in printed.slides):
            raise Entangled
        pages = cut_pages(printed, sheet)
        if pages is None:
            raise Entangled
        is_whole = report_loading(self.deck.job, sheaf.loading, self.diagnostics)
        is_ours = sheaf.session is self.session or where(sheaf.session) == where(self.session)
        found: list[tuple[int, Part | None]] = []
        for index, page in zip(printed.slides, pages, strict=True):
            links = tuple((link.name, link.x, link.y) for link in survey.links if link.page == index)
            amiss = tuple(finding.on(0) for finding in survey.findings if finding.page == index)
            part = None if page is None else Part(page, survey.ids[index], links, amiss)
            if part is not None and is_whole and is_ours and index in self.keys:
                self.deck.job.cache.put(self.keys[index], part.pack())
            found.append((index, part))
        return found

    def _sizes(
        self, session: Session, assets: Mapping[str, bytes], missing: Collection[int]
    ) -> dict[int, Mapping[str, Size | None]]:
        """What pictures are to be resampled to, by slide; slides without pictures are left out."""
        from slidebuild.pdf.pictures import measure, natural_sizes, wanted_sizes
        from slidebuild.pdf.stand_ins import stand_in

        dpi = self.deck.job.dpi
        known = natural_sizes(assets) if dpi is not None else {}
        shown = {index: [name for name in self.deck.used(index) if name in known] for index in missing} if known else {}
        asked = [index for index, names in shown.items() if names]
        empty = {**assets, **{name: stand_in(size) for name, size in known.items()}}
        found: dict[int, Mapping[str, Size | None]] = {}
        width, height = self.deck.sheet.size
        for start in range(0, len(asked), MOST):
            part = asked[start : start + MOST]
            html = self.deck.cut.together(part, self.deck.addresses)
            with session.page(html, empty, width=width, height=height, timeout=self.deck.job.timeout) as page:
                uses = measure(page, self.deck.sheet)
            for index in part:
                own = [use for use in uses if use.slide in (index, -1)]
                wanted = wanted_sizes(self.deck.cut.around(index), known, own, dpi or 0)
                found[index] = {name: wanted.get(name) for name in shown[index]}
        return found


def _only(sizes: Mapping[str, Size | None]) -> dict[str, Size]:
    return {address: size for address, size in sizes.items() if size is not None}
