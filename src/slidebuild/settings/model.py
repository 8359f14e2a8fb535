"""The settings of a deck, as the stages use them."""

from __future__ import annotations

from typing import Literal

from slidebuild.records import dataclass


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
    shortcuts: bool = True
    """Keys that are letters, digits or signs do something (WCAG 2.1.4 wants a way to turn them off)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The presenter's timer (remark: `timer`)."""

    start_on_change: bool = True
    resetable: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MathSettings:
    """What becomes of formulas (key `math`)."""

    enabled: bool = True
    in_code: bool = False
    """Inline code that is a formula is one, as xaringan's decks have it."""
    tags: Literal["none", "ams", "all"] = "none"
    """Which display formulas are numbered, as MathJax's option of that name has it."""
    macros: tuple[tuple[str, str], ...] = ()
    """Names without their backslash and what they stand for (`("RR", r"\\mathbb{R}")`), sorted."""
    engine: Literal["mathml", "katex", "mathjax"] = "mathml"
    """What shows formulas in a browser with JavaScript; in the PDF and without scripts it is always MathML."""
    path: str | None = None
    """Folder of the project that holds the engine; None: its name below `/vendor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSettings:
    """What becomes of captions (key `figures`)."""

    numbering: bool = False
    """Captions of figures and of tables begin with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSettings:
    """How the PDF is made (key `pdf`)."""

    steps: Literal["final", "all", "marked"] = "final"
    """`final`: a slide with its steps is one page; `all`: each step is; `marked`: also steps that say `print: true`."""
    animations: Literal["skip", "poster", "keep"] = "skip"
    """What becomes of a slide that moves: the placeholder, a still of it, or whatever the browser prints."""
    placeholder: str | None = None
    """Name of the slide that stands in for animated ones."""
    paper: Literal["a4", "letter"] = "a4"
    """What hand-outs are printed on."""
    javascript: bool = False
    """Run the deck's scripts while printing; only `slidebuild.yml` may say so."""
    dpi: int | None = 192
    """Pixels an inch: pictures with more of them at their printed size are resampled. None: they are left alone."""
    max_mb: float | None = None
    """Megabytes that the file should not exceed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """The pages around all decks (key `site`, only in slidebuild.yml)."""

    title: str = ""
    """Empty: that of the project's settings."""
    description: str = ""
    url: str | None = None
    """Where the site is: feed, site map and pictures for link previews need whole addresses."""


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
    minutes: float | None = None
    """How long the talk is to last; the presenter view counts down."""
    theme: str = "default"
    css: tuple[str, ...] = ()
    """Stylesheets of the deck, relative to it (those of `slidebuild.yml` to the root: `/…`)."""
    style: str = ""
    """CSS text added last."""
    header: str = ""
    """Text of the theme's header region (Markdown without blocks)."""
    footer: str = ""
    """Text of the theme's footer region (Markdown without blocks)."""
    logo: str | None = None
    """Picture of the theme's logo region."""
    logo_dark: str | None = None
    """The one on dark slides; None: the same."""
    color_scheme: Literal["light", "dark", "auto"] = "light"
    markdown: Literal["remark", "commonmark"] = "remark"
    math: MathSettings = MathSettings()
    figures: FigureSettings = FigureSettings()
    macros: tuple[str, ...] = ()
    """Python modules with macros; only in slidebuild.yml."""
    decks: tuple[str, ...] = ()
    """Patterns of the project's decks (`talks/**/*.md`); only in slidebuild.yml."""
    ratio: Ratio = Ratio()
    navigation: Navigation = Navigation()
    timer: Timer = Timer()
    slide_number_format: str = "%current% / %total%"
    highlight_style: str = "default"
    highlight_language: str = ""
    highlight_lines: bool = False
    highlight_spans: bool | str = False
    """True for back-ticks, or a regular expression whose first group is the text kept (JSON: `{"$regexp": …}`)."""
    highlight_inline_code: bool = False
    count_incremental_slides: bool = True
    disable_incremental_slides: bool = False
    include_presenter_notes: bool = True
    inherit_presenter_notes: bool = False
    excluded_classes: tuple[str, ...] = ()
    clone_target: str = "_blank"
    check: tuple[tuple[str, str], ...] = ()
    """Codes of diagnostics and what `slidebuild check` makes of them (`rules.LEVELS`), sorted."""
    pdf: PdfSettings = PdfSettings()
    site: SiteSettings = SiteSettings()
