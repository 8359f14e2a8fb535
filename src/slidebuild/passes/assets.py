"""Assets pass: every address that a slide loads something from is looked up, reported when amiss, and rewritten.

Nothing is written here: files to be copied are collected by `AssetCollector`, `project` writes them.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final, Literal, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from slidebuild import css, dom
from slidebuild.diagnostics import Diagnostics, Fix
from slidebuild.lockfile import NO_LOCK, Lock, Stored, read_stored
from slidebuild.media_types import media_type
from slidebuild.passes.published import Published
from slidebuild.records import dataclass
from slidebuild.slides import Slide
from slidebuild.source import Loader, Span, is_local, resolve_address, similar_path

Mode: TypeAlias = Literal["copy", "inline", "link"]
"""`copy`: hashed files beside the page; `inline`: data URIs; `link`: addresses stay as the deck writes them."""

_LOADING: Final = (
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("image", "href"),
    ("image", "xlink:href"),
    ("input", "src"),
)
"""Elements and attributes that make a browser load something."""
_ANY_LOADING: Final = ",".join(dict.fromkeys(tag for tag, _ in _LOADING))

_PICTURES: Final = frozenset(("img", "image", "input"))
_PAGES: Final = frozenset(("iframe", "embed", "object"))
_REMOTE: Final = frozenset(("http", "https", ""))
_LEFT: Final = (".html", ".htm", ".md", "/")
"""Ends of links to other pages, which are not taken along."""


@dataclass(slots=True)
class AssetCollector:
    """Files that belong to a page: publishes each once, under a name that tells its content."""

    mode: Mode
    folder: str = "assets"
    """Address of the folder of copies, as seen from the page."""
    files: Published = field(default_factory=Published)
    """What has to be written for `copy`."""

    def publish(self, path: str, data: bytes) -> str:
        """Store a file; the address to refer to it by: `assets/stem.hash8.ext`, or a data URI."""
        if self.mode == "inline":
            return f"data:{media_type(path)};base64,{base64.b64encode(data).decode('ascii')}"
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        digest = hashlib.sha256(data).hexdigest()[:8]
        stem = re.sub(r"[^\w.-]+", "-", stem).strip("-") or "file"
        address = f"{self.folder}/{stem}.{digest}{suffix.lower()}"
        self.files[address] = data
        return quote(address)


@dataclass(frozen=True, slots=True)
class AssetResolver:
    """Looks up the addresses of slides."""

    deck_path: str
    """Root-relative path of the deck: what addresses left as they are count from."""
    loader: Loader
    collector: AssetCollector
    diagnostics: Diagnostics
    remote: set[str] = field(default_factory=set)
    """Addresses of other hosts that were reported: the printer need not report them again."""
    lock: Lock = NO_LOCK
    """What of other hosts is stored in the project."""
    copied: set[str] = field(default_factory=set)
    """Addresses of other hosts whose copies are taken."""

    def rewrite(self, slide: Slide) -> None:
        """Change all addresses in a slide's trees; a missing picture becomes a labelled box."""
        seen: dict[str, int] = {}
        for tree in slide.trees:
            for node, name in loading_attributes(tree):
                value = dom.attribute(node, name) or ""
                new: str | None
                if name == "srcset":
                    new = self._srcset(slide, value, seen)
                else:
                    new = self._address(slide, value, seen, dom.tag(node))
                if new is not None and new != value:
                    dom.set_attribute(node, name, new)
            for link in dom.select(tree, "a[href]"):
                self._linked_file(slide, link, seen)
            for node in dom.select(tree, "[style*='url(']"):
                style = dom.attribute(node, "style") or ""
                dom.set_attribute(node, "style", css.rewrite(style, lambda r: self._address(slide, r.address, seen)))

    def background(self, slide: Slide, address: str) -> str:
        """The address to use for a `background-image` property."""
        for written in slide.resolved.property_spans.get("background-image", ()):
            at = written.text.find(address)
            if at >= 0:
                span = written.part(at, at + len(address))
                return self._address(slide, address, {}, "img", span) or address
        return self._address(slide, address, {}, "img") or address

    def _srcset(self, slide: Slide, value: str, seen: dict[str, int]) -> str:
        parts = []
        for address, size in srcset_candidates(value):
            parts.append(f"{self._address(slide, address, seen, 'img') or address} {size}".strip())
        return ", ".join(parts)

    def _linked_file(self, slide: Slide, link: dom.Node, seen: dict[str, int]) -> None:
        """A link to a file of the project (a paper, a notebook) takes it along; one to a page or folder is left."""
        href = dom.attribute(link, "href") or ""
        if self.collector.mode != "copy" or not is_local(href) or urlsplit(href).path.endswith(_LEFT):
            return
        path = resolve_address(self._span(slide, href, seen).source.path, href)
        data = self.loader.read(path) if path is not None else None
        if path is not None and data is not None:
            fragment = urlsplit(href).fragment
            address = self.collector.publish(path, data)
            dom.set_attribute(link, "href", f"{address}#{fragment}" if fragment else address)

    def _span(self, slide: Slide, address: str, seen: dict[str, int]) -> Span:
        nth = seen.get(address, 0)
        seen[address] = nth + 1
        return slide.resolved.locate(address, nth)

    def _address(
        self, slide: Slide, address: str, seen: dict[str, int], element: str = "img", span: Span | None = None
    ) -> str | None:
        """The new address; None when it is to be left alone. Where it was written is looked up unless given."""
        text = address.strip()
        if not text or text.startswith(("#", "data:", "about:", "blob:", "javascript:")):
            return None
        span = span or self._span(slide, address, seen)
        if not is_local(text):
            stored = self.lock.stored(text)
            if stored is not None:
                return self.address_of_copy(text, stored, span)
            self._report_remote(text, span, element)
            return None
        path = resolve_address(span.source.path, text)
        data = self.loader.read(path) if path is not None else None
        if path is None or data is None:
            self._report_missing(text, path, span, element)
            if self.collector.mode != "link" and element in _PICTURES:
                return missing_picture(text)
            return None
        if self.collector.mode == "link":
            return self._relinked(text, path, span)
        if element in _PAGES and path.endswith((".html", ".htm")):
            return None
        fragment = urlsplit(text).fragment
        new = self.collector.publish(path, data)
        return f"{new}#{fragment}" if fragment and self.collector.mode == "copy" else new

    def address_of_copy(self, address: str, stored: Stored, span: Span | None) -> str | None:
        """Where the page finds the stored copy of a remote file; None, with an error, when that is not what it was."""
        data = self.read_copy(address, stored, span)
        if data is None:
            return None
        if self.collector.mode == "link":
            return quote(posixpath.relpath(stored.path, posixpath.dirname(self.deck_path) or "."))
        return self.collector.publish(stored.path, data)

    def read_copy(self, address: str, stored: Stored, span: Span | None) -> bytes | None:
        """The stored copy of a remote file; None, with an error, when that is not what it was."""
        self.copied.add(address)
        data = read_stored(stored, self.loader)
        if data is None:
            self.diagnostics.add(
                "stale-copy",
                f"{stored.path}, the copy of {address}, is gone or was changed",
                span,
                hint="`slidebuild vendor --update` stores it again",
            )
        return data

    def report_remote(self, what: str, address: str, span: Span | None) -> None:
        """Tell that something is loaded from the network: `what` is its address, or more words with it."""
        hint = "`slidebuild vendor` stores it in the project, so that the deck works offline and the PDF holds it"
        self.diagnostics.add("remote-asset", f"{what} is loaded from the network", span, hint=hint)
        self.remote.add(address)

    def _relinked(self, address: str, path: str, span: Span) -> str | None:
        """An address from an included deck of another folder, as seen from this one; None for all others."""
        home = posixpath.dirname(self.deck_path)
        if posixpath.dirname(span.source.path) == home or address.startswith("/"):
            return None
        return quote(posixpath.relpath(path, home or "."))

    def _report_remote(self, address: str, span: Span, element: str) -> None:
        try:
            scheme = urlsplit(address).scheme
        except ValueError:
            scheme = ""
        if scheme == "file":
            message, hint = f"{address} is a file of this computer, not of the project", "copy it into the project"
            self.diagnostics.add("outside-root", message, span, hint=hint)
        elif scheme in _REMOTE and element not in _PAGES:
            self.report_remote(address, address, span)

    def _report_missing(self, address: str, path: str | None, span: Span, element: str) -> None:
        if path is None:
            message = f"{address} lies outside the project"
            hint = "decks may only read files of their project (`--root` widens it)"
            self.diagnostics.add("outside-root", message, span, hint=hint)
        elif real := similar_path(self.loader, path):
            self._report_case(address, path, real, span)
        elif element in _PICTURES:
            self.diagnostics.add("missing-image", f"there is no picture {address}", span, hint=f"looked for {path}")
        else:
            self.diagnostics.add("missing-media", f"there is no file {address}", span, hint=f"looked for {path}")

    def _report_case(self, address: str, path: str, real: str, span: Span) -> None:
        """A file that only some computers find: those on which `Plot.png` and `plot.png` are one."""
        right = _with_case_of(address, path, real)
        self.diagnostics.add(
            "image-case-mismatch",
            f"there is no file {address}, but one whose name has other capitals",
            span,
            hint=f"write {right or real}",
            fix=Fix(span, right) if right is not None and span.text == address else None,
        )


