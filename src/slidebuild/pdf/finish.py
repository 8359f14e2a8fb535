"""From what the browser printed to the file we hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pikepdf import Array, Name, ObjectStreamMode, Pdf

from slidebuild.pdf.dedupe import store_once
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.links import LinkRules, name_pages, settle_links
from slidebuild.pdf.metadata import write_metadata
from slidebuild.pdf.outline import write_labels, write_outline
from slidebuild.pdf.survey import Survey, page_addresses
from slidebuild.pdf.tags import settle_tags


@dataclass(frozen=True, slots=True)
class Finishing:
    """All that finishing needs besides the printed file."""

    job: PrintJob
    survey: Survey
    sheet: Sheet
    rules: LinkRules
    when: datetime | None


def finish(pdf: Pdf, todo: Finishing) -> bytes:
    """The final file. The same input gives the same bytes: nothing of the clock, the machine or memory is left in it.

    `pdf` must have the pages expected; it is changed.
    """
    for page in pdf.pages:
        page.obj[Name.MediaBox] = Array(todo.sheet.media_box)
    dropped = settle_links(pdf, todo.survey, todo.rules, todo.sheet)
    settle_tags(pdf, dropped)
    name_pages(pdf, page_addresses(todo.job.pages))
    write_outline(pdf, todo.job.pages)
    write_labels(pdf, todo.job.pages)
    write_metadata(pdf, todo.job.metadata, todo.when)
    pdf.remove_unreferenced_resources()
    store_once(pdf)
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        min_version="1.7",
        compress_streams=True,
    )
    return out.getvalue()
