"""Heading levels without jumps, slide by slide. ISO 14289-1, 7.4.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slidebuild.patterns import regex
from slidebuild.pdf.structure import Element, Tree, walk

_HEADING: Final = regex(r"H([1-9]\d*)?")
_UNKNOWN: Final = 7
"""Level of a heading that the browser writes without one: deeper than six."""
_DEEPEST: Final = 6


def settle_headings(tree: Tree) -> None:
    """Number the headings anew.

    A slide begins with level 1 or 2 as its author chose, 2 for anything deeper, the first slide with 1; below that each
    deeper heading is one level deeper. So a slide's levels do not depend on the others, and none is skipped.
    """
    base = 1
    for unit in _units(tree.root):
        levels: list[tuple[int, int]] = []
        for heading in [unit, *walk(unit)]:
            found = _HEADING.fullmatch(heading.kind)
            if found is None:
                continue
            written = int(found[1] or _UNKNOWN)
            while levels and levels[-1][0] > written:
                levels.pop()
            if not levels:
                levels.append((written, min(written, base)))
            elif levels[-1][0] < written:
                levels.append((written, min(levels[-1][1] + 1, _DEEPEST)))
            heading.kind = f"H{levels[-1][1]}"
            base = 2


def _units(root: Element) -> Iterator[Element]:
    """What has headings of its own: the sections of the document."""
    for top in root.elements:
        if top.kind == "Document":
            yield from top.elements
        else:
            yield top
