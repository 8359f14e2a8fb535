"""Hand-outs: the finished PDF on sheets of paper, several slides a sheet, with lines to write on or with the notes.

The browser prints the sheets (numbers and notes as real, tagged text), then the pages of the PDF are put in. Printing
slides scaled instead would lose their links: Chromium makes none inside a transform.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, Pdf

from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.budget import report_size
from slidebuild.pdf.dates import creation_time
from slidebuild.pdf.handout_page import sheets_page
from slidebuild.pdf.imposition import Slot, destination, impose
from slidebuild.pdf.job import PrintJob, PrintPage
from slidebuild.pdf.layout import LayoutName, layout
from slidebuild.pdf.marks import leave_marks
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.seal import seal
from slidebuild.pdf.survey import page_addresses
from slidebuild.pdf.tags import settle_tags
from slidebuild.pdf.verify import faults


def make_handout(
    slides: bytes,
    job: PrintJob,
    pages: tuple[PlannedPage, ...],
    compiled: Compiled,
    session: Session,
    name: LayoutName,
    diagnostics: Diagnostics,
    environ: Mapping[str, str] = os.environ,
) -> bytes | None:
    """The hand-out of a finished PDF. `slides` is the file, `job` and `pages` what it was made of.

    The same file gives the same bytes. None when it fails its checks, with errors in `diagnostics`. Raises
    BrowserError.
    """
    sheet = layout(name, compiled.settings.pdf.paper, job.width_px / job.height_px)
    addresses = page_addresses(job.pages)
    sheets = sheets_page(compiled, pages, addresses, job.base_url, sheet)
    width, height = (round(value) for value in sheet.paper)
    with session.page(sheets.html, sheets.assets, width=width, height=height, timeout=job.timeout) as page:
        page.wait()
        leave_marks(page, is_slide=False)
        printed = page.print_pdf(width, height)
    titles = [entry.title for entry in job.pages]
    with Pdf.open(BytesIO(slides)) as pdf:
        slots = impose(pdf, printed, sheet, titles, sheets.links)
        places = [destination(slot, list(pdf.pages)) for slot in slots]
        _write_names(pdf, places, dict(addresses))
        with pdf.open_outline() as outline:
            outline.root.clear()
            for entry, place in zip(job.pages, places, strict=True):
                outline.root.append(OutlineItem(entry.title or entry.label, place))
        if Name.PageLabels in pdf.Root:
            del pdf.Root[Name.PageLabels]
        settle_tags(pdf, None, compiled.settings.lang)
        count = len(pdf.pages)
        data = seal(pdf, job.metadata, creation_time(job.metadata.date, environ))
    problems = faults(data, None, None)
    for problem in problems:
        diagnostics.add("broken-pdf", f"the hand-out fails a check: {problem}")
    report_size(data, replace(job, pages=_sheets(job, slots, count)), diagnostics)
    return None if problems else data


def _sheets(job: PrintJob, slots: tuple[Slot, ...], count: int) -> tuple[PrintPage, ...]:
    """The sheets, each by its first slide; one that only goes on with notes by the slide before."""
    first = {slot.sheet: index for index, slot in reversed(list(enumerate(slots)))}
    found: list[PrintPage] = []
    for number in range(count):
        page = job.pages[first[number]] if number in first else found[-1]
        found.append(replace(page, label=str(number + 1)))
    return tuple(found)


def _write_names(pdf: Pdf, places: list[Array], addresses: dict[str, int]) -> None:
    """`talk-notes.pdf#name` opens the sheet with the slide."""
    tree = NameTree.new(pdf)
    for address, index in sorted(addresses.items()):
        tree[address] = places[index]
    pdf.Root[Name.Names] = Dictionary(Dests=tree.obj)
