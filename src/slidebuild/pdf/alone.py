"""A deck put together from its slides, none of which depends on another: those that are kept, and those printed now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import TypeAlias

from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.page_cache import Named, page_key, where
from slidebuild.pdf.part import Part
from slidebuild.pdf.slices import Slices, slices
from slidebuild.pdf.survey import page_addresses
from slidebuild.records import dataclass

Meanwhile: TypeAlias = Callable[[Mapping[int, Part]], Iterable[object]]
"""What is done, step by step, while the browser prints; gets the slides that are kept, by index."""


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
    def of(cls, job: PrintJob, sheet: Sheet, files: Named) -> Alone | None:
        """The deck of a job, with the names of its files; None when its slides have to be printed together."""
        cut = None if job.javascript else slices(job.html)
        if cut is None or len(cut.slides) != len(job.pages):
            return None
        return cls(job, cut, sheet, page_addresses(job.pages), files)

    def print(self, session: Session, diagnostics: Diagnostics, meanwhile: Meanwhile) -> tuple[Part, ...]:
        """All slides, from the cache or the browser, which is not started if all are kept. Raises Entangled."""
        keys = self._keys(session) if self.job.cache is not NO_CACHE else {}
        kept = {index: data for index, key in keys.items() if (data := self.job.cache.get(key)) is not None}
        parts = {index: Part.unpack(data) for index, data in kept.items()}
        missing = [index for index in range(len(self.cut.slides)) if index not in parts]
        if missing:
            from slidebuild.pdf.print_run import PrintRun

            found = Diagnostics()
            parts |= PrintRun(self, session, found, keys).run(missing, meanwhile(parts))
            diagnostics.extend(iter({(item.code, item.message, item.span): item for item in found}.values()))
        return tuple(parts[index] for index in range(len(self.cut.slides)))

    @property
    def common(self) -> list[str]:
        """The files that all slides can show, by address."""
        return self.files.within("".join(self.cut.frame))

    def _keys(self, session: Session) -> dict[int, str]:
        common = self.common
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
