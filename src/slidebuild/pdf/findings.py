"""What printing found out about slides, kept with what was printed so that it is said again when nothing is printed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.job import PrintJob, PrintPage
from slidebuild.records import dataclass
from slidebuild.source import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something amiss with a page, or with the file."""

    code: str
    message: str
    """What follows the name of the page."""
    page: int | None = None
    """0-based."""
    words: str = ""
    """What is written there: its place in the deck is looked for."""
    hint: str | None = None

    def on(self, page: int) -> Finding:
        """The same of another page."""
        return self if self.page is None else replace(self, page=page)


def pack(findings: Iterable[Finding]) -> bytes:
    """As a line of bytes."""
    return json.dumps([[f.code, f.message, f.page, f.words, f.hint] for f in findings]).encode()


def unpack(data: bytes) -> tuple[Finding, ...]:
    """From the bytes of `pack`."""
    return tuple(Finding(*entry) for entry in json.loads(data))


def tell(findings: Iterable[Finding], job: PrintJob, diagnostics: Diagnostics) -> None:
    """Report what was found, each where it was written."""
    for finding in findings:
        page = job.pages[finding.page] if finding.page is not None and finding.page < len(job.pages) else None
        if page is None:
            diagnostics.add(finding.code, finding.message, hint=finding.hint)
            continue
        message = f"page {page.label}, “{page.title}”: {finding.message}"
        diagnostics.add(finding.code, message, _place(page, finding.words), hint=finding.hint)


def _place(page: PrintPage, words: str) -> Span | None:
    """The first words of a text as the slide's source has them; Markdown's signs may stand between the others."""
    if page.span is None:
        return None
    text, parts = page.span.text, words.split()
    for count in (len(parts), 6, 4, 3, 2, 1):
        needle = " ".join(parts[:count])
        at = text.find(needle) if needle and count <= len(parts) else -1
        if at >= 0:
            return page.span.part(at, at + len(needle))
    return page.span
