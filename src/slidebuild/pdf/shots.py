"""Slides as PNG pictures: the pages of the PDF, photographed instead of printed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from math import ceil
from typing import Final

from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled
from slidebuild.diagnostics import Diagnostics
from slidebuild.installed import PACKAGE
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.lay_out import lay_out_script
from slidebuild.pdf.loading import Loading, report_loading
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.selection import EVERYTHING, Selection
from slidebuild.pdf.still_svg import still_files
from slidebuild.pdf.twin import plan_job
from slidebuild.records import dataclass

_SHOW: Final = """(shown) => document.querySelectorAll(".remark-slide-container").forEach((box, index) =>
  box.style.setProperty("display", index === shown ? "block" : "none", "important"))"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a slide."""

    number: int
    """What addresses the slide after the `#`; a slide's steps have numbers of their own."""
    page: PlannedPage
    data: bytes
    """PNG."""


def shoot(
    compiled: Compiled,
    session: Session,
    diagnostics: Diagnostics,
    *,
    selection: Selection = EVERYTHING,
    scale: float = 1.0,
    width: int | None = None,
    timeout: float = 60.0,
) -> tuple[Shot, ...]:
    """Pictures of the pages that the PDF has; none when an error stands in the way.

    `scale`: pixels for each CSS px, of which a slide has 681 in height. `width` in pixels goes before it: such pictures
    are drawn larger and made smaller, so that thin lines stay. Raises BrowserError.
    """
    plan = plan_job(compiled, session, diagnostics, selection=selection, timeout=timeout)
    if plan.job is None:
        return ()
    drawn = scale if width is None else max(1, ceil(width / plan.job.width_px))
    pictures = _pictures(plan.job, session, drawn, diagnostics)
    return tuple(
        Shot(page.slide.resolved.index + 1, page, picture if width is None else narrowed(picture, width))
        for page, picture in zip(plan.pages, pictures, strict=True)
    )


def narrowed(picture: bytes, width: int) -> bytes:
    """A PNG at another width, its shape kept."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        if image.width == width:
            return picture
        height = max(1, round(image.height * width / image.width))
        made = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pictures(job: PrintJob, session: Session, scale: float, diagnostics: Diagnostics) -> Iterator[bytes]:
    assets = still_files(job.assets, session)
    width, height = job.width_px, job.height_px
    with session.page(
        job.html, assets, width=width, height=height, javascript=job.javascript, scale=scale, timeout=job.timeout
    ) as page:
        report_loading(job, Loading.wait(page), diagnostics)
        count = page.evaluate(_script(), Sheet(width, height).css)
        for index in range(count):
            page.evaluate(_SHOW, index)
            yield page.screenshot()


@cache
def _script() -> str:
    return f"(css) => ({(PACKAGE / 'pdf' / 'shots.js').read_text('utf-8')})(css, {lay_out_script()})"
