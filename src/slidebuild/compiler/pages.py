"""A compiled deck to its pages: theme CSS, fonts, highlighting, formulas, the deck's own CSS and the player."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Final

from slidebuild import css
from slidebuild.cache import Either
from slidebuild.compiler.math_engine import math_engine
from slidebuild.compiler.model import Compiled, CompiledSlide
from slidebuild.deck import Run, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import (
    Card,
    Document,
    PageSlide,
    Section,
    card_of,
    render_document,
    render_print,
    shown_text,
)
from slidebuild.fonts import needed_characters
from slidebuild.passes.assets import AssetCollector
from slidebuild.passes.code_fences import chrome_css
from slidebuild.passes.highlight_styles import highlight_css
from slidebuild.records import dataclass
from slidebuild.source import Span, is_local, resolve_address


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page and the files it needs."""

    html: str
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Address relative to the page -> bytes; empty unless files are copied."""


_SECTIONS: Final = frozenset(("section", "section-title"))
"""Classes of the slides that begin a part."""

Render = Callable[[Document, Diagnostics], str]


def make_page(
    compiled: Compiled, diagnostics: Diagnostics, render: Render | None = None, card: Card | None = None
) -> Page:
    """The deck's HTML page with its player; `render` may be another way to put it together.

    `card` tells how a link to it looks elsewhere; without one, what the deck's `url:` tells of it.
    """
    from slidebuild import player

    slides = [page_slide(slide) for slide in compiled.slides]
    engine = math_engine(compiled, _publisher(compiled), diagnostics)
    has_copies = any("data-sb-copy" in slide.content for slide in slides)
    return _make(
        compiled,
        slides,
        render or partial(render_document, kept=compiled.cache),
        diagnostics,
        card=card or card_of(compiled.settings),
        player_css=player.stylesheet(),
        player_head_script=player.head_script(),
        engine_css=engine.css,
        player_script=player.script({}, compiled.settings.lang, compiled.cache)
        + (player.copy_script(compiled.settings.lang, compiled.cache) if has_copies else "")
        + engine.script,
    )


def make_still_page(compiled: Compiled, diagnostics: Diagnostics) -> Page:
    """The deck's HTML page without its player: the slides one under another, to be read or put somewhere else."""
    from slidebuild import player

    slides = [page_slide(slide) for slide in compiled.slides]
    return _make(compiled, slides, render_document, diagnostics, player_css=player.stylesheet())


def make_print_page(compiled: Compiled, slides: Sequence[PageSlide], diagnostics: Diagnostics) -> Page:
    """The page that the PDF is printed from: the given slides, one a sheet, without player and notes.

    Its fonts hold all their characters, whatever the slides show: who edits a slide leaves all others as they were.
    """
    return _make(compiled, slides, partial(render_print, kept=compiled.cache), diagnostics, is_printed=True)


def page_slide(slide: CompiledSlide) -> PageSlide:
    """A compiled slide as a page shows it."""
    return PageSlide(
        slide.resolved,
        slide.content,
        slide.notes,
        slide.title,
        style=slide.style,
        known_characters=slide.characters,
    )


def _make(
    compiled: Compiled,
    slides: Sequence[PageSlide],
    render: Render,
    diagnostics: Diagnostics,
    engine_css: str = "",
    *,
    is_printed: bool = False,
    card: Card | None = None,
    **player_parts: str,
) -> Page:
    collector = compiled.resolver.collector
    publish = _publisher(compiled)
    deck = _DeckCss(compiled, diagnostics)
    document = Document(
        slides=slides,
        total=compiled.total,
        settings=compiled.settings,
        theme=compiled.theme,
        title=compiled.title,
        base_css="\n".join(filter(None, (_base_css(compiled, slides, publish, is_printed=is_printed), engine_css))),
        deck_css=deck.linked(),
        deck_style="\n".join([*deck.embedded(), compiled.settings.style]).strip(),
        sections=_sections(compiled),
        header=_line(compiled, compiled.settings.header),
        footer=_line(compiled, compiled.settings.footer),
        logo=_logo(compiled, "logo", compiled.settings.logo, diagnostics),
        logo_dark=_logo(compiled, "logoDark", compiled.settings.logo_dark, diagnostics),
        card=card,
        **player_parts,  # type: ignore[arg-type]
    )
    characters = None if is_printed else needed_characters(shown_text(document))
    fonts = Either(compiled.cache, compiled.lasting)  # most decks want the same characters
    document = replace(document, theme_css=compiled.theme.css(publish, characters, diagnostics, fonts))
    files = collector.files.in_order()
    return Page(render(document, diagnostics), files if is_printed else dict(files))


def _publisher(compiled: Compiled) -> Callable[[str, bytes], str]:
    """Puts files where the page finds them.

    With `link` the deck's addresses stay; the theme's files have no address of their own, so they go into the page.
    """
    collector = compiled.resolver.collector
    return AssetCollector("inline").publish if collector.mode == "link" else collector.publish


