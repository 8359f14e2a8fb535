"""Slides as they are laid out for printing: what would be cut off, and which would come out empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from slidebuild.browser.page import Page
from slidebuild.installed import PACKAGE
from slidebuild.pdf.findings import Finding
from slidebuild.player.join import join_modules

_SIDES: Final = {"left": "left of", "top": "above", "right": "right of", "bottom": "below"}


def audit(page: Page) -> tuple[Finding, ...]:
    """What is amiss with the slides of a page that is ready to be printed; hidden ones are left out.

    Text and pictures must not end beyond the slide (`slide-overflow`), a box that scrolls must not hide any
    (`clipped-content`), and a slide that has content must show some (`blank-slide`). What was moved out by hand
    (positioned, negative margins), is larger than the slide on all sides, or cut off by a box of its own is meant so.
    """
    return audited(page.evaluate(audit_script()))


def audited(answer: Iterable[Mapping[str, Any] | None]) -> tuple[Finding, ...]:
    """What the answer of `audit_script` says."""
    return tuple(finding for index, found in enumerate(answer) for finding in _findings(index, found))


def _findings(index: int, found: Mapping[str, Any] | None) -> Iterator[Finding]:
    if found is None:
        return
    if found["out"]:
        over = [(side, found["out"][side]) for side in _SIDES if side in found["out"]]
        parts = [f"{one['px']} px {_SIDES[side]} the slide" for side, one in over]
        worst = max((one for _, one in over), key=lambda one: int(one["px"]))["text"]
        message = f"“{_short(worst)}” ends {' and '.join(parts)}"
        yield Finding("slide-overflow", message, index, worst, "make it smaller, or split the slide")
    for box in found["cut"]:
        lost = [f"{box[side]} px at the {side}" for side in ("right", "bottom") if box[side]]
        message = f"<{box['name']}> “{_short(box['text'])}” hides {' and '.join(lost)}, which paper cannot scroll"
        yield Finding("clipped-content", message, index, box["text"], "shorten it, or let it wrap (`white-space`)")
    if found["hasContent"] and not found["isSeen"]:
        message = "nothing of its content is seen"
        yield Finding("blank-slide", message, index, "", "look for CSS that hides or moves it in print")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def overflow_rule() -> str:
    """The module `beyond.js`: what ends beyond a slide."""
    return _module("beyond.js")


@cache
def audit_script() -> str:
    """A JavaScript function without arguments."""
    return f"() => {{\n{join_modules('audit.js', _module)}return audit();\n}}"


def _module(name: str) -> str:
    return (PACKAGE / "pdf" / name).read_text("utf-8")
