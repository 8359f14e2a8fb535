"""Which pages the PDF has, and which of them the "animation skipped" slide stands in for. Nothing is printed here."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import quote, urldefrag, urlsplit

from slidebuild import dom
from slidebuild.deck import Animation
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.filling import fill
from slidebuild.pdf.job import PrintPage
from slidebuild.records import dataclass
from slidebuild.slides import Slide

Steps = Literal["final", "all", "marked"]
Animations = Literal["skip", "poster", "keep"]


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the PDF."""

    slide: Slide
    """The slide whose place, number, name and title the page has."""
    shows: Literal["slide", "still", "placeholder"]
    """The slide itself, a still of it (`still.make_still`), or the placeholder (`placeholder_for`)."""
    reasons: tuple[Animation, ...]
    """What moves on the slide, if it is not shown itself."""
    label: str
    title: str
    aliases: tuple[str, ...]
    """Other addresses of the page: numbers and names of the slide and of steps folded into it."""
    online: str | None
    """Where this very slide is online."""

    @property
    def print_page(self) -> PrintPage:
        """The page as the printer wants it."""
        resolved = self.slide.resolved
        return PrintPage(self.title, self.label, resolved.anchor, self.aliases, resolved.span)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What decides about the pages."""

    steps: Steps
    """`final`: only the last one of a run of `--` steps; `all`: each; `marked`: also those that say `print: true`."""
    animations: Animations
    movements: Mapping[int, Sequence[Animation]]
    """What moves, by the slide's index; a slide that says `animation: false` never counts."""
    titles: Sequence[str]
    """Of all slides, in order."""
    placeholder: Slide | None
    """The deck's own slide for this, if it has one."""
    url: str | None
    """Setting `url`."""


def plan_pages(slides: Sequence[Slide], plan: PagePlan, diagnostics: Diagnostics) -> tuple[PlannedPage, ...]:
    """The pages of the PDF in order. Reports `no-online-address` once, at the first slide replaced without one."""
    online = online_address(plan.url, plan.placeholder)
    labels = _Labels()
    pages: list[PlannedPage] = []
    folded: list[str] = []
    for index, slide in enumerate(slides):
        resolved = slide.resolved
        names = [*([resolved.name] if resolved.name else []), str(resolved.index + 1)]
        has_next_step = index + 1 < len(slides) and slides[index + 1].resolved.continues
        if has_next_step and not _is_printed(slide, plan.steps):
            folded += names
            continue
        reasons = () if _stays(slide) else tuple(plan.movements.get(resolved.index, ()))
        shows = _shown(plan.animations) if reasons else "slide"
        aliases = tuple(dict.fromkeys(name for name in [*names, *folded] if name != resolved.anchor))
        folded = []
        address = at_slide(online, resolved.anchor) if online else None
        title = plan.titles[index]
        pages.append(PlannedPage(slide, shows, reasons, labels.take(resolved.number), title, aliases, address))
    replaced = [page for page in pages if page.shows == "placeholder"]
    if replaced and online is None:
        diagnostics.add(
            "no-online-address",
            f"{len(replaced)} animated slide(s) are replaced in the PDF, but nothing says where the deck is online",
            replaced[0].slide.resolved.span,
            hint="add `url: https://…` to the deck's settings",
        )
    return tuple(pages)


def online_address(url: str | None, placeholder: Slide | None) -> str | None:
    """Where the deck is online: the setting, else the placeholder's first http(s) link; without its fragment."""
    if url:
        return urldefrag(url).url
    for link in dom.select(placeholder.content, "a[href]") if placeholder else ():
        address = (dom.attribute(link, "href") or "").strip()
        if address.lower().startswith(("http://", "https://")):
            return urldefrag(address).url
    return None


def at_slide(address: str, anchor: str) -> str:
    """The online address of one slide."""
    return f"{urldefrag(address).url}#{quote(anchor)}"


def placeholder_for(placeholder: Slide, page: PlannedPage, lang: str = "en") -> dom.Node:
    """A copy of the placeholder's content, filled in, whose links to the online deck lead to the page's slide."""
    tree = dom.parse(dom.inner_html(placeholder.content))
    fill(tree, page.title, page.online, lang)
    if page.online:
        link_to_slide(tree, page.online, page.slide.resolved.anchor)
    return tree


def link_to_slide(tree: dom.Node, base_url: str, anchor: str) -> None:
    """Give all links to the online deck the slide's own anchor; the tree is changed.

    A link is one to the deck when it has the deck's address (with or without `/` or `index.html` at the end, whatever
    its own fragment) or names a page below it; a file beside the deck (`paper.pdf`) stays what it is.
    """
    for link in dom.select(tree, "a[href]"):
        address = (dom.attribute(link, "href") or "").strip()
        if is_under(address, base_url):
            dom.set_attribute(link, "href", at_slide(address, anchor))


def is_under(address: str, base_url: str) -> bool:
    """Whether an address is that of the online deck, or of a page below it."""
    try:
        at, base = urlsplit(address), urlsplit(base_url)
    except ValueError:
        return False
    if (at.scheme.lower(), at.netloc.lower()) != (base.scheme.lower(), base.netloc.lower()) or not at.netloc:
        return False
    deck, path = _folder(base.path), _folder(at.path)
    if path == deck:
        return True
    return path.startswith(deck.rstrip("/") + "/") and posixpath.splitext(path)[1] in ("", ".html", ".htm")


def _folder(path: str) -> str:
    return path.removesuffix("index.html").rstrip("/") or "/"


def _is_printed(slide: Slide, steps: Steps) -> bool:
    """Whether a slide that has a further step is a page of its own."""
    return steps == "all" or (steps == "marked" and _says(slide, "print") == "true")


def _says(slide: Slide, name: str) -> str:
    return slide.resolved.properties.get(name, "").strip().lower()


def _stays(slide: Slide) -> bool:
    return _says(slide, "animation") == "false"


def _shown(animations: Animations) -> Literal["slide", "still", "placeholder"]:
    match animations:
        case "skip":
            return "placeholder"
        case "poster":
            return "still"
        case "keep":
            return "slide"


class _Labels:
    """Page labels: the number shown; pages that share a number are `12`, `12.2`, `12.3`."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    def take(self, number: int) -> str:
        nth = self._taken[number] = self._taken.get(number, 0) + 1
        return str(number) if nth == 1 else f"{number}.{nth}"
