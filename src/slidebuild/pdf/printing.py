"""Printing a deck: what is kept, the slides put together, checks; in `whole` what cannot be printed slide by slide."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.findings import Finding, pack, tell, unpack
from slidebuild.pdf.job import PrintJob
from slidebuild.pdf.page_cache import Named, page_key, where
from slidebuild.pdf.survey import prepare_script

if TYPE_CHECKING:
    from slidebuild.pdf.geometry import Sheet
    from slidebuild.pdf.merge import Binder
    from slidebuild.pdf.part import Part


def print_pdf(
    job: PrintJob,
    session: Session,
    diagnostics: Diagnostics,
    environ: Mapping[str, str] = os.environ,
    *,
    is_last: bool = False,
) -> bytes | None:
    """The deck as a PDF; None when there is nothing to hand out, with errors in `diagnostics` that say why.

    The same job gives the same bytes with the same browser build and fonts, whatever is kept in the job's cache. The
    browser is not started when all is there; where this is the last that it has to do, it ends while the file is put
    together. Raises BrowserError (PageNotReady) when the browser fails or the page
    never becomes ready.
    """
    from slidebuild.pdf.dates import BadDate, creation_time

    try:
        when = creation_time(job.metadata.date, environ)
    except BadDate as error:
        diagnostics.add("bad-setting-value", str(error), hint="write the date as 2026-11-23")
        return None
    files = Named.of(job.assets)
    key = _key(job, files, session, when) if job.cache is not NO_CACHE else ""
    kept = job.cache.get(key) if key else None
    findings: list[Finding] = []
    data: bytes | None
    if kept is not None:
        said, _, data = kept.partition(b"\n")
        findings += unpack(said)
    else:
        found = Diagnostics()
        data = _make(job, files, session, when, found, findings, is_last=is_last)
        diagnostics.extend(iter(found))
        if data is not None and key and not len(found):  # what is kept has nothing to say but its findings
            job.cache.put(key, pack(findings) + b"\n" + data)
    tell(findings, job, diagnostics)
    if data is not None and job.max_mb is not None and len(data) > job.max_mb * 1e6:
        from slidebuild.pdf.budget import report_size

        report_size(data, job, diagnostics)
    return data


def _key(job: PrintJob, files: Named, session: Session, when: datetime | None) -> str:
    pages = [(page.title, page.label, page.anchor, page.aliases) for page in job.pages]
    size = (job.width_px, job.height_px)
    choices = (job.javascript, job.dpi)
    more = (when, size, pages, job.metadata, job.base_url, sorted(job.reported), choices)
    return page_key("printed-deck", where(session), job.html, files.digests.values(), *more)


def _make(
    job: PrintJob,
    files: Named,
    session: Session,
    when: datetime | None,
    diagnostics: Diagnostics,
    findings: list[Finding],
    *,
    is_last: bool,
) -> bytes | None:
    """Print, finish and check."""
    from slidebuild.pdf.geometry import Sheet

    sheet = Sheet(job.width_px, job.height_px)
    data = _from_slides(job, files, session, sheet, when, diagnostics, findings, is_last=is_last)
    if data is None:
        from slidebuild.pdf.whole import print_whole

        data = print_whole(job, session, sheet, when, diagnostics, findings)
    if data is None:
        return None
    from slidebuild.pdf.glyphs import missing_glyphs
    from slidebuild.pdf.verify import faults

    problems = faults(data, len(job.pages), sheet.media_box, lambda pdf: findings.extend(missing_glyphs(pdf, job.html)))
    for problem in problems:
        diagnostics.add("broken-pdf", f"the PDF fails a check: {problem}")
    return None if problems else data


def _from_slides(
    job: PrintJob,
    files: Named,
    session: Session,
    sheet: Sheet,
    when: datetime | None,
    diagnostics: Diagnostics,
    findings: list[Finding],
    *,
    is_last: bool,
) -> bytes | None:
    """The deck put together from its slides; None when that cannot be done."""
    from slidebuild.pdf.alone import Alone, Entangled

    deck = Alone.of(job, sheet, files)
    if deck is None:
        return None
    binder = cache(_binder)
    try:
        parts = deck.print(session, diagnostics, lambda kept: _ahead(binder, kept))
    except Entangled:
        return None
    if is_last:
        for browser in (session, *session.companions):
            browser.end()
    from slidebuild.pdf.finish import Finishing, finish
    from slidebuild.pdf.links import LinkRules
    from slidebuild.pdf.merge import merged_survey
    from slidebuild.pdf.page_cut import own_address

    survey = merged_survey(parts, (sheet.width, sheet.height))
    findings += survey.findings
    merged, rules = binder().merge(parts), LinkRules(own_address, job.base_url)
    return finish(merged, Finishing(job, survey, sheet, rules, when, is_settled=True, drawn=binder().drawn))


def _binder() -> Binder:
    from slidebuild.pdf.merge import Binder

    return Binder()


def _ahead(binder: Callable[[], Binder], kept: Mapping[int, Part]) -> Iterator[None]:
    """Put the slides together that are kept, and load what is needed then, which takes a tenth of a second."""
    prepare_script()
    yield
    for index, part in kept.items():
        binder().add(index, part)
        yield
    from slidebuild.pdf import finish  # noqa: F401

    yield
    from slidebuild.pdf import glyphs, verify  # noqa: F401
