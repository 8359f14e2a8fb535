"""Links between decks: what they lead to must be there, slide included."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from slidebuild.diagnostics import Diagnostics
from slidebuild.site.record import DeckRecord


def check_links(records: Sequence[DeckRecord], pages: Sequence[str], diagnostics: Diagnostics) -> None:
    """Report links of decks to other decks, or to slides of theirs, that do not exist (`dead-deck-link`).

    `pages` are further pages of the site. Only addresses that would be pages of the site are judged.
    """
    targets = {f"{record.id}/index.html": _targets(record) for record in records}
    known = {*pages, *(path for record in records for path in record.outputs)}
    for record in records:
        for address in record.links:
            path, fragment = _target(record.id, address)
            if path is None or not path.endswith(".html"):
                continue
            if path not in known and path not in targets:
                message = f"{address} leads to no page of the site"
                diagnostics.add("dead-deck-link", message, path=record.deck, hint=_nearest(path, record.id, targets))
            elif path in targets and fragment not in targets[path]:
                message = f"{address} leads to a deck that has no slide `{fragment}`"
                diagnostics.add("dead-deck-link", message, path=record.deck)


def _target(here: str, address: str) -> tuple[str | None, str]:
    """The page that an address means, below the site's folder; None when it leaves that."""
    parts = urlsplit(address)
    if parts.path.startswith("/"):
        return None, ""
    path = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
    if path.startswith("../") or path == "..":
        return None, ""
    if parts.path.endswith("/") or not posixpath.splitext(path)[1]:
        path = f"{path}/index.html"
    return path.removeprefix("./"), unquote(parts.fragment)


def _targets(record: DeckRecord) -> frozenset[str]:
    return frozenset(("", *_numbers(record), *record.targets, *(slide.anchor for slide in record.slides)))


def _numbers(record: DeckRecord) -> Iterator[str]:
    for number in range(1, len(record.slides) + 1):
        yield from (str(number), f"p{number}")


def _nearest(path: str, here: str, targets: dict[str, frozenset[str]]) -> str | None:
    import difflib

    near = difflib.get_close_matches(path, targets, 1)
    return f"did you mean {posixpath.relpath(near[0], here)}?" if near else None
