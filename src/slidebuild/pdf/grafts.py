"""Pictures put into printed pages, in place of blank ones that the browser laid out and drew.

A browser unpacks every picture and deflates its pixels anew, one after the other; here it is done for those that are
printed, in the pixels that they need, on all cores and while the browser goes on.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import field
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.picture_file import PictureFile, Size
from slidebuild.pdf.picture_object import PictureObject, picture_object
from slidebuild.pdf.pictures import CSS_DPI, Use, can_be_put_in, wanted_sizes
from slidebuild.pdf.resample import resampled
from slidebuild.pdf.stand_ins import stand_in
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from pikepdf import Pdf

_MOST: Final = 8
"""Threads: each may hold a picture of 90 million pixels."""

Sizes: TypeAlias = Mapping[str, Size | None]
"""What the pictures of a slide are resampled to, by address; None for those that stay as they are."""


@dataclass(frozen=True, slots=True)
class Grafts:
    """The pictures of a deck that slides may show, and what stands for them in the browser."""

    pictures: Mapping[str, PictureFile]
    dpi: int
    stand_ins: Mapping[str, bytes]
    """Of pictures that may be put in, and of large ones; the browser gets the others as they are."""

    @classmethod
    def of(
        cls,
        pictures: Mapping[str, PictureFile],
        slides: Sequence[str],
        dpi: int | None,
        sheet: Sheet,
        cache: Cache = NO_CACHE,
    ) -> Grafts:
        """For some slides; no stand-ins where no picture is to be resampled (`dpi` None).

        Whether a slide gets its pictures put in must not depend on the others: one that needs the real picture finds
        the stand-in that another one wants, and is printed again.
        """
        if dpi is None:
            return cls({}, 0, {})
        pixels = sheet.width * sheet.height * (dpi / CSS_DPI) ** 2
        blanks = {
            address: stand_in(address, one.size, cache)
            for address, one in pictures.items()
            if one.size[0] * one.size[1] > pixels or any(_is_element(slide, address) for slide in slides)
        }
        return cls(pictures, dpi, blanks)

    def sizes(self, html: str, shown: Collection[str], uses: Iterable[Use]) -> Sizes:
        """Those of the pictures shown on a slide. `html`: the slide and all around it; `uses`: of pictures in it."""
        natural = {address: self.pictures[address].size for address in shown}
        wanted = wanted_sizes(html, natural, uses, self.dpi)
        return {address: wanted.get(address) for address in shown}

    def can_be_put_in(self, html: str, sizes: Sizes, uses: Sequence[Use]) -> bool:
        """Whether all pictures of a slide that need it can be put into its page."""
        return all(
            can_be_put_in(html, address, self.pictures[address], [use for use in uses if use.address == address])
            if address in self.stand_ins
            else size is None
            for address, size in sizes.items()
        )


def _is_element(html: str, address: str) -> bool:
    """Whether elements show a picture, and no style sheet does."""
    written = escape(quote(address))
    return 0 < html.count(written) == html.count(f' src="{written}"') + html.count(f' href="{written}"')


@dataclass(slots=True)
class Painter:
    """Makes pictures in threads, each once; use it as a context."""

    files: Mapping[str, bytes]
    cache: Cache
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST), "slidebuild-pictures")
    )
    _objects: dict[tuple[str, Size | None], Future[PictureObject | None]] = field(default_factory=dict)
    _smaller: dict[tuple[str, Size], Future[bytes | None]] = field(default_factory=dict)

    def __enter__(self) -> Painter:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def objects(self, sizes: Sizes) -> Mapping[str, Future[PictureObject | None]]:
        """As a PDF holds them, by address; None is a picture that is broken."""
        for address, size in sizes.items():
            if (address, size) not in self._objects:
                work = self._threads.submit(picture_object, self.files[address], size, self.cache)
                self._objects[address, size] = work
        return {address: self._objects[address, size] for address, size in sizes.items()}

    def smaller(self, sizes: Mapping[str, Size]) -> Mapping[str, Future[bytes | None]]:
        """As files for the browser, by address; None is one that did not gain."""
        for address, size in sizes.items():
            if (address, size) not in self._smaller:
                work = self._threads.submit(resampled, self.files[address], size, self.cache)
                self._smaller[address, size] = work
        return {address: self._smaller[address, size] for address, size in sizes.items()}


def put_in(pdf: Pdf, made: Mapping[str, Future[PictureObject | None]], stand_ins: Mapping[str, bytes]) -> bool:
    """Put pictures in place of their stand-ins; False if one is broken, or was not drawn as it was given."""
    from pikepdf import Name, Stream

    places = {stand_ins[address]: address for address in made}
    found = set()
    for obj in list(pdf.objects):
        if isinstance(obj, Stream) and obj.get(Name.Subtype) == Name.Image and obj.get(Name.Filter) == Name.DCTDecode:
            address = places.get(obj.read_raw_bytes())
            if address is None:
                continue
            picture = made[address].result()
            if picture is None:
                return False
            picture.write(pdf, obj)
            found.add(address)
    return found == made.keys()
