"""PDFs that were made, with all that they depend on: an unchanged deck is neither compiled nor printed.

Kept by the deck's text, its settings, the options, the browser and the fonts; files that were read are compared one by
one. Nothing of the compiler, of Playwright or of pikepdf is imported when all is as it was.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from slidebuild.browser.find import BrowserChoice
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.pdf.machine import machine
from slidebuild.project.findings import as_data, from_data
from slidebuild.project.loader import FileLoader
from slidebuild.project.pages import deck_key, depends_on_files_alone, files_read, is_unchanged
from slidebuild.project.project import Project
from slidebuild.records import dataclass

_PASSING: Final = frozenset(("asset-not-loaded", "request-refused", "picture-too-large"))
"""What may be otherwise the next time: a deck about which it was said is printed again."""


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, and what is told of it."""

    data: bytes
    told: Mapping[str, Any]
    """As JSON."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the PDF of a deck is kept."""

    project: Project
    key: str
    started: int = field(default_factory=time.time_ns)

    @classmethod
    def of(cls, project: Project, path: str, data: bytes, browser: BrowserChoice, options: object) -> Receipt | None:
        """For a deck whose file holds `data`; None where nobody knows what it depends on."""
        if path == "-" or not depends_on_files_alone(project):
            return None
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return cls(project, deck_key("pdf", project, path, data, machine(browser), repr(options), epoch))

    def recall(self, diagnostics: Diagnostics) -> Made | None:
        """The PDF, if nothing that it depends on has changed; what was said of the deck is said again."""
        entry = self.project.cache.get(self.key)
        if entry is None:
            return None
        text, _, data = entry.partition(b"\n")
        head = json.loads(text)
        if not is_unchanged(head, FileLoader(self.project.root)):
            return None
        diagnostics.extend(from_data(head["findings"]))
        return Made(data, head["told"])

    def keep(self, made: Made, loader: FileLoader, found: Iterable[Diagnostic], judged: Iterable[Diagnostic]) -> None:
        """Keep a PDF, unless something was found that may be otherwise the next time, be it told or not.

        `judged` is what was told: settings and waivers are among what the PDF depends on.
        """
        if any(item.code in _PASSING for item in found):
            return
        head = {
            "told": made.told,
            "time": self.started,
            "findings": as_data(judged),
            **files_read(self.project.root, loader),
        }
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        self.project.cache.put(self.key, text.encode("utf-8", errors="surrogatepass") + b"\n" + made.data)
