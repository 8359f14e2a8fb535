"""Links pass: `#name` and `#12` must lead to a slide or to something on one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from urllib.parse import unquote

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.slides import Slide


def check_links(slides: Iterable[Slide], diagnostics: Diagnostics) -> None:
    """Report links inside the deck that lead nowhere (`dead-link`)."""
    slides = tuple(slides)
    names = [slide.resolved.name for slide in slides if slide.resolved.name]
    targets = {"", "top", *names, *(f"slide-{name}" for name in names)}
    targets.update(str(number) for number in range(1, len(slides) + 1))
    targets.update(f"p{number}" for number in range(1, len(slides) + 1))
    for slide in slides:
        for node in dom.select(slide.content, "[id], a[name]"):
            targets.update(filter(None, (dom.attribute(node, "id"), dom.attribute(node, "name"))))
    for slide in slides:
        for tree in slide.trees:
            _check(tree, slide, targets, names, diagnostics)


def _check(tree: dom.Node, slide: Slide, targets: set[str], names: list[str], diagnostics: Diagnostics) -> None:
    seen: dict[str, int] = {}
    for link in dom.select(tree, "a[href]"):
        href = dom.attribute(link, "href") or ""
        if not href.startswith("#"):
            continue
        nth = seen.get(href, 0)
        seen[href] = nth + 1
        target = unquote(href[1:])
        if target in targets:
            continue
        near = difflib.get_close_matches(target, names, 1)
        diagnostics.add(
            "dead-link",
            f"no slide is called `{target}`" if not target.isdigit() else f"there is no slide {target}",
            slide.resolved.locate(href, nth),
            hint=f"did you mean `#{near[0]}`?" if near else "give the slide a `name:`",
        )
