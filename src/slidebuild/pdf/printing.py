"""Printing a deck: load, wait, look, print, finish, check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from slidebuild.browser.page import NotLoaded, Page
from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.finish import Finishing, finish
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.links import LinkRules, printed_pages
from slidebuild.pdf.metadata import BadDate, creation_time
from slidebuild.pdf.pictures import measure, wanted_sizes
from slidebuild.pdf.resample import is_bomb, is_picture, resample
from slidebuild.pdf.still_svg import still_files
from slidebuild.pdf.survey import Survey, prepare
from slidebuild.pdf.verify import faults

if TYPE_CHECKING:
    from pikepdf import Pdf


def print_pdf(
    job: PrintJob, session: Session, diagnostics: Diagnostics, environ: Mapping[str, str] = os.environ
) -> bytes | None:
    """The deck as a PDF; None when there is nothing to hand out, with errors in `diagnostics` that say why.

    The same job gives the same bytes with the same browser build and fonts. Raises BrowserError (PageNotReady) when
    the browser fails or the page never becomes ready.
    """
    try:
        when = creation_time(job.metadata.date, environ)
    except BadDate as error:
        diagnostics.add("bad-setting-value", str(error), hint="write the date as 2026-11-23")
        return None
    sheet = Sheet(job.width_px, job.height_px)
    width, height = sheet.size
    assets = still_files(job.assets, session)
    with session.page(
        job.html, assets, width=width, height=height, javascript=job.javascript, timeout=job.timeout
    ) as page:
        smaller = _smaller_pictures(job, page, assets, diagnostics)
        if smaller:
            page.show(job.html, {**assets, **smaller})
        missing = page.wait()
        survey = prepare(page, sheet, job.pages)
        printed = page.print_pdf(width, height)
        _report_loading(job, page, missing, diagnostics)
        rules = LinkRules(page.site.relative, job.base_url)
    from pikepdf import Pdf

    with Pdf.open(BytesIO(printed)) as pdf:
        wrong = _wrong_pages(pdf, job, survey, sheet)
        if wrong is not None:
            index, message = wrong
            span = job.pages[index].span if index is not None and index < len(job.pages) else None
            diagnostics.add("page-count", message, span, hint="look for CSS that changes the slides' boxes in print")
            return None
        data = finish(pdf, Finishing(job, survey, sheet, rules, when))
    problems = faults(data, len(job.pages), sheet)
    for problem in problems:
        diagnostics.add("broken-pdf", f"the PDF fails a check: {problem}")
    return None if problems else data


def _smaller_pictures(
    job: PrintJob, page: Page, assets: Mapping[str, bytes], diagnostics: Diagnostics
) -> Mapping[str, bytes]:
    """In place of pictures with more pixels than their printed size needs: as many as it needs."""
    if job.dpi is None or not any(map(is_picture, assets.values())):
        return {}
    for address, data in sorted(assets.items()):
        if is_picture(data) and is_bomb(data):
            diagnostics.add("picture-too-large", f"{address} has too many pixels to be opened", hint="make it smaller")
    sizes = wanted_sizes(job.html, assets, measure(page), job.dpi)
    return resample(assets, sizes, job.cache)


def _report_loading(job: PrintJob, page: Page, missing: tuple[NotLoaded, ...], diagnostics: Diagnostics) -> None:
    for address in sorted(set(page.refused) - job.reported):
        diagnostics.add(
            "request-refused",
            f"{_short(address)} was not loaded: a page being printed gets files of the project only",
            hint="copy the file into the project",
        )
    for entry in sorted(missing, key=lambda entry: (entry.slide is None, entry.slide, entry.address)):
        if entry.address in job.reported:
            continue
        known = entry.slide is not None and entry.slide < len(job.pages)
        slide = job.pages[entry.slide] if known and entry.slide is not None else None
        where = f" on page {slide.label}, “{slide.title}”" if slide else ""
        diagnostics.add(
            "asset-not-loaded",
            f"the {entry.kind} {_short(entry.address)}{where} did not load",
            slide.span if slide else None,
        )


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


def _short(address: str) -> str:
    return address if len(address) <= 100 else address[:80] + "…"
