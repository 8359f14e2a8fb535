"""What turns one page of a deck into the next: the slides that differ, styles, title; never the whole page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final, TypeAlias

from slidebuild import dom
from slidebuild.preview.workspace import LivePage, LiveSlide
from slidebuild.records import dataclass

Step: TypeAlias = list[int] | dict[str, Any]
"""`[j, n]`: n slides from the old one j on, as they are. Else one slide: `from` the old one (or none), and of
`attributes`, `number`, `html` (its whole element) and `data` what is new."""

_SCATTERED: Final = 0.5
"""An edit that touches more than this part of a deck is no place to go to."""


def patch(old: LivePage, new: LivePage) -> dict[str, Any]:
    """What makes `new` of `old`. With `reload` the page has to be loaded again."""
    found: dict[str, Any] = {"base": old.version, "version": new.version}
    if not (old.is_divisible and new.is_divisible):
        return found | {"reload": True}
    if old.shell != new.shell:
        before, after = _head(old.shell), _head(new.shell)
        if before.rest != after.rest or len(before.styles) != len(after.styles):
            return found | {"reload": True}
        if before.title != after.title:
            found["title"] = after.title
        found["styles"] = {str(at): style for at, style in enumerate(after.styles) if style != before.styles[at]}
    if old.data != new.data:
        found["data"] = new.data
    found["slides"] = list(_steps(old.slides, new.slides))
    edited = _edited(old.written, new.written)
    return found if edited is None else found | {"edited": edited}


def whole(new: LivePage) -> dict[str, Any]:
    """What makes `new` of a page that nobody knows any more, slide by slide in their order."""
    if not new.is_divisible:
        return {"version": new.version, "reload": True}
    head = _head(new.shell)
    return {
        "version": new.version,
        "rest": head.rest,
        "title": head.title,
        "styles": {str(at): style for at, style in enumerate(head.styles)},
        "data": new.data,
        "slides": [{"from": at, "html": slide.html, "data": slide.data} for at, slide in enumerate(new.slides)],
    }


def rest_of(page: LivePage) -> str:
    """Digest of what no patch can change."""
    return _head(page.shell).rest


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands around the slides."""

    title: str
    styles: tuple[str, ...]
    """`<style>` and `<link>` elements in order."""
    rest: str


@lru_cache(maxsize=4)
def _head(shell: str) -> _Head:
    root = dom.parse_document(shell.replace("\0", ""))
    titles = dom.select(root, "title")
    title = dom.text(titles[0]) if titles else ""
    elements = dom.select(root, 'style, link[rel~="stylesheet"]')
    styles = tuple(dom.outer_html(element) for element in elements)
    for element in [*titles, *elements]:
        dom.remove(element)
    rest = hashlib.sha256(dom.outer_html(root).encode(errors="surrogatepass")).hexdigest()[:16]
    return _Head(title, styles, rest)


def _steps(old: tuple[LiveSlide, ...], new: tuple[LiveSlide, ...]) -> Iterator[Step]:
    first, last = _shared(old, new)
    if first:
        yield [0, first]
    middle = slice(first, len(old) - last), slice(first, len(new) - last)
    yield from _changed(old[middle[0]], new[middle[1]], first)
    if last:
        yield [len(old) - last, last]


def _shared(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[int, int]:
    """How many are the same at the beginning and at the end."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first, last


def _changed(old: tuple[LiveSlide, ...], new: tuple[LiveSlide, ...], offset: int) -> Iterator[Step]:
    """Slides that only moved, those that were edited in their place, and new ones; what is not named is gone."""
    matcher = SequenceMatcher(None, [slide.body for slide in old], [slide.body for slide in new], autojunk=False)
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        for at in range(new_start, new_end):
            source = old_start + at - new_start
            yield _step(old[source] if source < old_end else None, new[at], source + offset)


def _step(old: LiveSlide | None, new: LiveSlide, source: int) -> Step:
    if old is None:
        return {"from": None, "html": new.html, "data": new.data}
    step: dict[str, Any] = {"from": source}
    if old.body != new.body:
        step["html"] = new.html
    else:
        if old.container.attributes != new.container.attributes:
            step["attributes"] = dict(new.container.attributes)
        if old.container.number != new.container.number:
            step["number"] = new.container.number
    if old.data != new.data:
        step["data"] = new.data
    return step


def _edited(old: tuple[str, ...], new: tuple[str, ...]) -> list[int] | None:
    """First and last slide whose text was edited; None when none was, or when it was more than a place."""
    if old == new or not old or not new:
        return None
    first, last = _shared(old, new)
    start, end = min(first, len(new) - 1), max(first, len(new) - last - 1)
    if end - start + 1 > max(5, len(new) * _SCATTERED):
        return None
    return [start, min(end, len(new) - 1)]
