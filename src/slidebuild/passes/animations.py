"""What moves on a slide, so that the PDF can show something else in its place."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from posixpath import splitext
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from slidebuild import css, dom
from slidebuild.deck import Animation
from slidebuild.lockfile import NO_LOCK, Lock
from slidebuild.passes.frames import moving_kind
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.slides import Slide
from slidebuild.source import Loader, Span, is_local, resolve_address

_PLAYERS: Final = frozenset(("audio", "canvas", "iframe", "video"))
_SMIL: Final = "animate, animateTransform, animateMotion, animateColor, set"
_STILL: Final = frozenset((".jpg", ".jpeg", ".bmp", ".ico", ".pdf", ".tif", ".tiff"))
"""Pictures that cannot move, and documents: not worth reading."""
_ASSUMED: Final = frozenset((".gif", ".apng"))
"""What nobody would name so if it stood still."""
_MEDIA: Final = regex(
    r"\.(?:aac|avi|flac|html?|m4[av]|mk[av]|mov|mp[34]|mpe?g|og[agv]|opus|swf|wav|webm|wmv|xhtml)", re.IGNORECASE
)
_MEDIA_TYPE: Final = regex(r"\s*(?:video|audio)/|\s*text/html|\s*application/(?:ogg|xhtml|x-shockwave)", re.I)
_SRCSET_CANDIDATE: Final = regex(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)")


def find_animations(slide: Slide, loader: Loader, lock: Lock = NO_LOCK) -> tuple[Animation, ...]:
    """Why a slide counts as animated, in document order; nothing for a slide that stands still.

    Looks at the slide's content (not its notes) and its `background-image`, with addresses as the deck writes them.
    The slide property `animation: true` or `false` has the last word. A `.gif` or `.apng` that cannot be read (missing,
    remote, outside the project) is `assumed` to move. Style sheets are left to the browser.
    """
    match slide.resolved.properties.get("animation", "").strip().lower():
        case "false":
            return ()
        case "true":
            return (Animation("property", "", slide.resolved.span),)
    found = _Finder(slide, loader, lock)
    return tuple(found.all())


@dataclass(frozen=True, slots=True)
class _Finder:
    slide: Slide
    loader: Loader
    lock: Lock
    uses: Counter[str] = field(default_factory=Counter)
    """How often an address was met, to find the place of each use."""

    def all(self) -> Iterator[Animation]:
        yield from self._pictures(_css_addresses(self.slide.resolved.properties.get("background-image", "")))
        for node in dom.walk(self.slide.content):
            if dom.is_element(node):
                yield from self._in_element(node)

    def _in_element(self, node: dom.Node) -> Iterator[Animation]:
        style = dom.attribute(node, "style")
        if style:
            yield from self._pictures(_css_addresses(style))
        name = dom.tag(node)
        if name in _PLAYERS:
            address = _address_of_player(node)
            yield Animation(name, address, self._place(address))
        elif name in ("img", "image", "source", "input"):
            yield from self._pictures(_addresses_of_picture(node))
        elif name in ("object", "embed"):
            yield from self._object(node)
        elif name == "svg" and dom.select(node, _SMIL):
            yield Animation("svg", "", self.slide.resolved.span)

    def _pictures(self, addresses: Iterator[str]) -> Iterator[Animation]:
        for address in addresses:
            place = self._place(address)
            reason = self._reason(address, place)
            if reason:
                yield Animation(reason, address, place)

    def _object(self, node: dom.Node) -> Iterator[Animation]:
        address = (dom.attribute(node, "data") or dom.attribute(node, "src") or "").strip()
        kind = dom.attribute(node, "type") or ""
        place = self._place(address)
        is_page = not kind and not is_local(address) and bool(address) and not _suffix(address)
        if _MEDIA_TYPE.match(kind) or _MEDIA.fullmatch(_suffix(address)) or is_page:
            yield Animation("object", address, place)
        elif address and (reason := self._reason(address, place)):
            yield Animation(reason, address, place)

    def _reason(self, address: str, place: Span) -> str | None:
        suffix = _suffix(address)
        if suffix in _STILL:
            return None
        data = self._read(address, place)
        if data is None:
            return "assumed" if suffix in _ASSUMED else None
        return moving_kind(data)

    def _read(self, address: str, place: Span) -> bytes | None:
        if address[:5].lower() == "data:":
            return _data_of(address)
        if (stored := self.lock.stored(address)) is not None:
            return self.loader.read(stored.path)
        path = resolve_address(place.source.path, address)
        return None if path is None else self.loader.read(path)

    def _place(self, address: str) -> Span:
        """Where the address was written; in the deck its `&` may be an `&amp;`."""
        if not address:
            return self.slide.resolved.span
        nth = self.uses[address]
        self.uses[address] += 1
        place = self.slide.resolved.locate(address, nth)
        if place == self.slide.resolved.span and "&" in address:
            place = self.slide.resolved.locate(dom.escape(address), nth)
        return place


def _suffix(address: str) -> str:
    """Lower-case file name suffix of an address; for `data:` its media type says what it is: empty."""
    if address[:5].lower() == "data:":
        return ""
    try:
        return splitext(urlsplit(address).path)[1].lower()
    except ValueError:
        return ""


def _css_addresses(value: str) -> Iterator[str]:
    if "url(" in value.lower() or "image-set(" in value.lower():
        yield from (reference.address for reference in css.references(value) if reference.kind == "url")


def _addresses_of_picture(node: dom.Node) -> Iterator[str]:
    for name in ("src", "href", "xlink:href"):
        address = (dom.attribute(node, name) or "").strip()
        # The source of a <video> is told of with the video.
        if address and dom.tag(node) != "source":
            yield address
    candidates = dom.attribute(node, "srcset") or ""
    yield from (match[1] for match in _SRCSET_CANDIDATE.finditer(candidates))


def _address_of_player(node: dom.Node) -> str:
    own = (dom.attribute(node, "src") or "").strip()
    if own:
        return own
    sources = (dom.attribute(source, "src") or "" for source in dom.select(node, "source"))
    return next((address.strip() for address in sources if address.strip()), "")


def _data_of(address: str) -> bytes | None:
    """What a `data:` address holds (RFC 2397); None if it is broken."""
    head, comma, body = address.partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(body)
    if not head.lower().rstrip().endswith(";base64"):
        return data
    try:
        return base64.b64decode(b"".join(data.split()) + b"==")
    except binascii.Error:
        return None
