"""Printing a deck: load, wait, look, print, finish, check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.alone import Alone, Entangled
from slidebuild.pdf.budget import report_size
from slidebuild.pdf.finish import Finishing, finish
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.links import LinkRules, printed_pages
from slidebuild.pdf.loading import report_loading
from slidebuild.pdf.merge import merge, merged_survey
from slidebuild.pdf.metadata import BadDate, creation_time
from slidebuild.pdf.page_cache import digests, machine, page_key
from slidebuild.pdf.part import own_address
from slidebuild.pdf.pictures import measure, wanted_sizes
from slidebuild.pdf.resample import is_picture, resample
from slidebuild.pdf.shrink import shrink_images
from slidebuild.pdf.still_svg import still_files
from slidebuild.pdf.survey import Survey, page_addresses, prepare
from slidebuild.pdf.verify import faults

if TYPE_CHECKING:
    from pikepdf import Pdf


def print_pdf(
    job: PrintJob, session: Session, diagnostics: Diagnostics, environ: Mapping[str, str] = os.environ
) -> bytes | None:
    """The deck as a PDF; None when there is nothing to hand out, with errors in `diagnostics` that say why.

    The same job gives the same bytes with the same browser build and fonts, whatever is kept in the job's cache. The
    browser is not started when all is there. Raises BrowserError (PageNotReady) when the browser fails or the page
    never becomes ready.
    """
    try:
        when = creation_time(job.metadata.date, environ)
    except BadDate as error:
        diagnostics.add("bad-setting-value", str(error), hint="write the date as 2026-11-23")
        return None
    key = _key(job, session, when) if job.cache is not NO_CACHE else ""
    data = job.cache.get(key) if key else None
    if data is None:
        found = Diagnostics()
        data = _make(job, session, when, found)
        diagnostics.extend(iter(found))
        if data is not None and key and not len(found):  # what is kept must have nothing to say
            job.cache.put(key, data)
    if data is not None and job.max_mb is not None:
        report_size(data, job, diagnostics)
    return data


def _key(job: PrintJob, session: Session, when: datetime | None) -> str:
    pages = [(page.title, page.label, page.anchor, page.aliases) for page in job.pages]
    size = (job.width_px, job.height_px)
    choices = (job.javascript, job.dpi, job.incremental)
    more = (when, size, pages, job.metadata, job.base_url, sorted(job.reported), choices)
    return page_key("printed-deck", machine(session.choice), job.html, digests(job.assets).values(), *more)


def _make(job: PrintJob, session: Session, when: datetime | None, diagnostics: Diagnostics) -> bytes | None:
    """Print, finish and check."""
    sheet = Sheet(job.width_px, job.height_px)
    data = _from_slides(job, session, sheet, when, diagnostics) if job.incremental else None
    if data is None:
        data = _at_once(job, session, sheet, when, diagnostics)
    if data is None:
        return None
    problems = faults(data, len(job.pages), sheet.media_box)
    for problem in problems:
        diagnostics.add("broken-pdf", f"the PDF fails a check: {problem}")
    return None if problems else data


def _from_slides(
    job: PrintJob, session: Session, sheet: Sheet, when: datetime | None, diagnostics: Diagnostics
) -> bytes | None:
    """The deck put together from slides printed alone; None when that cannot be done."""
    deck = Alone.of(job, sheet)
    if deck is None:
        return None
    try:
        parts = deck.print(session, diagnostics)
    except Entangled:
        return None
    pdf = merge(parts, [page.title for page in job.pages])
    survey = merged_survey(parts, (sheet.width, sheet.height))
    return finish(pdf, Finishing(job, survey, sheet, LinkRules(own_address, job.base_url), when))


def _at_once(
    job: PrintJob, session: Session, sheet: Sheet, when: datetime | None, diagnostics: Diagnostics
) -> bytes | None:
    """The deck printed as one page: slides that depend on one another, or that do not keep to their boxes."""
    from pikepdf import Pdf

    width, height = sheet.size
    assets = still_files(job.assets, session)
    with session.page(
        job.html, assets, width=width, height=height, javascript=job.javascript, timeout=job.timeout
    ) as page:
        smaller = _smaller_pictures(job, page, assets)
        if smaller:
            page.show(job.html, {**assets, **smaller})
        missing = page.wait()
        survey = prepare(page, sheet, page_addresses(job.pages))
        printed = page.print_pdf(width, height)
        report_loading(job, page, missing, diagnostics)
        rules = LinkRules(page.site.relative, job.base_url)
    with Pdf.open(BytesIO(printed)) as pdf:
        wrong = _wrong_pages(pdf, job, survey, sheet)
        if wrong is not None:
            index, message = wrong
            span = job.pages[index].span if index is not None and index < len(job.pages) else None
            diagnostics.add("page-count", message, span, hint="look for CSS that changes the slides' boxes in print")
            return None
        shrink_images(pdf)
        return finish(pdf, Finishing(job, survey, sheet, rules, when))


def _smaller_pictures(job: PrintJob, page: Page, assets: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """In place of pictures with more pixels than their printed size needs: as many as it needs."""
    if job.dpi is None or not any(map(is_picture, assets.values())):
        return {}
    sizes = wanted_sizes(job.html, assets, measure(page), job.dpi)
    return {address: data for (address, _), data in resample(assets, sizes.items(), job.cache).items()}


def _wrong_pages(pdf: Pdf, job: PrintJob, survey: Survey, sheet: Sheet) -> tuple[int | None, str] | None:
    """The first slide that is not alone on its page and what is wrong with it; None when all are."""
    expected, boxes, pages = len(job.pages), len(survey.ids), len(pdf.pages)
    if boxes != expected:
        return None, f"the page to print has {boxes} slides, {expected} were expected"
    for index, at in enumerate(printed_pages(pdf, survey)):
        if at != index:
            slide = max(index - 1, 0) if at is not None and at > index else index
            place = "is not printed" if at is None else f"pushes the next slide to page {at + 1}"
            if at is not None and at < index:
                place = f"is printed on page {at + 1} instead of {index + 1}"
            return slide, f"slide {job.pages[slide].label}, “{job.pages[slide].title}”, {place}"
    if pages != expected:
        last = job.pages[-1]
        return expected - 1, f"slide {last.label}, “{last.title}”, runs over {pages - expected + 1} pages"
    for index, size in enumerate(survey.sizes):
        if size != (sheet.width, sheet.height):
            page = job.pages[index]
            return index, f"slide {page.label}, “{page.title}”, is {size[0]:g}x{size[1]:g} px large"
    for index, printed in enumerate(pdf.pages):
        if tuple(printed.mediabox) != sheet.printed_box:
            return index, f"page {index + 1} is not printed at its size"
    return None
