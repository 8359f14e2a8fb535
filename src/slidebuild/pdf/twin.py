"""A compiled deck to its PDF twin: what moves, which pages there are, the page to print, the printed file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from slidebuild import dom
from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled, CompiledSlide, make_print_page, page_slide
from slidebuild.deck import Animation
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.document import PageSlide
from slidebuild.pdf.default_placeholder import CLASSES, default_placeholder
from slidebuild.pdf.job import Metadata, PrintJob
from slidebuild.pdf.layout import LayoutName
from slidebuild.pdf.movement import find_css_animations
from slidebuild.pdf.placeholder import PagePlan, PlannedPage, online_address, placeholder_for, plan_pages
from slidebuild.pdf.placeholder_check import check_placeholder
from slidebuild.pdf.printing import print_pdf
from slidebuild.pdf.selection import EVERYTHING, Selection, choose, left_out
from slidebuild.pdf.still import make_still, still_style
from slidebuild.pdf.stills import SlideStills
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Slide

_MOVING_CSS: Final = "@keyframes"
"""Without it no stylesheet can animate anything, and the browser need not be asked."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A PDF and how it came about."""

    data: bytes | None
    """None when an error stands in the way."""
    pages: tuple[PlannedPage, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be printed."""

    job: PrintJob | None
    """None when an error stands in the way."""
    pages: tuple[PlannedPage, ...]


def make_pdf(
    compiled: Compiled,
    session: Session,
    diagnostics: Diagnostics,
    *,
    selection: Selection = EVERYTHING,
    layout: LayoutName | None = None,
    timeout: float = 60.0,
    is_last: bool = False,
) -> Twin:
    """Print a deck, or a hand-out of it. Raises BrowserError when the browser fails or `timeout` seconds don't do.

    `is_last`: nothing more is asked of the browser afterwards.
    """
    plan = plan_job(compiled, session, diagnostics, selection=selection, timeout=timeout)
    if plan.job is None:
        return Twin(None, plan.pages)
    if layout is None:
        return Twin(print_pdf(plan.job, session, diagnostics, is_last=is_last), plan.pages)
    from slidebuild.pdf.handout import make_handout

    slides = print_pdf(replace(plan.job, max_mb=None), session, diagnostics)  # the hand-out is what must not be large
    if slides is None:
        return Twin(None, plan.pages)
    data = make_handout(slides, plan.job, plan.pages, compiled, session, layout, diagnostics)
    return Twin(data, plan.pages)


def plan_job(
    compiled: Compiled,
    session: Session,
    diagnostics: Diagnostics,
    *,
    selection: Selection = EVERYTHING,
    timeout: float = 60.0,
) -> Plan:
    """The pages of a deck and what to print for them. Raises BrowserError."""
    settings = compiled.settings
    width, height = settings.ratio.pixels
    placeholder = compiled.placeholder.slide if compiled.placeholder else None
    plan = PagePlan(
        steps=settings.pdf.steps,
        animations=settings.pdf.animations,
        movements=_movements(compiled, session, (width, height)),
        titles=[slide.title for slide in compiled.slides],
        placeholder=placeholder,
        url=settings.url,
    )
    slides = [slide.slide for slide in compiled.slides]
    all_pages = plan_pages(slides, plan, diagnostics)
    pages = choose(all_pages, slides, selection, compiled.source.path, diagnostics)
    online = online_address(settings.url, placeholder)
    elsewhere = left_out(all_pages, pages, online)
    shown = [elsewhere.without_dead_links(_shown(page, compiled, session, timeout)) for page in pages]
    if not pages and not diagnostics.has_errors:
        diagnostics.add("no-slides", "there is no slide to print", path=compiled.source.path, severity=Severity.ERROR)
    if not pages:
        return Plan(None, pages)
    check_placeholder(settings.url, placeholder, diagnostics)
    printed = make_print_page(compiled, shown, diagnostics)
    if diagnostics.has_errors:
        return Plan(None, pages)
    job = PrintJob(
        html=printed.html,
        assets=printed.assets,
        width_px=width,
        height_px=height,
        pages=tuple(page.print_page for page in pages),
        metadata=_metadata(compiled.title, settings),
        base_url=online,
        javascript=settings.pdf.javascript,
        reported=frozenset(compiled.resolver.remote),
        timeout=timeout,
        dpi=settings.pdf.dpi,
        max_mb=settings.pdf.max_mb,
        cache=compiled.cache,
    )
    return Plan(job, pages)


def _movements(compiled: Compiled, session: Session, size: tuple[int, int]) -> Mapping[int, tuple[Animation, ...]]:
    """What moves, by slide index: on the tree and in files; by CSS or scripts, which only the browser can tell."""
    found = {slide.resolved.index: slide.animations for slide in compiled.slides if slide.animations}
    page = make_print_page(compiled, [page_slide(slide) for slide in compiled.slides], Diagnostics())
    scripts = compiled.settings.pdf.javascript
    if _MOVING_CSS not in page.html and not scripts:
        return found
    width, height = size
    moving = find_css_animations(
        session, page.html, page.assets, width=width, height=height, cache=compiled.cache, javascript=scripts
    )
    for index, names in moving.items():
        span = compiled.slides[index].resolved.span.part(0, 0)
        found[index] = (*found.get(index, ()), *(Animation("css", name, span) for name in names))
    return found


def _shown(page: PlannedPage, compiled: Compiled, session: Session, timeout: float) -> PageSlide:
    """What stands on a page, with the number, name and title of the page's slide."""
    own = compiled.slides[page.slide.resolved.index]
    match page.shows:
        case "slide":
            return _page_slide(page, own.slide, own.style)
        case "still":
            stills = SlideStills(own.slide, compiled, session, timeout)
            content = make_still(own.slide.content, page, compiled.settings.lang, stills)
            return _page_slide(page, replace(own.slide, content=content), still_style(own.style, stills))
        case "placeholder":
            return _placeholder(page, own.slide, compiled)


def _placeholder(page: PlannedPage, slide: Slide, compiled: Compiled) -> PageSlide:
    stand_in: CompiledSlide | None = compiled.placeholder
    if stand_in is None:
        look = replace(slide.resolved, properties={"class": ", ".join(CLASSES)})
        html = default_placeholder(page.title, page.online, compiled.settings.lang)
        return _page_slide(page, replace(slide, resolved=look, content=dom.parse(html)), "")
    resolved = slide.resolved
    look = replace(
        stand_in.resolved,
        index=resolved.index,
        number=resolved.number,
        name=resolved.name,
        continues=resolved.continues,
    )
    content = placeholder_for(stand_in.slide, page, compiled.settings.lang)
    return _page_slide(page, Slide(look, content, slide.notes), stand_in.style)


def _page_slide(page: PlannedPage, slide: Slide, style: str) -> PageSlide:
    return PageSlide.of(slide, page.title, anchors=page.aliases, style=style)


def _metadata(title: str, settings: Settings) -> Metadata:
    return Metadata(
        title=title,
        author=settings.author or "",
        subject=settings.subject or settings.description or "",
        lang=settings.lang,
        keywords=settings.keywords,
        date=settings.date,
    )
