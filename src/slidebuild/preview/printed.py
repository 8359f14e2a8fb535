"""The deck as it will print: steps folded, animated slides replaced, the page that the printer gets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slidebuild import dom
from slidebuild.compiler import Compiled, CompiledSlide, make_print_page, page_slide
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import PageSlide
from slidebuild.preview.workspace import Sheets
from slidebuild.slides import Slide

if TYPE_CHECKING:
    from slidebuild.pdf.placeholder import PlannedPage


def replaced_slides(compiled: Compiled) -> tuple[int, ...]:
    """The slides that the placeholder stands in for. What CSS alone moves is known to the printer only."""
    if compiled.settings.pdf.animations != "skip":
        return ()
    return tuple(slide.resolved.index for slide in compiled.slides if _is_animated(slide))


def _is_animated(slide: CompiledSlide) -> bool:
    return bool(slide.animations) and slide.resolved.properties.get("animation", "").lower() != "false"


def make_sheets(compiled: Compiled) -> Sheets:
    """The page to print. A still that the browser would take of a moving slide is that slide here."""
    from slidebuild.pdf.placeholder import PagePlan, plan_pages

    settings = compiled.settings
    plan = PagePlan(
        steps=settings.pdf.steps,
        animations=settings.pdf.animations,
        movements={slide.resolved.index: slide.animations for slide in compiled.slides if slide.animations},
        titles=[slide.title for slide in compiled.slides],
        placeholder=compiled.placeholder.slide if compiled.placeholder else None,
        url=settings.url,
    )
    pages = plan_pages([slide.slide for slide in compiled.slides], plan, Diagnostics())
    return _sheets(compiled, [_shown(page, compiled) for page in pages])


def make_cover(compiled: Compiled) -> Sheets:
    """The first slide alone."""
    return _sheets(compiled, [page_slide(slide) for slide in compiled.slides[:1]])


def _sheets(compiled: Compiled, slides: list[PageSlide]) -> Sheets:
    page = make_print_page(compiled, slides, Diagnostics())
    return Sheets(page.html, page.assets, len(slides))


def _shown(page: PlannedPage, compiled: Compiled) -> PageSlide:
    own = compiled.slides[page.slide.resolved.index]
    if page.shows != "placeholder":
        return replace(page_slide(own), title=page.title, anchors=page.aliases)
    slide, style = _stand_in(page, compiled)
    return PageSlide.of(slide, page.title, anchors=page.aliases, style=style)


def _stand_in(page: PlannedPage, compiled: Compiled) -> tuple[Slide, str]:
    """The placeholder in a slide's place: the deck's own, else the one of decks that have none."""
    from slidebuild.pdf.default_placeholder import CLASSES, default_placeholder
    from slidebuild.pdf.placeholder import placeholder_for

    resolved, lang = page.slide.resolved, compiled.settings.lang
    if compiled.placeholder is None:
        look = replace(resolved, properties={"class": ", ".join(CLASSES)})
        content = dom.parse(default_placeholder(page.title, page.online, lang))
        return replace(page.slide, resolved=look, content=content), ""
    stand_in = compiled.placeholder
    look = replace(
        stand_in.resolved,
        index=resolved.index,
        number=resolved.number,
        name=resolved.name,
        continues=resolved.continues,
    )
    return Slide(look, placeholder_for(stand_in.slide, page, lang), page.slide.notes), stand_in.style
