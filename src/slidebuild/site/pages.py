"""The pages around the decks: index, a page about each, search, feed and site map. Addresses are relative.

The site speaks its own language (`lang` in `slidebuild.yml`), the page about a deck that of the deck.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote, urljoin

from slidebuild import __version__
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.settings.languages import direction
from slidebuild.site.addresses import site_address
from slidebuild.site.record import COVER, DeckRecord, SlideRecord
from slidebuild.site.speech import Speech
from slidebuild.theme import Theme

INFO: Final = "info.html"


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made with."""

    title: str
    settings: Settings
    theme: Theme
    since: str | None = None
    """The revision that changes are listed since."""
    changed: Collection[str] = ()
    """Decks that have changed since then, by their paths."""

    @property
    def url(self) -> str | None:
        """Where the site is, with a slash at the end."""
        return site_address(self.settings.site)


def site_pages(site: Site, records: Iterable[DeckRecord], diagnostics: Diagnostics) -> dict[str, str]:
    """Path below the output folder -> text. A mistake in a theme's template is `bad-theme`."""
    by_path = sorted(records, key=lambda record: record.deck)
    ordered = sorted(by_path, key=lambda record: record.date, reverse=True)  # the latest first, those of none last
    decks = [_deck(site, record) for record in ordered]
    tags = sorted({tag for record in ordered for tag in record.keywords}, key=str.casefold)
    common = {
        "generator": f"slidebuild {__version__}",
        "site": {
            "title": site.title,
            "description": site.settings.site.description,
            "url": site.url,
            "lang": site.settings.lang,
        },
    }
    speech = Speech.of(site.settings.lang)
    common |= _spoken(speech)
    listed = {
        "decks": decks,
        "tags": tags,
        "since": site.since,
        "changed": [deck for deck in decks if deck["is_changed"]],
    }
    found = {"index.html": site.theme.render("site/index.html.j2", common | listed, diagnostics)}
    for record, deck in zip(ordered, decks, strict=True):
        about = {"deck": _from_inside(record, deck), "home": _home(record)}
        about |= _spoken(Speech.of(record.lang, site.settings.lang))
        found[f"{record.id}/{INFO}"] = site.theme.render("site/deck.html.j2", common | about, diagnostics)
    found["search.js"] = _search(speech)
    found["search-index.js"] = _index(ordered)
    if site.url is not None:
        addresses = {"feed_url": urljoin(site.url, "feed.xml"), "decks": decks}
        for name in ("feed.xml", "sitemap.xml"):
            found[name] = site.theme.render(f"site/{name}.j2", common | addresses, diagnostics)
    return found


def _spoken(speech: Speech) -> dict[str, Any]:
    """What templates need to speak a language. A theme's own words are said as they are."""
    return {
        "lang": speech.page,
        "dir": direction(speech.page),
        "say": speech.say,
        "tell": speech.tell,
        "quote": speech.quote,
    }


def _deck(site: Site, record: DeckRecord) -> dict[str, Any]:
    """A deck as the templates see it, addresses from the site's own folder."""
    folder = quote(record.id)
    name = PurePosixPath(record.id).name
    pdf, cover, notes = (
        f"{folder}/{quote(file)}" if f"{record.id}/{file}" in record.outputs else None
        for file in (f"{name}.pdf", COVER, f"{name}.notes.md")
    )
    page, info = f"{folder}/index.html", f"{folder}/{INFO}"
    return {key: getattr(record, key) for key in _SHOWN} | {
        "page": page,
        "info": info,
        "pdf": pdf,
        "cover": cover,
        "notes": notes,
        "is_changed": record.deck in site.changed,
        "url": urljoin(site.url, f"{folder}/") if site.url else None,
        "info_url": urljoin(site.url, info) if site.url else None,
        "cover_url": urljoin(site.url, cover) if site.url and cover else None,
        "published": _published(record.date),
    }


_SHOWN: Final = ("title", "author", "date", "description", "lang", "keywords", "total", "pages", "replaced")


def _from_inside(record: DeckRecord, deck: dict[str, Any]) -> dict[str, Any]:
    """The same, addresses from the deck's folder, with its slides; steps are left out."""
    folder = f"{quote(record.id)}/"
    own = {
        key: deck[key].removeprefix(folder)
        for key in ("page", "info", "pdf", "cover", "notes")
        if deck[key] is not None
    }
    slides = [
        {"number": slide.number, "title": slide.title, "address": f"index.html#{quote(slide.anchor)}"}
        for slide in record.slides
        if not slide.is_step
    ]
    return deck | own | {"slides": slides}


def _home(record: DeckRecord) -> str:
    return posixpath.relpath("index.html", record.id)


_NOTHING_FOUND: Final = "No slide has all these words."


def _search(speech: Speech) -> str:
    """The script of the search; the one thing that it says is a text in it, so that it needs nothing of the page."""
    code = (files(__package__) / "search.js").read_text(encoding="utf-8")
    said = json.dumps(speech.say(_NOTHING_FOUND), ensure_ascii=False)
    return code.replace(f'"{_NOTHING_FOUND}"', said, 1)


def _index(records: Sequence[DeckRecord]) -> str:
    """The words of all slides, as a script: pages from disk may load one, but not fetch a file."""
    decks = [
        {
            "title": record.title,
            "lang": record.lang,
            "slides": [_entry(record, slide) for slide in _last_steps(record.slides)],
        }
        for record in records
    ]
    return f"window.slidebuildSearch = {json.dumps(decks, ensure_ascii=False, separators=(',', ':'))};\n"


def _last_steps(slides: Sequence[SlideRecord]) -> Iterator[SlideRecord]:
    """Each slide once, with all that its steps bring."""
    for slide, after in pairwise((*slides, None)):
        if slide is not None and (after is None or not after.is_step):
            yield slide


def _entry(record: DeckRecord, slide: SlideRecord) -> list[str]:
    return [f"{quote(record.id)}/index.html#{quote(slide.anchor)}", slide.title, slide.text]


def _published(date: str) -> str | None:
    """An ISO date as feeds write it (RFC 822)."""
    try:
        return format_datetime(datetime.fromisoformat(date).replace(tzinfo=UTC)) if date else None
    except ValueError:
        return None
