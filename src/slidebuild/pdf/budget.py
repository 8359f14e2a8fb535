"""`pdf.max_mb`: a file that exceeds it is reported with what weighs most."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Final

from pikepdf import Name, Object, Pdf, Stream

from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.font_parts import font_bytes
from slidebuild.pdf.job import PrintJob

_NAMED: Final = 3
"""Pages told."""
_SHARE: Final = 0.01
"""Of the file; lighter pages are not worth telling."""


def report_size(data: bytes, job: PrintJob, diagnostics: Diagnostics) -> None:
    """Warn when a file is larger than `job.max_mb`, naming its heaviest pages and their largest pictures."""
    if job.max_mb is None or len(data) <= job.max_mb * 1e6:
        return
    with Pdf.open(BytesIO(data)) as pdf:
        pictures = [_pictures(page.obj) for page in pdf.pages]
    weights = Counter({index: sum(size for size, _ in found) for index, found in enumerate(pictures)})
    told = []
    for index, weight in weights.most_common(_NAMED):
        if weight < _SHARE * len(data):
            continue
        size, pixels = max(pictures[index])
        page = job.pages[index]
        told.append(
            f"page {page.label}, “{page.title}”: {weight / 1e6:.1f} MB (a picture of {pixels}: {size / 1e6:.1f} MB)"
        )
    diagnostics.add(
        "pdf-too-large",
        f"the PDF has {len(data) / 1e6:.1f} MB, more than the {job.max_mb:g} MB of pdf.max_mb",
        job.pages[weights.most_common(1)[0][0]].span,
        hint="; ".join(told) or "no picture weighs much: fonts and text do",
    )


def _pictures(page: Object) -> list[tuple[int, str]]:
    """Bytes and pixels of the pictures of a page, those in forms and their masks included."""
    found, seen, waiting = [], set(), [page.get(Name.Resources)]
    while waiting:
        resources = waiting.pop()
        for obj in (resources.get(Name.XObject) or {}).values() if resources is not None else ():
            if not isinstance(obj, Stream) or obj.objgen in seen:
                continue
            seen.add(obj.objgen)
            if obj.get(Name.Subtype) == Name.Image:
                mask = obj.get(Name.SMask)
                size = len(obj.read_raw_bytes()) + (len(mask.read_raw_bytes()) if isinstance(mask, Stream) else 0)
                found.append((size, f"{int(obj.Width)}x{int(obj.Height)} pixels"))
            else:
                waiting.append(obj.get(Name.Resources))
    return found


def font_sizes(data: bytes) -> dict[str, int]:
    """What the fonts of a file take, by name, in bytes as stored; Type 3 fonts together as `drawn glyphs`."""
    with Pdf.open(BytesIO(data)) as pdf:
        return font_bytes(pdf)
