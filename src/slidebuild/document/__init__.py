"""Slides, theme and player become one page: `render_document` for the screen, `render_print` for the PDF printer.

The page has the DOM that remark.js makes (see the DOM contract in the design). Themes fill it through templates:
`page.html.j2`, `print.html.j2` and one `regions/NAME.html.j2` for each region that `theme.yml` shows.

Who calls it, once all passes have run:

    page = Document(slides=[PageSlide.of(slide, title, style=background_style(properties, address)), …],
                    total=deck.total, settings=settings, theme=theme, title=title)
    css = theme.css(publish, needed_characters(shown_text(page)), diagnostics)   # fonts.needed_characters
    html = render_document(replace(page, theme_css=css, base_css=highlighting + math, player_css=…), diagnostics)

Equal input gives equal bytes.
"""

from slidebuild.document.card import Card, beside, card_of
from slidebuild.document.data import as_json, deck_data, page_data, slide_data
from slidebuild.document.model import Document, PageSlide, Section, shown_text
from slidebuild.document.page import (
    DATA_MARK,
    SLIDES_MARK,
    is_divisible,
    render_document,
    render_print,
    render_shell,
    with_slides,
)
from slidebuild.document.slide import Container, claimed_ids, container, slide_number

__all__ = [
    "DATA_MARK",
    "SLIDES_MARK",
    "Card",
    "Container",
    "Document",
    "PageSlide",
    "Section",
    "as_json",
    "beside",
    "card_of",
    "claimed_ids",
    "container",
    "deck_data",
    "is_divisible",
    "page_data",
    "render_document",
    "render_print",
    "render_shell",
    "shown_text",
    "slide_data",
    "slide_number",
    "with_slides",
]
