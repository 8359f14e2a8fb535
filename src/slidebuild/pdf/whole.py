"""Decks printed at once, with nothing kept: slides that depend on one another, or do not keep to their boxes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from pikepdf import Pdf

from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.findings import Finding
from slidebuild.pdf.finish import Finishing, finish
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.links import LinkRules, printed_pages
from slidebuild.pdf.loading import Loading, report_loading
from slidebuild.pdf.pictures import measure, natural_sizes, wanted_sizes
from slidebuild.pdf.resample import resample
from slidebuild.pdf.shrink import shrink_images
from slidebuild.pdf.still_svg import still_files
from slidebuild.pdf.survey import Survey, page_addresses, prepare


def print_whole(
    job: PrintJob,
    session: Session,
    sheet: Sheet,
    when: datetime | None,
    diagnostics: Diagnostics,
    findings: list[Finding],
) -> bytes | None:
    """The deck printed at once; None, with a diagnostic, when a slide is not alone on its page. Raises BrowserError.

    What is amiss with slides is added to `findings`.
    """
    width, height = sheet.size
    assets = still_files(job.assets, session)
    with session.page(
        job.html, assets, width=width, height=height, javascript=job.javascript, timeout=job.timeout
    ) as page:
        smaller = _smaller_pictures(job, page, assets, sheet)
        if smaller:
            page.show(job.html, {**assets, **smaller})
        loading = Loading.wait(page)
        survey = prepare(page, sheet, page_addresses(job.pages))
        printed = page.print_pdf(width, height)
        report_loading(job, loading, diagnostics)
        rules = LinkRules(page.site.relative, job.base_url)
    with Pdf.open(BytesIO(printed)) as pdf:
        wrong = _wrong_pages(pdf, job, survey, sheet)
        if wrong is not None:
            index, message = wrong
            span = job.pages[index].span if index is not None and index < len(job.pages) else None
            diagnostics.add("page-count", message, span, hint="look for CSS that changes the slides' boxes in print")
            return None
        findings += survey.findings
        shrink_images(pdf)
        return finish(pdf, Finishing(job, survey, sheet, rules, when))


def _smaller_pictures(job: PrintJob, page: Page, assets: Mapping[str, bytes], sheet: Sheet) -> Mapping[str, bytes]:
    """In place of pictures with more pixels than their printed size needs: as many as it needs."""
    natural = natural_sizes(assets) if job.dpi is not None else {}
    if job.dpi is None or not natural:
        return {}
    sizes = wanted_sizes(job.html, natural, measure(page, sheet), job.dpi)
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
