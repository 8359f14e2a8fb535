"""What the page asked for and did not get, told as diagnostics."""

from __future__ import annotations

from typing import Final

from slidebuild.browser.bombs import MAX_PIXELS
from slidebuild.browser.page import NotLoaded, Page
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.job import PrintJob
from slidebuild.records import dataclass

_SMALLER: Final = f"give it fewer than {MAX_PIXELS // 1_000_000} million pixels, or make it a JPEG"


@dataclass(frozen=True, slots=True)
class Loading:
    """How loading a page went."""

    refused: tuple[str, ...]
    """Addresses outside the page's own files."""
    missing: tuple[NotLoaded, ...]
    too_large: frozenset[str]
    """The page's own pictures that have too many pixels."""

    @classmethod
    def wait(cls, page: Page) -> Loading:
        """When all is there that will ever be. Raises PageNotReady."""
        missing = page.wait()
        return cls(page.refused, missing, page.too_large)


def report_loading(job: PrintJob, loading: Loading, diagnostics: Diagnostics) -> bool:
    """Report what was refused or did not load, but for what was known before; whether there was nothing to report."""
    refused = sorted(set(loading.refused) - job.reported)
    for address in refused:
        diagnostics.add(
            "request-refused",
            f"{_short(address)} was not loaded: a page being printed gets files of the project only",
            hint="copy the file into the project",
        )
    failed = [entry for entry in loading.missing if entry.address not in job.reported]
    for entry in sorted(failed, key=lambda entry: (entry.slide is None, entry.slide, entry.address)):
        known = entry.slide is not None and entry.slide < len(job.pages)
        slide = job.pages[entry.slide] if known and entry.slide is not None else None
        where = f" on page {slide.label}, “{slide.title}”" if slide else ""
        span = slide.span if slide else None
        named = f"the {entry.kind} {_short(entry.address)}{where}"
        if entry.address in loading.too_large:
            diagnostics.add("picture-too-large", f"{named} has too many pixels to be opened", span, hint=_SMALLER)
        else:
            diagnostics.add("asset-not-loaded", f"{named} did not load", span)
    return not refused and not failed


def _short(address: str) -> str:
    return address if len(address) <= 100 else address[:80] + "…"
