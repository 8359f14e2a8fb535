"""From what the browser printed to the file we hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from pikepdf import Array, Name, Pdf

from slidebuild.pdf.drawn import Drawn
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.links import LinkRules, name_pages, settle_links
from slidebuild.pdf.outline import write_labels, write_outline
from slidebuild.pdf.seal import seal
from slidebuild.pdf.survey import Survey, page_addresses
from slidebuild.pdf.tags import settle_tags
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Finishing:
    """All that finishing needs besides the printed file."""

    job: PrintJob
    survey: Survey
    sheet: Sheet
    rules: LinkRules
    when: datetime | None
    is_settled: bool = False
    """Whether its pages were cut out (`page_cut`): their content has its marks."""
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    """What their content draws, by its digest, as far as that is known."""


def finish(pdf: Pdf, todo: Finishing) -> bytes:
    """The final file. The same input gives the same bytes: nothing of the clock, the machine or memory is left in it.

    `pdf` must have the pages expected; it is changed.
    """
    for page in pdf.pages:
        page.obj[Name.MediaBox] = Array(todo.sheet.media_box)
    settle_links(pdf, todo.survey, todo.rules, todo.sheet)
    titles = [page.title for page in todo.job.pages]
    settle_tags(pdf, titles, todo.job.metadata.lang, is_marked=todo.is_settled)
    name_pages(pdf, page_addresses(todo.job.pages))
    write_outline(pdf, todo.job.pages)
    write_labels(pdf, todo.job.pages)
    return seal(pdf, todo.job.metadata, todo.when, is_settled=todo.is_settled, drawn=todo.drawn)
