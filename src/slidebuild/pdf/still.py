"""A slide that moves, made still: each video, player and moving picture becomes the picture that its poster says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from slidebuild import css, dom
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.wording import wording
from slidebuild.records import dataclass

_PLAYERS: Final = "video, audio, iframe, canvas, object, embed"
_PICTURES: Final = "img, input[src], image"
_KEPT: Final = ("class", "style", "width", "height", "id")
_ALWAYS: Final = frozenset(("video", "audio", "iframe", "canvas"))
"""Elements that show nothing on paper, whether they were found to move or not."""


class Stills(Protocol):
    """Where stills come from. Addresses are those of the page, None where there is no still."""

    @property
    def image(self) -> str | None:
        """The picture that the slide's author chose."""
        ...

    def is_moving(self, address: str) -> bool:
        """Whether a picture moves."""
        ...

    def of_picture(self, address: str) -> str | None:
        """The frame chosen of a picture; None: what the browser prints by itself, its first."""
        ...

    def of_video(self, addresses: tuple[str, ...], poster: str | None) -> str | None:
        """The frame chosen of the first of a video's files that can be shown, or its own poster."""
        ...


def make_still(content: dom.Node, page: PlannedPage, lang: str, stills: Stills) -> dom.Node:
    """A copy of a slide's content in which nothing moves. A player without any picture becomes a box that says so.

    A picture chosen by the author takes the place of the first thing that moves.
    """
    tree = dom.parse(dom.inner_html(content))
    _Still(tree, page, lang, stills, stills.image).make()
    return tree


def still_style(style: str, stills: Stills) -> str:
    """CSS declarations with frames in place of moving pictures."""
    if "url(" not in style:
        return style
    return css.rewrite(style, lambda reference: stills.of_picture(reference.address) or reference.address)


@dataclass(slots=True)
class _Still:
    tree: dom.Node
    page: PlannedPage
    lang: str
    stills: Stills
    image: str | None
    """Not used yet."""

    def make(self) -> None:
        for element in dom.select(self.tree, f"{_PLAYERS}, {_PICTURES}"):
            if element.parent is None:
                continue  # stood in a player that was replaced
            if dom.tag(element) in ("img", "input", "image"):
                self._picture(element)
            elif self._moves(element):
                dom.replace(element, self._player(element))
        for element in dom.select(self.tree, "[style*='url(']"):
            dom.set_attribute(element, "style", still_style(dom.attribute(element, "style") or "", self.stills))

    def _picture(self, element: dom.Node) -> None:
        for name in ("src", "href", "xlink:href"):
            address = dom.attribute(element, name)
            if address and self.stills.is_moving(address):
                new = self._take_image() or self.stills.of_picture(address)
                if new:
                    dom.set_attribute(element, name, new)
                    dom.remove_attribute(element, "srcset")

    def _moves(self, element: dom.Node) -> bool:
        """Whether a player has to go. What an `<object>` holds was judged by its address as it was written."""
        if dom.tag(element) in _ALWAYS:
            return True
        address = dom.attribute(element, "src") or dom.attribute(element, "data") or ""
        reasons = {reason.reason for reason in self.page.reasons}
        return "object" in reasons or self.stills.is_moving(address)

    def _player(self, element: dom.Node) -> str:
        picture = self._take_image()
        if picture is None and dom.tag(element) == "video":
            picture = self.stills.of_video(tuple(_sources(element)), dom.attribute(element, "poster") or None)
        return _picture(element, picture) if picture else _box(self.page.online, self.lang)

    def _take_image(self) -> str | None:
        image, self.image = self.image, None
        return image


def _sources(video: dom.Node) -> Iterator[str]:
    for node in (video, *dom.select(video, "source")):
        address = (dom.attribute(node, "src") or "").strip()
        if address:
            yield address


def _picture(element: dom.Node, address: str) -> str:
    described = dom.attribute(element, "aria-label") or dom.attribute(element, "title") or ""
    return f'<img src="{dom.escape_attribute(address)}" alt="{dom.escape_attribute(described)}"{_copied(element)}>'


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
