"""Pictures: texts for those who do not see them, and how much they weigh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from slidebuild import dom
from slidebuild.check.subject import FinalSlide, Place, Subject, beginning, place_of_address, shown_name
from slidebuild.diagnostics import Diagnostics

MAX_BYTES: Final = 5_000_000
"""What one picture may weigh: a deck of forty such is 200 MB."""


def check_alternatives(subject: Subject, diagnostics: Diagnostics) -> None:
    """`missing-alt`: an `<img>` without `alt`, or Markdown's `![](…)`.

    `alt=""` written out in HTML says that the picture is mere decoration (WCAG 2.2, 1.1.1), as do `role=presentation`
    and `aria-hidden`; a `<figcaption>` is a text, too.
    """
    for slide in subject.slides:
        for node, address, place in _pictures(slide):
            if _is_described(node) or (dom.attribute(node, "alt") == "" and not _is_from_markdown(place)):
                continue
            diagnostics.add(
                "missing-alt",
                f"{shown_name(address)} has no text for those who do not see it",
                place.span if place is not None else beginning(slide.resolved),
                hint='write ![what it shows](…), or <img … alt=""> for mere decoration',
            )


def _pictures(slide: FinalSlide) -> Iterator[tuple[dom.Node, str, Place | None]]:
    uses: Counter[str] = Counter()
    for node in dom.select(slide.tree.content, "img"):
        address = dom.attribute(node, "src") or ""
        yield node, address, place_of_address(slide.resolved, address, uses[address])
        uses[address] += 1


def _is_described(node: dom.Node) -> bool:
    if (dom.attribute(node, "alt") or "").strip() or dom.attribute(node, "role") in ("presentation", "none"):
        return True
    if any((dom.attribute(node, name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    above: dom.Node | None = node
    while above is not None:
        if dom.attribute(above, "aria-hidden") == "true":
            return True
        if dom.tag(above) == "figure":
            return bool(dom.select(above, "figcaption"))
        above = above.parent
    return False


def _is_from_markdown(place: Place | None) -> bool:
    return place is not None and (place.is_macro or place.before.endswith("]("))


def check_weight(subject: Subject, diagnostics: Diagnostics) -> None:
    """`oversized-picture`: a file of more than `MAX_BYTES`."""
    files = subject.compiled.resolver.collector.files
    told: set[str] = set()
    for slide in subject.slides:
        for _, address, place in _pictures(slide):
            size = len(files.get(unquote(address), b""))
            if size <= MAX_BYTES or address in told:
                continue
            told.add(address)
            diagnostics.add(
                "oversized-picture",
                f"{shown_name(address)} has {size / 1e6:.1f} MB",
                place.span if place is not None else beginning(slide.resolved),
                hint="fewer pixels, or another format: JPEG or WebP for photographs, a video for long animations",
            )
