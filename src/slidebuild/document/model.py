"""What a page is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from slidebuild import dom
from slidebuild.deck import ResolvedSlide
from slidebuild.document.card import Card
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.theme import Theme


@dataclass(frozen=True, slots=True)
class PageSlide:
    """A slide as it stands on a page."""

    resolved: ResolvedSlide
    content: str
    """HTML of what `.remark-slide-content` holds, without the slide number."""
    notes: str = ""
    """HTML of what `.remark-slide-notes` holds."""
    title: str = ""
    """Plain text for outlines and screen readers; may be empty."""
    anchors: tuple[str, ...] = ()
    """What else leads here by `#…` in print: names and 1-based indices of steps that became part of this slide."""
    style: str = ""
    """Declarations of the content element: `css.background_style(slide.resolved.properties, address)`."""
    known_characters: str | None = None
    """The characters of its text, when somebody has counted them already."""

    @staticmethod
    def of(slide: Slide, title: str = "", *, anchors: tuple[str, ...] = (), style: str = "") -> PageSlide:
        """The slide that two trees make."""
        return PageSlide(
            slide.resolved, dom.serialise(slide.content), dom.serialise(slide.notes), title, anchors, style
        )

    @property
    def characters(self) -> str:
        """Every character that its text shows, once."""
        return characters(self.content, self.notes) if self.known_characters is None else self.known_characters


def characters(*html: str) -> str:
    """Every character that the text of some HTML holds, sorted."""
    return "".join(sorted(set().union(*(dom.text(dom.parse(part)) for part in html if part))))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the deck: it begins with a slide of class `section`."""

    index: int
    """0-based, of that slide."""
    title: str
    anchor: str
    """What leads there after the `#`."""


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
    sections: Sequence[Section] = ()
    """The parts of the whole deck, even where the page shows some slides of it only."""
    header: str = ""
    """HTML of the header region (setting `header`, inline Markdown already converted)."""
    footer: str = ""
    """HTML of the footer region (setting `footer`, inline Markdown already converted)."""
    logo: str | None = None
    """Address of the picture of the logo region, as seen from the page."""
    logo_dark: str | None = None
    """The same for dark slides, where it is another one."""
    card: Card | None = None
    """How a link to the page looks elsewhere; None: nothing is told."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """More keys for the page's data (`sb-deck`)."""


def shown_text(document: Document) -> Iterator[str]:
    """All text that the page can show, CSS texts included as they may generate content: what its fonts must hold."""
    for page in document.slides:
        yield page.characters
    yield from (
        document.title,
        document.header,
        document.footer,
        document.settings.slide_number_format,
        document.deck_style,
    )
    yield from (document.settings.author or "", document.settings.date or "")
    for sheet in document.theme.stylesheets:
        yield sheet.text
