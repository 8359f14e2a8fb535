"""The whole page, through the theme's templates."""

from __future__ import annotations

from typing import Final

from slidebuild import __version__
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.diagnostics import Diagnostics
from slidebuild.document.context import deck_context
from slidebuild.document.data import as_json, page_data
from slidebuild.document.escape import attributes, safe, script, style
from slidebuild.document.model import Document
from slidebuild.document.slide import all_anchors, containers
from slidebuild.settings.languages import direction


def render_document(document: Document, diagnostics: Diagnostics, kept: Cache = NO_CACHE) -> str:
    """The deck's page. A mistake in a theme's template is `bad-theme`, and the text is then empty.

    `kept` keeps what stands around the slides.
    """
    slides = "".join(slide.html for slide in containers(document, None, diagnostics, kept))
    data = as_json(page_data(document))
    shell = render_shell(document, diagnostics, kept)
    if shell and not is_divisible(shell):  # a template that changes slides or data has to see them
        return _page("page.html.j2", document, slides, data, diagnostics)
    return with_slides(shell, slides, data)


SLIDES_MARK: Final = "\0slides\0"
"""Stands for the slides in a shell; no text of a deck holds a NUL."""
DATA_MARK: Final = "\0data\0"
"""Stands for the player's data in a shell."""


def render_shell(document: Document, diagnostics: Diagnostics, kept: Cache = NO_CACHE) -> str:
    """The deck's page with marks where the slides and the player's data go: what stays while slides are edited."""
    return _page("page.html.j2", document, SLIDES_MARK, DATA_MARK, diagnostics, kept)


def is_divisible(shell: str) -> bool:
    """Whether slides and data stand in a shell once, so that they can be exchanged."""
    return shell.count(SLIDES_MARK) == 1 and shell.count(DATA_MARK) == 1


def with_slides(shell: str, slides: str, data: str) -> str:
    """The page: a shell with slides and data in their places."""
    return shell.replace(SLIDES_MARK, slides).replace(DATA_MARK, data)


def render_print(document: Document, diagnostics: Diagnostics, kept: Cache = NO_CACHE) -> str:
    """The page for the printer: no script, no notes, each slide a box of width × height px on its own sheet.

    `#name` and `#N` (1-based index) are ids, so that links between slides become page jumps; an equal id inside a
    slide (of a heading, say) gives way. `kept` keeps what stands around the slides.
    """
    taken = all_anchors(document)
    slides = "".join(slide.html for slide in containers(document, taken, diagnostics, kept))
    data = as_json(page_data(document))
    shell = _page("print.html.j2", document, SLIDES_MARK, data, diagnostics, kept)
    if shell and shell.count(SLIDES_MARK) != 1:  # as in `render_document`
        return _page("print.html.j2", document, slides, data, diagnostics)
    return shell.replace(SLIDES_MARK, slides)


def _page(
    template: str, document: Document, slides: str, data: str, diagnostics: Diagnostics, kept: Cache = NO_CACHE
) -> str:
    css = "\n".join(text for text in (document.theme_css, document.theme.base_css(document.base_css)) if text)
    context = deck_context(document) | {
        "generator": f"slidebuild {__version__}",
        "card": document.card,
        "root": safe(attributes(_root_attributes(document))),
        "width": document.settings.ratio.pixels[0],
        "height": document.settings.ratio.pixels[1],
        "player_css": style(document.player_css),
        "css": style(css),
        "deck_css": list(document.deck_css),
        "deck_style": style(document.deck_style),
        "slides": safe(slides),
        "data": safe(data),
        "head_script": script(document.player_head_script),
        "script": script(document.player_script),
    }
    return document.theme.render(template, context, diagnostics, kept)


def _root_attributes(document: Document) -> dict[str, str]:
    """Attributes of `<html>`, what themes and the player select by."""
    settings = document.settings
    width, height = settings.ratio.pixels
    found = {"lang": settings.lang}
    if direction(settings.lang) == "rtl":
        found["dir"] = "rtl"
    return found | {
        "class": " ".join(f"sb-theme-{name}" for name in document.theme.chain),
        "data-sb-ratio": str(settings.ratio),
        "data-sb-scheme": settings.color_scheme,
        "data-sb-regions": " ".join(document.theme.regions),
        "style": f"--sb-width:{width}px;--sb-height:{height}px",
    }
