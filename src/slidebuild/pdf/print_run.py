"""Slides that have to be printed: most with blank pictures in the browser, which get theirs afterwards.

What cannot be printed so is printed again as it is: slides that show part of a picture (`cover`) or change its colours,
and those whose fonts cannot be told from their neighbours'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import field
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from slidebuild.browser.crew import with_one
from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.alone import Alone, Entangled
from slidebuild.pdf.chunks import Chunk, chunks
from slidebuild.pdf.grafts import Grafts, Painter, Sizes, put_in
from slidebuild.pdf.loading import report_loading
from slidebuild.pdf.page_cache import where
from slidebuild.pdf.part import Part
from slidebuild.pdf.picture_file import Size
from slidebuild.pdf.picture_object import PictureObject
from slidebuild.pdf.pictures import Use, measure, pictures_among
from slidebuild.pdf.press import Files, Press, Replace, Sheaf, Sift
from slidebuild.pdf.still_svg import still_files
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from pikepdf import Pdf

    from slidebuild.pdf.page_cut import Fill

_Made: TypeAlias = Mapping[str, Future[PictureObject | None]]


@dataclass(slots=True)
class PrintRun:
    """Prints slides of a deck."""

    deck: Alone
    session: Session
    diagnostics: Diagnostics
    keys: Mapping[int, str]
    """Where slides are kept."""

    def run(self, missing: Sequence[int], meanwhile: Iterable[object]) -> dict[int, Part]:
        """The slides asked for. `meanwhile` goes on, step by step, until the browser has printed something.

        Raises Entangled.
        """
        job, deck = self.deck.job, self.deck
        assets = with_one(self.session, lambda session: still_files(job.assets, session))
        slides = [deck.cut.slides[index] for index in missing]
        shown = set(deck.files.within("".join(slides))) - set(deck.common)
        pictures = pictures_among({name: assets[name] for name in shown}, job.cache)
        grafts = Grafts.of(pictures, slides, job.dpi, deck.sheet, job.cache)
        with Painter(assets, job.cache) as painter:
            first = _Measured(self.deck, grafts, painter)
            press = self._press(assets, lambda _: grafts.stand_ins, first.sift, chain(meanwhile, _ahead(pictures)))
            parts = self._parts(press, chunks(missing, {}), first.fill)
            left = [index for index in missing if index not in parts]
            together = [index for index in left if index in first.sizes and index not in first.made]
            press = self._press(assets, _smaller(painter), _everything)
            parts |= self._parts(press, chunks(together, first.sizes))
            apart = [Chunk((index,), _only(first.sizes.get(index, {}))) for index in left if index not in parts]
            parts |= self._parts(press, apart)
        if any(index not in parts for index in missing):
            raise Entangled
        return parts

    def _press(
        self, assets: Mapping[str, bytes], replace: Replace, sift: Sift, meanwhile: Iterable[object] = ()
    ) -> Press:
        deck = self.deck
        files = Files(deck.files, assets, replace)
        return Press(self.session, deck.cut, deck.addresses, deck.sheet, deck.job.timeout, files, sift, meanwhile)

    def _parts(self, press: Press, todo: Sequence[Chunk], fill: Fill | None = None) -> dict[int, Part]:
        """Printed slides by index; those are left out that cannot be cut out, or filled."""
        parts: dict[int, Part] = {}
        for sheaf in press.run(todo) if todo else ():
            parts.update(self._cut(sheaf, fill))
        return parts

    def _cut(self, sheaf: Sheaf, fill: Fill | None) -> Iterator[tuple[int, Part]]:
        printed, sheet = sheaf.printed, self.deck.sheet
        is_whole = report_loading(self.deck.job, sheaf.loading, self.diagnostics)
        if printed is None:
            return
        survey, right = printed.survey, (sheet.width, sheet.height)
        if len(survey.ids) != len(self.deck.job.pages) or any(survey.sizes[index] != right for index in printed.slides):
            raise Entangled
        from slidebuild.pdf.page_cut import cut_pages  # loads pikepdf: there is time once the browser is at work

        pages = cut_pages(printed, sheet, fill)
        if pages is None:
            raise Entangled
        is_ours = sheaf.session is self.session or where(sheaf.session) == where(self.session)
        for index, page in zip(printed.slides, pages, strict=True):
            if page is None:
                continue
            links = tuple((link.name, link.x, link.y) for link in survey.links if link.page == index)
            amiss = tuple(finding.on(0) for finding in survey.findings if finding.page == index)
            part = Part(page.pdf, survey.ids[index], links, amiss, page.drawn)
            if is_whole and is_ours and index in self.keys:
                self.deck.job.cache.put(self.keys[index], part.pack())
            yield index, part


@dataclass(slots=True)
class _Measured:
    """What is known of the pictures of slides, once they were measured."""

    deck: Alone
    grafts: Grafts
    painter: Painter
    sizes: dict[int, Sizes] = field(default_factory=dict)
    """By slide; those without pictures are left out."""
    made: dict[int, _Made] = field(default_factory=dict)
    """The pictures that are put into a slide's page; slides that need theirs in the browser are left out."""

    def sift(self, chunk: Chunk, page: Page) -> Collection[int]:
        """The slides whose pictures are put in later, or that have none; their pictures are begun with."""
        shown = {index: self._shown(index) for index in chunk.slides}
        if not any(shown.values()):
            return chunk.slides
        uses = measure(page, self.deck.sheet)
        return [index for index, names in shown.items() if not names or self._is_ready(index, names, uses)]

    def fill(self, index: int, pdf: Pdf) -> bool:
        """Put the pictures of a slide into its page; False if that cannot be."""
        made = self.made.get(index)
        return not made or put_in(pdf, made, self.grafts.stand_ins)

    def _shown(self, index: int) -> list[str]:
        return [name for name in self.deck.files.within(self.deck.cut.slides[index]) if name in self.grafts.pictures]

    def _is_ready(self, index: int, names: Collection[str], uses: Collection[Use]) -> bool:
        own, html = [use for use in uses if use.slide in (index, -1)], self.deck.cut.around(index)
        sizes = self.sizes[index] = self.grafts.sizes(html, names, own)
        if not self.grafts.can_be_put_in(html, sizes, own):
            self.painter.smaller(_only(sizes))
            return False
        drawn = {use.address for use in own if use.is_whole and use.width > 0} & self.grafts.stand_ins.keys()
        self.made[index] = self.painter.objects({name: size for name, size in sizes.items() if name in drawn})
        return True


def _smaller(painter: Painter) -> Replace:
    """Pictures in the sizes that a chunk wants, for slides that show theirs in the browser."""

    def replace(chunk: Chunk) -> Mapping[str, bytes]:
        made = {address: work.result() for address, work in painter.smaller(chunk.sizes).items()}
        return {address: data for address, data in made.items() if data is not None}

    return replace


def _ahead(pictures: Collection[str]) -> Iterator[None]:
    """Load what looks at pictures in printed pages, if there are any."""
    if pictures:
        yield
        from PIL import Image  # noqa: F401


def _everything(chunk: Chunk, _: Page) -> Collection[int]:
    return chunk.slides


def _only(sizes: Sizes) -> dict[str, Size]:
    return {address: size for address, size in sizes.items() if size is not None}
