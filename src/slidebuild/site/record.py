"""What is known of a deck that was built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any, Final

from slidebuild.records import dataclass

COVER: Final = "cover.png"
"""The picture of a deck, in its folder."""


@dataclass(frozen=True, slots=True)
class SlideRecord:
    """A slide as the site lists it."""

    anchor: str
    """What leads there after the `#`."""
    number: int
    title: str
    text: str
    """For the search: all of its text on one line, notes left aside."""
    digest: str
    """SHA-256 of its HTML, the first 16 digits."""
    is_step: bool
    files: tuple[str, ...]
    """What its pictures and other files are called on the page: they tell a slide by what it shows."""


@dataclass(frozen=True, slots=True)
class DeckRecord:
    """A deck, what it was made from and what was made."""

    deck: str
    """Its path below the root."""
    id: str
    title: str = ""
    author: str = ""
    date: str = ""
    """ISO date; empty when the deck has none."""
    description: str = ""
    lang: str = "en"
    keywords: tuple[str, ...] = ()
    ratio: str = "4:3"
    total: int = 0
    """Number of the last slide."""
    pages: int = 0
    """Of the PDF."""
    replaced: tuple[str, ...] = ()
    """Labels of pages that stand for animated slides."""
    slides: tuple[SlideRecord, ...] = ()
    links: tuple[str, ...] = ()
    """Local addresses that the deck links to, as seen from its page."""
    targets: tuple[str, ...] = ()
    """What may stand after a `#` behind its own address."""
    read: Mapping[str, list[Any] | None] = field(default_factory=dict)
    """What it was made from, by path below the root, see `project.pages.files_read`."""
    names: Mapping[str, str | None] = field(default_factory=dict)
    """Of what was looked for in vain: files whose names differ in capitals only."""
    written: Mapping[str, list[Any] | None] = field(default_factory=dict)
    """What was made, by path below the output folder."""
    findings: Mapping[str, Any] = field(default_factory=dict)
    """The diagnostics as they are told, see `project.findings`."""
    check: Mapping[str, str] = field(default_factory=dict)
    """What the setting `check` says, for what only the whole site shows."""
    key: str = ""
    """What it was built with besides its inputs."""
    time: int = 0
    """When it was begun, in nanoseconds since 1970."""
    has_failed: bool = False
    is_skipped: bool = False
    """It was not built, since nothing that it depends on is among the changed files."""

    @property
    def inputs(self) -> dict[str, str | None]:
        """Path below the root -> SHA-256; None for what was looked for in vain."""
        return {path: data[0] if data is not None else None for path, data in self.read.items()}

    @property
    def outputs(self) -> dict[str, str]:
        """Path below the output folder -> SHA-256."""
        return {path: data[0] for path, data in self.written.items() if data is not None}

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> DeckRecord:
        """From JSON. Raises TypeError or KeyError for other data."""
        slides = tuple(SlideRecord(**{**slide, "files": tuple(slide["files"])}) for slide in data["slides"])
        tuples = {name: tuple(data[name]) for name in ("keywords", "replaced", "links", "targets")}
        return DeckRecord(**{**data, **tuples, "slides": slides})
