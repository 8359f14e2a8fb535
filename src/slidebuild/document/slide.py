"""One slide in the DOM that remark.js gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from slidebuild import dom
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.diagnostics import Diagnostics
from slidebuild.document.context import deck_context, slide_context
from slidebuild.document.escape import attributes
from slidebuild.document.model import Document, PageSlide
from slidebuild.patterns import regex
from slidebuild.player import say
from slidebuild.records import dataclass
from slidebuild.settings import Settings


def slide_number(number_format: str, number: int, total: int) -> str:
    """HTML of a slide number: `%current%` and `%total%` are each replaced once, as in remark."""
    return number_format.replace("%current%", str(number), 1).replace("%total%", str(total), 1)


@dataclass(frozen=True, slots=True)
class Container:
    """A slide's element in parts: those that its place among the slides decides, and the others."""

    attributes: Mapping[str, str]
    """Of the element itself: they tell the slide's place."""
    before: str
    """What it holds up to the slide number."""
    number: str
    """The slide number."""
    after: str
    """The rest."""

    @property
    def html(self) -> str:
        """The element."""
        return f"<div{attributes(self.attributes)}>{self.before}{self.number}{self.after}</div>\n"


def containers(
    document: Document, taken: frozenset[str] | None, diagnostics: Diagnostics, kept: Cache = NO_CACHE
) -> list[Container]:
    """All slides with their regions and notes; `kept` keeps the regions.

    `taken` makes them ones for print: without notes, reached by all anchors, no element in them with an id of `taken`.
    """
    regions = _regions(document, document.slides, diagnostics, kept)
    claimed = claimed_ids(document)
    pages = zip(document.slides, regions, strict=True)
    return [_container(document, page, taken, claimed, found) for page, found in pages]


def container(document: Document, page: PageSlide, diagnostics: Diagnostics) -> Container:
    """One slide with its regions and notes."""
    (regions,) = _regions(document, [page], diagnostics)
    return _container(document, page, None, claimed_ids(document), regions)


def claimed_ids(document: Document) -> frozenset[str]:
    """Names of slides that are also what the content of another would be called: `slide-x` beside `x`."""
    anchors = (page.resolved.anchor for page in document.slides)
    return frozenset(anchor for anchor in anchors if anchor.startswith(_CONTENT))


def _container(
    document: Document, page: PageSlide, taken: frozenset[str] | None, claimed: frozenset[str], regions: str
) -> Container:
    resolved = page.resolved
    content = page.content
    lang = document.settings.lang
    label = say(lang, "%1 of %2", resolved.index + 1, len(document.slides)) + (f": {page.title}" if page.title else "")
    outer = {"class": "remark-slide-container", "id": resolved.anchor, "data-sb-index": str(resolved.index)}
    outer |= {"role": "region", "aria-roledescription": say(lang, "slide"), "aria-label": label}
    anchors, notes = "", ""
    if taken is None:
        notes = f'\n<div class="remark-slide-notes">{page.notes}</div>'
    else:
        content = _without_ids(content, taken)
        others = [anchor for anchor in _anchors(page) if anchor != resolved.anchor]
        anchors = "".join(f"<a{attributes({'id': anchor})}></a>" for anchor in others)
    slide_class = "remark-slide remark-slide-incremental" if resolved.continues else "remark-slide"
    number = slide_number(document.settings.slide_number_format, resolved.number, document.total)
    return Container(
        outer,
        f'{anchors}\n<div class="remark-slide-scaler"><div class="{slide_class}">\n'
        f"<div{attributes(_content_attributes(page, document.settings, taken or claimed))}>{content}"
        '<div class="remark-slide-number">',
        _balanced(number),
        f"</div></div>{regions}\n</div></div>{notes}\n",
    )


def all_anchors(document: Document) -> frozenset[str]:
    """Everything that leads to a slide of the deck by `#…`."""
    return frozenset(anchor for page in document.slides for anchor in _anchors(page))


def _anchors(page: PageSlide) -> tuple[str, ...]:
    """All that leads to one slide, its own name or index first."""
    resolved = page.resolved
    return tuple(dict.fromkeys((resolved.anchor, str(resolved.index + 1), *page.anchors)))


_CONTENT: Final = "slide-"
"""What the id of a slide's content begins with, as in remark; its name follows."""


def _content_attributes(page: PageSlide, settings: Settings, taken: frozenset[str]) -> dict[str, str]:
    """Its id gives way to the slide of that name: `#slide-x` leads there, as the player has it."""
    resolved = page.resolved
    style = resolved.properties.get("highlight-style") or settings.highlight_style
    names = dict.fromkeys(("remark-slide-content", *resolved.class_names, f"hljs-{style}"))
    found = {"class": " ".join(names)}
    if resolved.name and (id_ := f"{_CONTENT}{resolved.name}") not in taken:
        found["id"] = id_
    if page.style:
        found["style"] = page.style
    return found


def _regions(
    document: Document, slides: Sequence[PageSlide], diagnostics: Diagnostics, kept: Cache = NO_CACHE
) -> list[str]:
    """For each slide the theme's regions that have something to show.

    The slide number is none of them: it stands in the slide itself, as in remark.
    """
    paths = [(name, f"regions/{name}.html.j2") for name in document.theme.regions]
    paths = [(name, path) for name, path in paths if document.theme.has_template(path)]
    contexts = [{"slide": slide_context(document, page)} for page in slides]
    wanted = [(path, context) for context in contexts for _, path in paths]
    filled = iter(document.theme.render_all(wanted, deck_context(document), diagnostics, kept) if wanted else ())
    return ["".join(_region(name, next(filled).strip()) for name, _ in paths) for _ in slides]


def _region(name: str, html: str) -> str:
    return f'\n<div class="sb-region sb-{dom.escape_attribute(name)}">{_balanced(html)}</div>' if html else ""


_ID: Final = regex(r' id="([^"]*)"')


def _without_ids(html: str, taken: frozenset[str]) -> str:
    """HTML in which no element has one of the ids."""
    if taken.isdisjoint(_ID.findall(html)):
        return html
    tree = dom.parse(html)
    for node in dom.select(tree, "[id]"):
        if dom.attribute(node, "id") in taken:
            dom.remove_attribute(node, "id")
    return dom.serialise(tree)


def _balanced(html: str) -> str:
    """HTML as the parser closes it, so that what a setting or template leaves open harms nothing around it."""
    return dom.serialise(dom.parse(html)) if "<" in html or "&" in html else html
