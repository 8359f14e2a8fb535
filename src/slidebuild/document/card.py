"""What search engines and link previews are told of a page (https://ogp.me, `rel=canonical` of RFC 6596)."""

from __future__ import annotations

import posixpath
from urllib.parse import urldefrag, urljoin, urlsplit

from slidebuild.records import dataclass
from slidebuild.settings import Settings


@dataclass(frozen=True, slots=True)
class Card:
    """Where a deck is online and how a link to it looks."""

    url: str
    """Of the deck's page."""
    image: str | None = None
    """Of a picture of its first slide: a whole address, as previews need it."""
    site: str = ""
    """What the site is called."""


def card_of(settings: Settings) -> Card | None:
    """The card of a deck by itself; None when it does not say where it is online."""
    return Card(urldefrag(settings.url).url) if settings.url else None


def beside(address: str, name: str) -> str:
    """The address of a file that lies beside a page: `…/talk`, `…/talk/` and `…/talk/index.html` are one page."""
    parts = urlsplit(urldefrag(address).url)
    is_file = "." in posixpath.basename(parts.path)
    path = parts.path if is_file or parts.path.endswith("/") else f"{parts.path}/"
    return urljoin(parts._replace(path=path, query="").geturl(), name)
