"""Links between decks: what they lead to must be there, slide included."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.settings.rules import LEVELS
from slidebuild.site.record import DeckRecord
from slidebuild.source import SourceFile, Span


def check_links(
    records: Sequence[DeckRecord],
    others: Sequence[DeckRecord],
    read: Callable[[str], SourceFile | None],
    diagnostics: Diagnostics,
) -> None:
    """Report links of decks to other decks, or to slides of theirs, that do not exist (`dead-deck-link`).

    `others` are decks that were left alone: they can be linked to as well. `read` gives the text of a deck. Only
    addresses that would be pages of the site are looked at, and those of a deck's text, which is no page. Each
    deck's settings and waivers say what is told.
    """
    site = _Site.of([*records, *others])
    for record in records:
        dead = [(address, *what) for address in record.links if (what := site.look_for(address, record))]
        if dead:
            diagnostics.extend(iter(_judged(record, dead, read(record.deck))))


@dataclass(frozen=True, slots=True)
class _Site:
    """What can be linked to."""

    targets: Mapping[str, frozenset[str]]
    """What may stand after a `#` behind the page of a deck."""
    pages: frozenset[str]
    """Other pages."""
    texts: Mapping[str, str]
    """Path of each deck -> of its page."""

    @staticmethod
    def of(records: Sequence[DeckRecord]) -> _Site:
        """The site of some decks."""
        pages = {"index.html", *(f"{record.id}/info.html" for record in records)}
        return _Site(
            {_page(record): _targets(record) for record in records},
            frozenset(pages),
            {record.deck: _page(record) for record in records},
        )

    def look_for(self, address: str, record: DeckRecord) -> tuple[str, str | None] | None:
        """What is wrong with a link, and a hint; None when it is well."""
        source = _below(posixpath.dirname(record.deck), urlsplit(address).path)
        if source is not None and source in self.texts:
            said = f"{address} is the text of a deck, which the site does not have"
            return said, _suggestion(self.texts[source], record)
        path, fragment = _target(record.id, address)
        if path is None or not path.endswith(".html") or path in self.pages:
            return None
        if path not in self.targets:
            return f"{address} leads to no page of the site", self._hint(address, path, record)
        if fragment not in self.targets[path]:
            return f"{address} leads to a deck that has no slide `{fragment}`", None
        return None

    def _hint(self, address: str, path: str, record: DeckRecord) -> str | None:
        """The page that was meant: as seen from the folder around the page's own, else one of a similar name."""
        import difflib

        meant, _ = _target(posixpath.dirname(record.id), address)
        others = [page for page in self.targets if page != _page(record)]
        near = [meant] if meant in self.targets else difflib.get_close_matches(path, others, 1)
        return _suggestion(near[0], record) if near and near[0] is not None else None


def _page(record: DeckRecord) -> str:
    return f"{record.id}/index.html"


def _suggestion(page: str, record: DeckRecord) -> str:
    return f"did you mean {posixpath.relpath(page, record.id)}?"


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
    path = _below(here, parts.path)
    if path is None:
        return None, ""
    if parts.path.endswith("/") or not posixpath.splitext(path)[1]:
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)


def _below(here: str, path: str) -> str | None:
    """A path as seen from a folder; None when it leads out of all of them."""
    if path.startswith("/"):
        return None
    found = posixpath.normpath(posixpath.join(here, unquote(path)))
    return None if found == ".." or found.startswith("../") else found


def _targets(record: DeckRecord) -> frozenset[str]:
    return frozenset(("", *_numbers(record), *record.targets, *(slide.anchor for slide in record.slides)))


def _numbers(record: DeckRecord) -> Iterator[str]:
    for number in range(1, len(record.slides) + 1):
        yield from (str(number), f"p{number}")
