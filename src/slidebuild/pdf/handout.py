"""Hand-outs: the finished PDF on sheets of paper, several slides a sheet, with lines to write on or with the notes.

The browser prints the sheets (numbers and notes as real, tagged text), then the pages of the PDF are put in. Printing
slides scaled instead would lose their links: Chromium makes none inside a transform.
"""

from __future__ import annotations

from io import BytesIO

from pikepdf import Array, Dictionary, Name, NameTree, ObjectStreamMode, OutlineItem, Pdf

from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled
from slidebuild.pdf.handout_page import sheets_page
from slidebuild.pdf.imposition import destination, impose
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.layout import LayoutName, layout
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.survey import page_addresses
from slidebuild.pdf.tags import settle_tags


def make_handout(
    slides: bytes,
    job: PrintJob,
    pages: tuple[PlannedPage, ...],
    compiled: Compiled,
    session: Session,
    name: LayoutName,
) -> bytes:
    """The hand-out of a finished PDF. `slides` is the file, `job` and `pages` what it was made of.

    The same file gives the same bytes. Raises BrowserError.
    """
    sheet = layout(name, compiled.settings.pdf.paper, job.width_px / job.height_px)
    addresses = page_addresses(job.pages)
    sheets = sheets_page(compiled, pages, addresses, job.base_url, sheet)
    width, height = (round(value) for value in sheet.paper)
    with session.page(sheets.html, sheets.assets, width=width, height=height, timeout=job.timeout) as page:
        page.wait()
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
        settle_tags(pdf, frozenset())
        pdf.remove_unreferenced_resources()
        return _saved(pdf)


def _write_names(pdf: Pdf, places: list[Array], addresses: dict[str, int]) -> None:
    """`talk-notes.pdf#name` opens the sheet with the slide."""
    tree = NameTree.new(pdf)
    for address, index in sorted(addresses.items()):
        tree[address] = places[index]
    pdf.Root[Name.Names] = Dictionary(Dests=tree.obj)


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        min_version="1.7",
        compress_streams=True,
    )
    return out.getvalue()
