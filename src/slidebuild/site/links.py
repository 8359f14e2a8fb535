"""Links between decks: what they lead to must be there, slide included."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from slidebuild.diagnostics import Diagnostics
from slidebuild.settings.rules import LEVELS
from slidebuild.site.record import DeckRecord
from slidebuild.source import SourceFile, Span


def check_links(
    records: Sequence[DeckRecord],
    pages: Sequence[str],
    read: Callable[[str], SourceFile | None],
    diagnostics: Diagnostics,
) -> None:
    """Report links of decks to other decks, or to slides of theirs, that do not exist (`dead-deck-link`).

    `pages` are further pages of the site, `read` gives the text of a deck. Only addresses that would be pages of the
    site are looked at. Each deck's settings and waivers say what is told.
    """
    targets = {f"{record.id}/index.html": _targets(record) for record in records}
    known = {*pages, *(path for record in records for path in record.outputs)}
    for record in records:
        dead = [(address, *what) for address in record.links if (what := _dead(record, address, targets, known))]
        if dead:
            diagnostics.extend(iter(_judged(record, dead, read(record.deck))))


def _dead(
    record: DeckRecord, address: str, targets: Mapping[str, frozenset[str]], known: set[str]
) -> tuple[str, str | None] | None:
    """What is wrong with a link, and a hint; None when it is well."""
    path, fragment = _target(record.id, address)
    if path is None or not path.endswith(".html"):
        return None
    if path not in known and path not in targets:
        return f"{address} leads to no page of the site", _nearest(path, record.id, targets)
    if path in targets and fragment not in targets[path]:
        return f"{address} leads to a deck that has no slide `{fragment}`", None
    return None


def _judged(record: DeckRecord, dead: list[tuple[str, str, str | None]], source: SourceFile | None) -> Diagnostics:
    from slidebuild.policy import judge

    found = Diagnostics()
    for address, message, hint in dead:
        span = _place(address, source)
        found.add("dead-deck-link", message, span, hint=hint, path=None if span else record.deck)
    waived = judge(found, {code: LEVELS[level] for code, level in record.check.items()})
    told = Diagnostics()
    told.extend(item for item in waived if item.code == "dead-deck-link")  # the waivers were looked at with the deck
    return told


def _place(address: str, source: SourceFile | None) -> Span | None:
    """Where the address stands in the deck; None when it was written otherwise, or in an included file."""
    start = source.text.find(address) if source is not None else -1
    return source.span(start, start + len(address)) if source is not None and start >= 0 else None


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


def _nearest(path: str, here: str, targets: Mapping[str, frozenset[str]]) -> str | None:
    import difflib

    near = difflib.get_close_matches(path, targets, 1)
    return f"did you mean {posixpath.relpath(near[0], here)}?" if near else None
