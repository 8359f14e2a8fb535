"""The sheets of a hand-out as a page to print: room for the slides, their numbers, and notes as text.

The slides themselves are put in afterwards (`imposition`): the browser would make no links of what it draws scaled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from slidebuild import dom
from slidebuild.compiler import Compiled
from slidebuild.fonts import needed_characters, subset
from slidebuild.installed import PACKAGE
from slidebuild.passes.highlight_styles import highlight_css
from slidebuild.pdf.layout import MARGIN, Layout
from slidebuild.pdf.placeholder import PlannedPage, at_slide
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from jinja2 import Template

_FONTS: Final = (
    ("Fira Sans", 400, "normal", "fontpkg_fira_sans", "files/FiraSans-Regular.ttf"),
    ("Fira Sans", 400, "italic", "fontpkg_fira_sans", "files/FiraSans-Italic.ttf"),
    ("Fira Sans", 600, "normal", "fontpkg_fira_sans", "files/FiraSans-SemiBold.ttf"),
    ("Fira Code", 400, "normal", "fontpkg_fira_code", "files/FiraCode[wght].ttf"),
)
_FAMILY: Final = '"Fira Sans", sans-serif'
_SCHEMES: Final = frozenset(("http", "https", "mailto", "tel", "ftp", "doi"))


@dataclass(frozen=True, slots=True)
class Sheets:
    """A page to print."""

    html: str
    assets: Mapping[str, bytes]
    links: tuple[str, ...]
    """What each link of the notes reads, in order."""


@dataclass(frozen=True, slots=True)
class _Slot:
    index: int
    label: str
    left: float
    top: float
    notes: str


def sheets_page(
    compiled: Compiled, pages: Sequence[PlannedPage], addresses: Mapping[str, int], online: str | None, layout: Layout
) -> Sheets:
    """The sheets for the pages of a PDF. `addresses`: what may stand after a `#`, and the 0-based page it leads to."""
    from markupsafe import Markup

    trees = [dom.parse(_notes(compiled, page) if layout.has_notes else "") for page in pages]
    for tree in trees:
        _settle_links(tree, addresses, online)
    slots = [
        _Slot(index, page.label, *layout.places[index % len(layout.places)], Markup(dom.inner_html(tree).strip()))  # noqa: S704
        for index, (page, tree) in enumerate(zip(pages, trees, strict=True))
    ]
    per_sheet = len(layout.places)
    text = (compiled.title, *(page.label for page in pages), *(dom.text(tree) for tree in trees))
    assets = dict(compiled.resolver.collector.files)
    html = _template().render(
        lang=compiled.settings.lang,
        title=compiled.title,
        css_title=Markup(json.dumps(compiled.title).replace("</", "<\\/")),  # noqa: S704
        faces=Markup("\n".join(_faces(needed_characters(text), compiled, assets))),  # noqa: S704
        css=Markup(_css(compiled, assets) if layout.has_notes else ""),  # noqa: S704
        font=Markup(_FAMILY),  # noqa: S704
        paper=layout.paper,
        margin=MARGIN,
        height=layout.content[1],
        slide=layout.slide,
        has_notes=layout.has_notes,
        sheets=[slots[at : at + per_sheet] for at in range(0, len(slots), per_sheet)],
    )
    links = [_reads(link) for tree in trees for link in dom.select(tree, "a[href]")]
    return Sheets(html, assets, tuple(links))


def _notes(compiled: Compiled, page: PlannedPage) -> str:
    """The notes of a slide and of the steps that were folded into it, each text once."""
    index = page.slide.resolved.index
    found = [compiled.slides[index].notes]
    while compiled.slides[index].resolved.continues and str(index) in page.aliases:
        index -= 1
        found.append(compiled.slides[index].notes)
    return "\n".join(dict.fromkeys(notes for notes in reversed(found) if notes.strip()))


def _settle_links(tree: dom.Node, addresses: Mapping[str, int], online: str | None) -> None:
    """Links to slides of the hand-out lead to them, others of the deck online, or nowhere."""
    for link in dom.select(tree, "a[href]"):
        href = (dom.attribute(link, "href") or "").strip()
        target: str | None
        if href.startswith("#"):
            page = addresses.get(unquote(href[1:]))
            away = at_slide(online, unquote(href[1:])) if online else None
            target = away if page is None else f"#sb-slot-{page}"
        else:
            target = _outside(href, online)
        if target is None:
            dom.remove_attribute(link, "href")
        else:
            dom.set_attribute(link, "href", target)


def _outside(href: str, online: str | None) -> str | None:
    try:
        scheme = urlsplit(href).scheme.lower()
        if not scheme:
            return urljoin(online, href) if online else None
    except ValueError:
        return None
    return href if scheme in _SCHEMES else None


def _reads(link: dom.Node) -> str:
    text = dom.attribute(link, "aria-label") or " ".join(dom.text(link).split())
    return text or " ".join(dom.attribute(picture, "alt") or "" for picture in dom.select(link, "img")).strip()


def _faces(characters: frozenset[str], compiled: Compiled, assets: dict[str, bytes]) -> Iterator[str]:
    """The hand-out's own fonts, whatever the theme's are."""
    for family, weight, style, package, path in _FONTS:
        data = subset((files(package) / path).read_bytes(), characters, weight, compiled.cache)
        address = f"sb-handout/{family.replace(' ', '')}-{weight}-{style}.woff2"
        assets[address] = data
        yield (
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'font-display: block; src: url("{address}") format("woff2"); }}'
        )


def _css(compiled: Compiled, assets: dict[str, bytes]) -> str:
    """Highlighting and formulas, as on slides."""
    parts = [highlight_css((compiled.settings.highlight_style,))]
    if compiled.formula_characters:
        from slidebuild.passes.math_font import math_css, math_font

        assets["sb-handout/math.woff2"] = math_font(compiled.formula_characters, compiled.cache, compiled.lasting)
        parts.append(math_css("sb-handout/math.woff2"))
    return "\n".join(parts).replace("</", "<\\/")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((PACKAGE / "pdf" / "handout_page.html.j2").read_text("utf-8"))
