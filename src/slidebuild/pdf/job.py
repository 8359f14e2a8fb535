"""What is to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.records import dataclass
from slidebuild.source import Span


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself. Empty strings are left out."""

    title: str
    author: str = ""
    subject: str = ""
    lang: str = "en"
    keywords: tuple[str, ...] = ()
    date: str | None = None
    """ISO date or date and time of the talk (`2026-11-23`); SOURCE_DATE_EPOCH goes before it."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One page expected: the n-th `.remark-slide-container` of the HTML."""

    title: str
    """Its bookmark."""
    label: str
    """Its page label: `12`, or `12.2` for a step."""
    anchor: str
    """What addresses the slide after the `#`: its name, else its number in the deck."""
    aliases: tuple[str, ...] = ()
    """Other addresses that lead here: its number, names and numbers of steps that were folded into it."""
    span: Span | None = None
    """Where the slide was written, for diagnostics."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A page of HTML to print and what the PDF shall say."""

    html: str
    """One `.remark-slide-container` a page, in order."""
    assets: Mapping[str, bytes]
    """By address relative to the page."""
    width_px: int
    """Width of a slide in CSS px."""
    height_px: int
    """Height of a slide in CSS px."""
    pages: tuple[PrintPage, ...]
    metadata: Metadata
    base_url: str | None = None
    """Where the deck is online; relative links lead there, or nowhere without it."""
    javascript: bool = False
    """Whether the page's scripts run."""
    reported: frozenset[str] = frozenset()
    """Addresses that will not load and have been reported with their place."""
    timeout: float = field(default=60.0)
    """Seconds until a page that is not ready is given up."""
    dpi: int | None = None
    """Pixels an inch that pictures need at most; those with more are resampled. None: pictures stay as they are."""
    max_mb: float | None = None
    """Megabytes (10^6 bytes) that the file should not exceed."""
    cache: Cache = NO_CACHE
    """Keeps what takes long to make; the file is the same with and without."""