def _base_css(
    compiled: Compiled, slides: Sequence[PageSlide], publish: Callable[[str, bytes], str], *, is_printed: bool
) -> str:
    own = (page.resolved.properties.get("highlight-style") for page in slides)
    styles = dict.fromkeys((compiled.settings.highlight_style, *(style for style in own if style)))
    parts = [highlight_css(styles), chrome_css([page.content for page in slides])]
    if compiled.formula_characters:
        from slidebuild.passes.math_font import math_css, math_font, whole_math_font

        name = "sb-math.ttf" if is_printed else "sb-math.woff2"
        font = (
            whole_math_font(compiled.lasting)
            if is_printed
            else math_font(compiled.formula_characters, compiled.cache, compiled.lasting)
        )
        parts.append(math_css(publish(name, font)))
    return "\n".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class _DeckCss:
    """The stylesheets that the settings name: linked where addresses stay as they are, else part of the page."""

    compiled: Compiled
    diagnostics: Diagnostics

    def linked(self) -> list[str]:
        """Addresses for `<link>`; those of other hosts always, unless there is a copy in the project."""
        resolver = self.compiled.resolver
        stays = resolver.collector.mode == "link"
        links: list[str | None] = []
        for address in self.compiled.settings.css:
            if is_local(address):
                links.append(address if stays else None)
            elif (stored := resolver.lock.stored(address)) is not None:
                links.append(resolver.address_of_copy(address, stored, self._place) if stays else None)
            else:
                resolver.report_remote(f"the stylesheet {address}", address, self._place)
                links.append(address)
        return [link for link in links if link is not None]

    def embedded(self) -> list[str]:
        """Texts of local stylesheets, what they import in place and their addresses published."""
        if self.compiled.resolver.collector.mode == "link":
            return []
        texts = (self._embed(address) for address in self.compiled.settings.css)
        return [text for text in texts if text is not None]

    def _embed(self, address: str) -> str | None:
        if is_local(address):
            path = resolve_address(self.compiled.source.path, address)
            if path is None or self.compiled.resolver.loader.read(path) is None:
                self._missing(f"there is no stylesheet {address}")
                return None
        else:
            stored = self.compiled.resolver.lock.stored(address)
            if stored is None or self.compiled.resolver.read_copy(address, stored, self._place) is None:
                return None
            path = stored.path
        flat = css.flatten(path, self._read)
        for missing in flat.missing:
            self._missing(f"{address} imports {missing}, which does not exist or imports itself")
        return "\n".join([*flat.imports, css.rewrite(flat.text, lambda reference: self._published(reference.address))])

    def _read(self, path: str) -> str | None:
        data = self.compiled.resolver.loader.read(path)
        return None if data is None else data.decode("utf-8-sig", errors="replace")

    def _published(self, path: str) -> str | None:
        if not is_local(path):
            return None
        data = self.compiled.resolver.loader.read(path)
        if data is None:
            self._missing(f"a stylesheet addresses {path}, which does not exist")
            return None
        return self.compiled.resolver.collector.publish(path, data)

    def _missing(self, message: str) -> None:
        self.diagnostics.add("missing-stylesheet", message, self._place)

    @property
    def _place(self) -> Span | None:
        return self.compiled.places.get("css")


def _sections(compiled: Compiled) -> list[Section]:
    """The parts of the deck; further steps of the slide that begins one begin none."""
    return [
        Section(resolved.index, slide.title, resolved.anchor)
        for slide in compiled.slides
        if not (resolved := slide.resolved).continues and _SECTIONS.intersection(resolved.class_names)
    ]


def _line(compiled: Compiled, text: str) -> str:
    """HTML of header or footer."""
    if not text:
        return ""
    return compiled.converter.html((Text((Run(text, compiled.source.span(0)),)),), is_inline_class=True)


def _logo(compiled: Compiled, key: str, logo: str | None, diagnostics: Diagnostics) -> str | None:
    """Address of the logo that a setting names, as seen from the page."""
    place, resolver = compiled.places.get(key), compiled.resolver
    if logo is None:
        return None
    if not is_local(logo):
        if (stored := resolver.lock.stored(logo)) is not None:
            return resolver.address_of_copy(logo, stored, place)
        if logo.startswith(("http:", "https:", "//")):
            resolver.report_remote(f"the logo {logo}", logo, place)
        return logo
    if resolver.collector.mode == "link":
        return logo
    path = resolve_address(compiled.source.path, logo)
    data = resolver.loader.read(path) if path is not None else None
    if path is None or data is None:
        diagnostics.add("missing-image", f"there is no logo {logo}", place)
        return None
    return resolver.collector.publish(path, data)
