"""A slide that moves, made still: videos become their posters, what has no picture becomes a box that says so.

Pictures with several frames need nothing: Chromium prints their first one.
"""

from __future__ import annotations

from typing import Final

from slidebuild import dom
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.wording import wording

_PLAYERS: Final = "video, audio, iframe, canvas, object, embed"
_KEPT: Final = ("class", "style", "width", "height", "id")
_ALWAYS: Final = frozenset(("video", "audio", "iframe", "canvas"))
"""Elements that show nothing on paper, whether they were found to move or not."""


def make_still(content: dom.Node, page: PlannedPage, lang: str) -> dom.Node:
    """A copy of a slide's content with a still in the place of each player."""
    tree = dom.parse(dom.inner_html(content))
    moving = {animation.address for animation in page.reasons}
    for element in dom.select(tree, _PLAYERS):
        if element.parent is None:
            continue  # stood in a player that was replaced
        address = dom.attribute(element, "src") or dom.attribute(element, "data") or ""
        if dom.tag(element) in _ALWAYS or address in moving:
            poster = dom.attribute(element, "poster")
            dom.replace(element, _poster(element, poster) if poster else _box(page.online, lang))
    return tree


def _poster(element: dom.Node, poster: str) -> str:
    described = dom.attribute(element, "aria-label") or dom.attribute(element, "title") or ""
    return f'<img src="{dom.escape_attribute(poster)}" alt="{dom.escape_attribute(described)}"{_copied(element)}>'


def _box(online: str | None, lang: str) -> str:
    words = wording(lang)
    text = dom.escape(words.moves)
    if online:
        address = dom.escape_attribute(online)
        text += f'<br>{dom.escape(words.watch)} <a href="{address}">{dom.escape(online)}</a>'
    look = "display:inline-block;border:1px solid;padding:1em;font-size:70%;text-align:center"
    return f'<span class="sb-moving" style="{look}">{text}</span>'


def _copied(element: dom.Node) -> str:
    values = ((name, dom.attribute(element, name)) for name in _KEPT)
    return "".join(f' {name}="{dom.escape_attribute(value)}"' for name, value in values if value)
