"""Typed deck settings: remark.js's options under their own names, ours beside them.

One table (`FIELDS`) says each key, where it is kept and what values it takes. Layers are merged by whoever reads
them (strongest first: command line, `--config`, front matter, `slidebuild.yml`, `theme.yml`, defaults).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from slidebuild.diagnostics import Diagnostics
from slidebuild.source import Span

Where: TypeAlias = Callable[[str], Span | None]
"""Finds the place of a key (dotted for nested ones: `pdf.steps`) in the file that a mapping came from."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Width to height of a slide."""

    width: int = 4
    height: int = 3

    @property
    def pixels(self) -> tuple[int, int]:
        """Slide size in CSS px: height 681, width floor(681 * ratio) (remark: 908 at 4:3, 1210 at 16:9)."""
        return (681 * self.width) // self.height, 681

    def __str__(self) -> str:
        return f"{self.width}:{self.height}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """What moves from slide to slide besides the keys (remark: `navigation`)."""

    scroll: bool = True
    touch: bool = True
    click: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The presenter's timer (remark: `timer`)."""

    start_on_change: bool = True
    resetable: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSettings:
    """How the PDF is made (key `pdf`)."""

    steps: Literal["final", "all"] = "final"
    """`final`: a slide with its steps is one page; `all`: each step is a page."""
    animations: Literal["skip", "poster", "keep"] = "skip"
    """What becomes of a slide that moves: the placeholder, a still of it, or whatever the browser prints."""
    placeholder: str | None = None
    """Name of the slide that stands in for animated ones."""
    javascript: bool = False
    """Run the deck's scripts while printing; only `slidebuild.yml` may say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one deck."""

    title: str | None = None
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None
    lang: str = "en"
    date: str | None = None
    """ISO date of the talk (`2026-11-23`)."""
    url: str | None = None
    """Where the slides are online."""
    theme: str = "default"
    css: tuple[str, ...] = ()
    """Stylesheets of the deck, relative to it (those of `slidebuild.yml` to the root: `/…`)."""
    style: str = ""
    """CSS text added last."""
    footer: str = ""
    """Text of the theme's footer region (Markdown without blocks)."""
    logo: str | None = None
    """Picture of the theme's logo region."""
    color_scheme: Literal["light", "dark", "auto"] = "light"
    markdown: Literal["remark", "commonmark"] = "remark"
    math: bool = True
    """Typeset `$…$` and `$$…$$`."""
    macros: tuple[str, ...] = ()
    """Python modules with macros; only in slidebuild.yml."""
    ratio: Ratio = Ratio()
    navigation: Navigation = Navigation()
    timer: Timer = Timer()
    slide_number_format: str = "%current% / %total%"
    highlight_style: str = "default"
    highlight_language: str = ""
    highlight_lines: bool = False
    highlight_spans: bool | str = False
    """True for back-ticks, or a regular expression whose last group is the text kept (JSON: `{"$regexp": …}`)."""
    highlight_inline_code: bool = False
    count_incremental_slides: bool = True
    disable_incremental_slides: bool = False
    include_presenter_notes: bool = True
    inherit_presenter_notes: bool = False
    excluded_classes: tuple[str, ...] = ()
    clone_target: str = "_blank"
    pdf: PdfSettings = PdfSettings()
