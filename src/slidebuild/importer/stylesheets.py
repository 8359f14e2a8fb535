"""The page's CSS: `<style>` blocks become `decks/NAME.css`, linked local stylesheets are copied with what they load."""

from __future__ import annotations

import base64
import posixpath
import re
import textwrap
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from slidebuild import css
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.importer.files import Carrier
from slidebuild.importer.page import Element, Page
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span, is_local

_FONTS: Final = regex(r"//(?:fonts\.|use\.typekit|[^/]*fontawesome)|font-?awesome", re.IGNORECASE)
_MATH: Final = regex("katex|mathjax", re.IGNORECASE)


def carry_stylesheets(page: Page, carrier: Carrier, diagnostics: Diagnostics) -> list[str]:
    """Addresses for the setting `css`, in the order in which the page applied them."""
    return _Stylesheets(page, carrier, diagnostics).carry()


def is_stylesheet(element: Element) -> bool:
    """Whether a browser applies this element's CSS."""
    if element.tag == "style":  # xaringan shows all slides below each other until its script takes this one away
        return element.get("data-target") != "print-only" and element.get("type").lower() in ("", "text/css")
    relations = element.get("rel").lower().split()
    return element.tag == "link" and "stylesheet" in relations and "alternate" not in relations


@dataclass(slots=True)
class _Stylesheets:
    page: Page
    carrier: Carrier
    diagnostics: Diagnostics
    _own: list[str] = field(default_factory=list)
    """Texts of `<style>` blocks that follow one another."""
    _linked: set[Path] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)

    def carry(self) -> list[str]:
        origin = self.carrier.origin
        sheets = [element for element in self.page.elements if is_stylesheet(element)]
        for link in sheets:
            file = origin.find(link.get("href"), origin.folder, link.span, Diagnostics())
            self._taken.update(filter(None, [self.carrier.in_place(file)] if file else []))
        addresses = [address for element in sheets for address in self._element(element)]
        return list(dict.fromkeys([*addresses, *self._flush()]))

    def _element(self, element: Element) -> Iterator[str]:
        media = element.get("media")
        href = element.get("href")
        if element.tag == "style" or href.startswith("data:"):
            text = self._own_text(element, _data_text(href) if href else element.text.text)
            if text.strip():
                self._own.append(text if media.lower() in ("", "all") else f"@media {media} {{\n{text}\n}}")
            return
        if not is_local(href):
            self._report_remote(href, element.span)
            return
        path = self._file(href, self.carrier.origin.folder, element.span)
        if path is None:
            return
        address = self.carrier.address(path, href, written_in=self.carrier.deck_path) or href
        yield from self._flush()
        if media.lower() in ("", "all", "screen"):
            yield address
        else:  # `css:` knows no media, `@import` does
            self._own.append(f"@import {css.quote(address)} {media};")
            yield from self._flush()

    def _flush(self) -> Iterator[str]:
        """Write the blocks gathered so far as one file."""
        if self._own:
            number = 1
            path = f"decks/{self.carrier.name}.css"
            while path in self._taken:
                number += 1
                path = f"decks/{self.carrier.name}-{number}.css"
            self._taken.add(path)
            self.carrier.add(path, ("\n\n".join(self._own) + "\n").encode("utf-8"))
            self._own.clear()
            yield posixpath.relpath(path, posixpath.dirname(self.carrier.deck_path))

    def _own_text(self, element: Element, written: str) -> str:
        """CSS that is part of the page, its addresses as `decks/NAME.css` needs them."""
        text = css.normalise(textwrap.dedent(written).strip("\n").rstrip())
        at = 0

        def change(reference: css.Reference) -> str | None:
            nonlocal at
            literal = text[reference.start : reference.end]
            found = written.find(literal, at)
            at = found + 1
            is_there = found >= 0 and element.tag == "style"
            span = element.text.part(found, found + len(literal)) if is_there else element.span
            return self._reference(reference, self.carrier.origin.folder, self.carrier.deck_path, span)

        return css.rewrite(text, change)

    def _file(self, href: str, folder: Path, span: Span) -> str | None:
        """Carry a stylesheet, what it imports and loads; its root-relative path in the project, None if it is lost."""
        file = self.carrier.origin.find(href, folder, span, self.diagnostics)
        if file is None:
            hint = "copy it into the project and name it in `css:`"
            self.diagnostics.add("missing-stylesheet", f"there is no stylesheet {href}", span, hint=hint)
            return None
        if file in self._linked or self.carrier.in_place(file) is not None:
            return self.carrier.part(file)
        self._linked.add(file)
        text = css.normalise(file.read_bytes().decode("utf-8-sig", errors="replace"))
        path = self.carrier.part(file)
        changed = css.rewrite(text, lambda r: self._reference(r, file.parent, path, span))
        if changed != text:
            self.carrier.part(file, changed.encode("utf-8"))
        return path

    def _reference(self, reference: css.Reference, folder: Path, written_in: str, span: Span) -> str | None:
        """The new address of what a stylesheet loads; None when it stays."""
        address = reference.address
        if not is_local(address):
            if not address.startswith(("data:", "#", "about:")):
                hint = _advice(address, "copy it into the project, so that the deck works offline")
                message = f"the CSS loads {address} from the network, and goes on doing so"
                self.diagnostics.add("remote-asset", message, span, hint=hint, severity=Severity.NOTICE)
            return None
        if reference.kind == "import":
            path = self._file(address, folder, span)
        else:
            file = self.carrier.origin.find(address, folder, span, self.diagnostics)
            path = self.carrier.part(file) if file is not None else None
            if file is None:
                message = f"the CSS loads {address}, which does not exist"
                self.diagnostics.add("missing-media", message, span, severity=Severity.NOTICE)
        return None if path is None else self.carrier.address(path, address, written_in=written_in)

    def _report_remote(self, href: str, span: Span) -> None:
        if _MATH.search(href):
            return  # told with the script
        hint = _advice(href, "download it beside the deck and name it in `css:`")
        self.diagnostics.add("not-imported", f"the stylesheet {href} is not carried over", span, hint=hint)


def _data_text(address: str) -> str:
    """The text of a `data:` address (RFC 2397), as pages have them that are one file."""
    head, _, payload = address.partition(",")
    data = unquote_to_bytes(payload)
    if head.lower().endswith(";base64"):
        try:
            data = base64.b64decode(data)
        except ValueError:
            data = b""
    return data.decode("utf-8", errors="replace")


def _advice(address: str, otherwise: str) -> str:
    if _FONTS.search(address):
        return "fonts belong into a theme, or into `@font-face` rules with files of the project"
    return otherwise
