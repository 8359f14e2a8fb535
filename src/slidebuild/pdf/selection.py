"""Which of the planned pages are printed: `--slides 3-9,name,12` and `--tag X`. Links to the others go online."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import PageSlide
from slidebuild.pdf.placeholder import PlannedPage, at_slide
from slidebuild.records import dataclass
from slidebuild.slides import Slide


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; without anything all pages."""

    slides: str = ""
    """`3-9,name,12`: numbers as after the `#` of an address, names, ranges of both (`7-` to the end, `-7` from the
    beginning), with commas between them."""
    tags: tuple[str, ...] = ()
    """Slides tagged with one of these (property `tags: a, b`), and those without any tag."""

    def __bool__(self) -> bool:
        return bool(self.slides or self.tags)


EVERYTHING: Final = Selection()


def choose(
    pages: Sequence[PlannedPage], slides: Sequence[Slide], selection: Selection, path: str, diagnostics: Diagnostics
) -> tuple[PlannedPage, ...]:
    """The pages asked for, in the deck's order. A step that was folded into a page stands for that page.

    Reports `unknown-slide` (an error) and `unknown-tag` (a warning).
    """
    wanted = chosen_slides(slides, selection, path, diagnostics)
    addresses = {str(index + 1) for index in wanted}
    return tuple(page for page in pages if not addresses.isdisjoint(_addresses(page)))


def chosen_slides(slides: Sequence[Slide], selection: Selection, path: str, diagnostics: Diagnostics) -> frozenset[int]:
    """Indices of the slides asked for."""
    wanted = _wanted(slides, selection.slides, path, diagnostics)
    if not selection.tags:
        return wanted
    known = {tag for slide in slides for tag in tags_of(slide)}
    for tag in selection.tags:
        if tag not in known:
            import difflib

            near = difflib.get_close_matches(tag, known, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"slides are tagged by the property `tags: {tag}`"
            diagnostics.add("unknown-tag", f"no slide is tagged `{tag}`", path=path, hint=hint)
    asked = set(selection.tags)
    return frozenset(index for index in wanted if not (tags := tags_of(slides[index])) or tags & asked)


def tags_of(slide: Slide) -> frozenset[str]:
    """The tags of a slide: its property `tags:`, split at commas and blanks."""
    return frozenset(slide.resolved.properties.get("tags", "").replace(",", " ").split())


def _wanted(slides: Sequence[Slide], asked: str, path: str, diagnostics: Diagnostics) -> frozenset[int]:
    if not asked.strip():
        return frozenset(range(len(slides)))
    places = {str(index + 1): index for index in range(len(slides))}
    places |= {slide.resolved.name: index for index, slide in enumerate(slides) if slide.resolved.name}
    found: set[int] = set()
    for part in filter(None, (part.strip().removeprefix("#") for part in asked.split(","))):
        range_ = _range(part, places, len(slides))
        if range_ is None:
            import difflib

            near = difflib.get_close_matches(part, places, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"the deck has slides 1 to {len(slides)}"
            diagnostics.add("unknown-slide", f"there is no slide `{part}`", path=path, hint=hint)
        else:
            found.update(range_)
    return frozenset(found)


def _range(part: str, places: dict[str, int], count: int) -> range | None:
    """The slides that a part names: itself a slide, else two with a `-` between them (names may hold some)."""
    if part in places:
        return range(places[part], places[part] + 1)
    for at, character in enumerate(part):
        if character == "-":
            first, last = part[:at].strip(), part[at + 1 :].strip()
            begin = places.get(first) if first else 0
            end = places.get(last) if last else count - 1
            if begin is not None and end is not None and begin <= end and (first or last):
                return range(begin, end + 1)
    return None


def _addresses(page: PlannedPage) -> frozenset[str]:
    return frozenset((page.slide.resolved.anchor, *page.aliases))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of the deck is not printed, for links that lead there."""

    anchors: Collection[str]
    """What may stand after a `#` and leads to a slide left out, or to something on one."""
    online: str | None
    """Where the deck is online."""

    def without_dead_links(self, page: PageSlide) -> PageSlide:
        """The page with its links to what is left out leading online, or nowhere."""
        if 'href="#' not in page.content:
            return page
        tree = dom.parse(page.content)
        if not any(self._leads_out(link) for link in dom.select(tree, 'a[href^="#"]')):
            return page
        for link in filter(self._leads_out, dom.select(tree, 'a[href^="#"]')):
            if self.online is None:
                dom.remove_attribute(link, "href")
            else:
                dom.set_attribute(link, "href", at_slide(self.online, _target(link)))
        return replace(page, content=dom.serialise(tree))

    def _leads_out(self, link: dom.Node) -> bool:
        return _target(link) in self.anchors


def left_out(all_pages: Sequence[PlannedPage], kept: Sequence[PlannedPage], online: str | None) -> LeftOut:
    """What a selection leaves out."""
    return LeftOut(frozenset(_targets(all_pages)) - frozenset(_targets(kept)), online)


def _targets(pages: Sequence[PlannedPage]) -> Iterator[str]:
    for page in pages:
        yield from _addresses(page)
        for node in dom.select(page.slide.content, "[id]"):
            yield dom.attribute(node, "id") or ""


def _target(link: dom.Node) -> str:
    return unquote((dom.attribute(link, "href") or "").removeprefix("#"))
