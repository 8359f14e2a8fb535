"""What a page is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from slidebuild import dom
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.theme import Theme


@dataclass(frozen=True, slots=True)
class PageSlide:
    """A slide and what other passes found out about it."""

    slide: Slide
    title: str = ""
    """Plain text for outlines and screen readers; may be empty."""
    anchors: tuple[str, ...] = ()
    """What else leads here by `#…` in print: names and 1-based indices of steps that became part of this slide."""
    style: str = ""
    """Declarations of the content element: `css.background_style(slide.resolved.properties, address)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that a page is made of. CSS and script are texts, ready to stand in the page."""

    slides: Sequence[PageSlide]
    total: int
    """Number of the last slide (`%total%`)."""
    settings: Settings
    theme: Theme
    title: str
    theme_css: str = ""
    """`Theme.css(…)`."""
    base_css: str = ""
    """Highlighting and math; the theme may restyle it."""
    deck_css: Sequence[str] = ()
    """Addresses of the deck's stylesheets, as seen from the page; linked after the theme's."""
    deck_style: str = ""
    """The deck's own CSS text, last of all."""
    player_css: str = ""
    player_head_script: str = ""
    """Runs before anything is shown."""
    player_script: str = ""
    footer: str = ""
    """HTML of the footer region (setting `footer`, inline Markdown already converted)."""
    logo: str | None = None
    """Address of the picture of the logo region, as seen from the page."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """More keys for the page's data (`sb-deck`)."""


def shown_text(document: Document) -> Iterator[str]:
    """All text that the page can show, CSS texts included as they may generate content: what its fonts must hold."""
    for page in document.slides:
        for tree in page.slide.trees:
            yield dom.text(tree)
    yield from (document.title, document.footer, document.settings.slide_number_format, document.deck_style)
    yield from (document.settings.author or "", document.settings.date or "")
    for sheet in document.theme.stylesheets:
        yield sheet.text
