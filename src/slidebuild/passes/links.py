"""Links pass: `#name` and `#12` must lead to a slide or to something on one."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from slidebuild import dom
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.slides import Slide


@dataclass(frozen=True, slots=True)
class SlideLinks:
    """What a slide has to do with links inside its deck."""

    targets: tuple[str, ...]
    """Ids and names of elements of its content."""
    links: tuple[tuple[str, ...], ...]
    """The `#…` that are linked to: in its content, in its notes."""


def find_links(slide: Slide) -> SlideLinks:
    """Links inside the deck, as written, and what on the slide they may lead to."""
    targets = [
        target
        for node in dom.select(slide.content, "[id], a[name]")
        for target in (dom.attribute(node, "id"), dom.attribute(node, "name"))
        if target
    ]
    return SlideLinks(tuple(targets), tuple(tuple(_links(tree)) for tree in slide.trees))


def _links(tree: dom.Node) -> list[str]:
    addresses = (dom.attribute(link, "href") or "" for link in dom.select(tree, "a[href]"))
    return [address for address in addresses if address.startswith("#")]


def check_links(slides: Sequence[ResolvedSlide], found: Sequence[SlideLinks], diagnostics: Diagnostics) -> None:
    """Report links inside the deck that lead nowhere (`dead-link`); `found` tells of each slide what is on it."""
    names = [slide.name for slide in slides if slide.name]
    targets = {"", "top", *names, *(f"slide-{name}" for name in names)}
    targets.update(str(number) for number in range(1, len(slides) + 1))
    targets.update(f"p{number}" for number in range(1, len(slides) + 1))
    for on_slide in found:
        targets.update(on_slide.targets)
    for slide, on_slide in zip(slides, found, strict=True):
        for links in on_slide.links:
            _check(links, slide, targets, names, diagnostics)


def _check(
    links: tuple[str, ...], slide: ResolvedSlide, targets: set[str], names: list[str], diagnostics: Diagnostics
) -> None:
    seen: dict[str, int] = {}
    for href in links:
        nth = seen.get(href, 0)
        seen[href] = nth + 1
        target = unquote(href[1:])
        if target in targets:
            continue
        import difflib

        near = difflib.get_close_matches(target, names, 1)
        diagnostics.add(
            "dead-link",
            f"no slide is called `{target}`" if not target.isdigit() else f"there is no slide {target}",
            slide.locate(href, nth),
            hint=f"did you mean `#{near[0]}`?" if near else "give the slide a `name:`",
        )
