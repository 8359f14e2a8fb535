"""One printed slide, as it is kept: its page, and what was known of it before it was printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pikepdf import Name, ObjectStreamMode, Pdf, PdfError, String

from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.shrink import shrink_images

OWN: Final = "slidebuild-page:"
"""Scheme that stands for the deck's own address in links until they are settled."""


@dataclass(frozen=True, slots=True)
class Part:
    """A slide printed alone."""

    pdf: bytes
    box: str
    """Id of the slide's box."""
    links: tuple[tuple[str, float, float], ...]
    """Name and place of its links, as in `LinkBox`."""

    def pack(self) -> bytes:
        """As bytes."""
        return json.dumps([self.box, self.links]).encode() + b"\n" + self.pdf

    @classmethod
    def unpack(cls, data: bytes) -> Part:
        """From the bytes of `pack`."""
        head, _, pdf = data.partition(b"\n")
        box, links = json.loads(head)
        return cls(pdf, box, tuple((name, x, y) for name, x, y in links))


def settled(printed: bytes, sheet: Sheet, relative: Callable[[str], str | None]) -> bytes | None:
    """What the browser printed, without what varies from run to run; None when it is not one page of the sheet's size.

    `relative` tells addresses of the page itself, as for `LinkRules`.
    """
    try:
        with Pdf.open(BytesIO(printed)) as pdf:
            if len(pdf.pages) != 1 or tuple(pdf.pages[0].mediabox) != sheet.printed_box:
                return None
            if Name.Info in pdf.trailer:
                del pdf.trailer[Name.Info]
            if Name.Outlines in pdf.Root:
                del pdf.Root[Name.Outlines]
            for annotation in pdf.pages[0].obj.get(Name.Annots, []):
                action = annotation.get(Name.A)
                if action is None or Name.URI not in action:
                    continue
                own = relative(str(action.URI))
                if own is not None:
                    action.URI = String(OWN + own)
            shrink_images(pdf)
            out = BytesIO()
            pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
            return out.getvalue()
    except PdfError:
        return None


def own_address(uri: str) -> str | None:
    """The relative address that `settled` found in a link."""
    return uri.removeprefix(OWN) if uri.startswith(OWN) else None
