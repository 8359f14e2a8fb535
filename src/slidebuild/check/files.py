"""What decks lead to and load: files linked to, stylesheets of other hosts, where animated slides can be watched."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from slidebuild import css, dom
from slidebuild.check.subject import Subject, beginning, place_of_address
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.placeholder import PagePlan, plan_pages
from slidebuild.project import FileLoader, deck_id, find_decks
from slidebuild.source import Span, is_local, resolve_address

_PAGES: Final = frozenset(("", ".html", ".htm"))
"""Suffixes of links that lead to other pages of the site, which is not there yet."""
_BESIDE: Final = (".pdf", ".notes.md")
"""What stands beside the page of a deck, under the deck's name."""


def check_linked_files(subject: Subject, diagnostics: Diagnostics) -> None:
    """`dead-link`: a link to a file of the project that does not exist. (Compiling looks at slides and anchors.)"""
    for slide in subject.slides:
        uses: Counter[str] = Counter()
        for link in dom.select(slide.tree.content, "a[href]"):
            address = (dom.attribute(link, "href") or "").strip()
            if not is_local(address) or posixpath.splitext(urlsplit(address).path)[1].lower() in _PAGES:
                continue
            place = place_of_address(slide.resolved, address, uses[address])
            uses[address] += 1
            span = place.span if place is not None else beginning(slide.resolved)
            path = resolve_address(span.source.path, address)
            is_copy = address in subject.compiled.resolver.collector.files
            if path is None or is_copy or _is_made(address, subject):
                continue
            if subject.loader.read(path) is None:
                hint = f"looked for {path}"
                diagnostics.add("dead-link", f"there is no file {address}", span, hint=hint)


def _is_made(address: str, subject: Subject) -> bool:
    """Whether it leads from a deck's page to what a build of the site puts beside that page, or another deck's."""
    own = deck_id(subject.compiled.source.path)
    path = posixpath.normpath(posixpath.join(own, unquote(urlsplit(address).path)))
    folder, name = posixpath.split(path)
    if name not in (f"{posixpath.basename(folder)}{suffix}" for suffix in _BESIDE):
        return False
    return folder == own or _is_deck(folder, subject)


def _is_deck(wanted: str, subject: Subject) -> bool:
    """Whether there is a deck of an id: one of those that `decks:` names.

    A deck that is none of those was named by hand, so what it links to may have been: then any text of its kind is one.
    """
    path, loader = subject.compiled.source.path, subject.loader
    decks = find_decks(loader.root, subject.compiled.settings.decks) if isinstance(loader, FileLoader) else ()
    if path in decks:
        return any(deck_id(deck) == wanted for deck in decks)
    suffix = posixpath.splitext(path)[1] or ".md"
    return any(loader.read(f"{folder}{wanted}{suffix}") is not None for folder in ("decks/", ""))


def check_remote_styles(subject: Subject, diagnostics: Diagnostics) -> None:
    """`remote-asset`: a stylesheet that loads something from another host. (Compiling looks at its own address.)"""
    settings, compiled = subject.compiled.settings, subject.compiled
    for sheet in compiled.theme.stylesheets:
        for address in _remote(sheet.text):
            _report(address, compiled.places.get("theme"), compiled.source.path, diagnostics)
    for path in filter(None, (resolve_address(compiled.source.path, address) for address in settings.css)):
        text = (subject.loader.read(path) or b"").decode("utf-8", "replace")
        for address in _remote(text):
            _report(address, None, path, diagnostics)
    for address in _remote(settings.style):
        _report(address, None, compiled.source.path, diagnostics)


def _remote(text: str) -> Iterator[str]:
    if "//" in text:
        yield from (found.address for found in css.references(text) if _is_of_the_web(found.address))


def _is_of_the_web(address: str) -> bool:
    return address.strip().lower().startswith(("http:", "https:", "//"))


def _report(address: str, place: Span | None, path: str, diagnostics: Diagnostics) -> None:
    hint = "copy it into the project, so that the deck works offline and the PDF holds it"
    diagnostics.add("remote-asset", f"{address} is loaded from the network", place, hint=hint, path=path)


def check_online_address(subject: Subject, diagnostics: Diagnostics) -> None:
    """`no-online-address`: slides that move are replaced in the PDF, but nothing says where to watch them.

    What moves by CSS only a browser knows; `slidebuild pdf` tells of it.
    """
    compiled = subject.compiled
    plan = PagePlan(
        steps=compiled.settings.pdf.steps,
        animations=compiled.settings.pdf.animations,
        movements={slide.resolved.index: slide.animations for slide in compiled.slides},
        titles=[slide.title for slide in compiled.slides],
        placeholder=compiled.placeholder.slide if compiled.placeholder else None,
        url=compiled.settings.url,
    )
    found = Diagnostics()
    plan_pages([slide.slide for slide in compiled.slides], plan, found)
    first_lines = {slide.resolved.span: beginning(slide.resolved) for slide in compiled.slides}
    for item in found:
        span = first_lines.get(item.span) if item.span is not None else None
        diagnostics.add(item.code, item.message, span or item.span, hint=item.hint)