def _with_case_of(address: str, path: str, real: str) -> str | None:
    """The address as it would lead to `real`, which differs from `path` in case; None for one that can't be told."""
    written = urlsplit(address).path
    names = written.split("/")
    wanted, found = path.split("/"), real.split("/")
    place = len(wanted)
    for index in range(len(names) - 1, -1, -1):
        if names[index] in ("", ".", ".."):
            break
        place -= 1
        if place < 0 or unquote(names[index]) != wanted[place]:
            return None
        if wanted[place] != found[place]:
            names[index] = quote(found[place]) if "%" in names[index] else found[place]
    right = "/".join(names)
    return address.replace(written, right, 1) if wanted[:place] == found[:place] else None


def loading_attributes(tree: dom.Node) -> Iterator[tuple[dom.Node, str]]:
    """Elements that make a browser load something, with the attribute that says what."""
    if not dom.select(tree, _ANY_LOADING):
        return
    for tag, name in _LOADING:
        selector = tag if ":" in name else f"{tag}[{name}]"
        for node in dom.select(tree, selector):
            if dom.attribute(node, name) is not None:
                yield node, name


def srcset_candidates(value: str) -> Iterator[tuple[str, str]]:
    """Address and size (`2x`, `300w` or nothing) of each picture of a `srcset`."""
    for candidate in re.split(r",\s+|,(?=\S+\s)", value):
        address, _, size = candidate.strip().partition(" ")
        yield address, size


def missing_picture(address: str) -> str:
    """A picture that says what is missing, as a data URI: 640 × 360, dashed, the file's name in the middle."""
    name = posixpath.basename(urlsplit(address).path) or address
    name = name if len(name) <= 48 else f"…{name[-47:]}"
    size = min(28, int(1000 / max(len(name), 1)))
    text = dom.escape(name)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360" role="img">'
        f"<title>missing picture: {text}</title>"
        '<rect x="3" y="3" width="634" height="354" rx="10" fill="#fff4e5" stroke="#b45309" stroke-width="3" '
        'stroke-dasharray="12 9"/>'
        '<g font-family="sans-serif" text-anchor="middle" fill="#7c2d12">'
        '<text x="320" y="168" font-size="22">missing picture</text>'
        f'<text x="320" y="212" font-size="{size}" font-weight="bold">{text}</text></g></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe="/:=,;'!()*~ ").replace(" ", "%20")
