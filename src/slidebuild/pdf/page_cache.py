"""What printed pages are kept under: all that shapes them, the browser and the machine's fonts included."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from slidebuild.browser.endpoint import Endpoint
from slidebuild.browser.session import Session
from slidebuild.cache import entry_key
from slidebuild.passes.published import digest_of
from slidebuild.pdf.machine import machine
from slidebuild.records import dataclass
from slidebuild.source import SourceFile


def where(session: Session) -> str:
    """What tells the browser of a session from others that may draw other pages."""
    return session.started.build if isinstance(session.choice, Endpoint) else machine(session.choice)


def page_key(kind: str, browser: str, html: str, assets: Iterable[str], *more: object) -> str:
    """The key of something made from a page: `browser` is the answer of `where`, `assets` name its files by content."""
    return entry_key(kind, browser, html, *assets, json.dumps(more, sort_keys=True, default=repr))


def text_key(source: SourceFile) -> str:
    """Under it is noted that a deck of this text was printed.

    Likely all its pages are kept then, and the browser need not be started before one is missed.
    """
    return entry_key("printed-text", source.path, source.text)


@dataclass(frozen=True, slots=True)
class Named:
    """The files of a page, as what they are named by."""

    digests: Mapping[str, str]
    """Address and digest of each file, by address."""
    _written: tuple[tuple[str, tuple[str, ...]], ...]
    """Address of each file, and the ways in which a page can write it."""

    @classmethod
    def of(cls, assets: Mapping[str, bytes]) -> Named:
        """The files of a page, by address."""
        digests = {address: f"{address}={digest_of(assets, address)}" for address in sorted(assets)}
        written = ((name, tuple({escape(quote(name)), quote(name), name})) for name in digests)
        return cls(digests, tuple(written))

    def within(self, html: str) -> list[str]:
        """The files that a page can load: their addresses stand in it."""
        return [name for name, forms in self._written if any(form in html for form in forms)]
