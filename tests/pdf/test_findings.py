"""What printing found out is said again when nothing is printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from printdeck import Deck

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.printing import print_pdf

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def accessible() -> None:
    """A box in place of a character breaks rules of PDF/UA-1: here that is what is looked for."""


@dataclass
class Kept:
    entries: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        return self.entries.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.entries[key] = data


SLIDES = [
    ("Fine", "", "<p>a</p>"),
    ("Full", "", "<p>line</p>" * 60),
    ("Box", "", "\U000187f0"),
    ("Hidden", "", "<p style='display: none'>never seen</p>"),
]


def said(session: Session, cache: Kept, slides: list[tuple[str, str, str]], *, javascript: bool = False) -> list[str]:
    diagnostics = Diagnostics()
    job = replace(Deck(slides, javascript=javascript).job(), cache=cache)
    assert print_pdf(job, session, diagnostics, {}) is not None
    return sorted(f"{item.code} {item.message.split(':')[0]}" for item in diagnostics)


@pytest.mark.parametrize("javascript", [False, True])
def test_findings_are_kept_with_the_file_and_with_each_slide(session: Session, javascript: bool) -> None:
    cache = Kept()
    first = said(session, cache, SLIDES, javascript=javascript)
    assert first == [
        "blank-slide page 4, “Hidden”",
        "missing-glyph page 3, “Box”",
        "slide-overflow page 2, “Full”",
    ]
    made = dict(cache.entries)
    assert said(session, cache, SLIDES, javascript=javascript) == first
    assert cache.entries == made
    more = [("New", "", "<p>b</p>"), *SLIDES]
    assert said(session, cache, more, javascript=javascript) == [
        "blank-slide page 5, “Hidden”",
        "missing-glyph page 4, “Box”",
        "slide-overflow page 3, “Full”",
    ]
