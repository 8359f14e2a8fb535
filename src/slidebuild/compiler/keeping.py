"""Finished slides put aside, under keys that name all they were made from, and taken up again where nothing changed.

A slide is made from its text and properties, the deck's settings and link definitions, the macros that formulas define,
and files. What was found out about it may name places; they are kept relative to the run of text or the property they
lie in, so that a slide that moved in its file, or came from a layout that moved, is the same slide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from slidebuild.compiler.model import CompiledSlide
from slidebuild.compiler.places import Places, UnknownPlaceError
from slidebuild.compiler.shelves import Record
from slidebuild.deck import Animation, ContentClass, LinkDefinition, MacroCall, Node, ResolvedSlide, Text
from slidebuild.diagnostics import Diagnostic, Fix, Severity
from slidebuild.lockfile import Lock
from slidebuild.passes.counted import NOTHING_COUNTED, Counted
from slidebuild.passes.links import SlideLinks
from slidebuild.passes.published import Published, Unread
from slidebuild.records import dataclass
from slidebuild.settings import Settings
from slidebuild.source import Loader, is_still, similar_path, state, version

_PROGRESS: Final = "sb-progress"
"""Slides on which this stands show how far the talk has come: their number counts."""


def deck_key(
    settings: Settings,
    links: Mapping[str, LinkDefinition],
    lock: Lock,
    deck_path: str,
    asset_mode: str,
    asset_folder: str,
) -> str:
    """What all slides of a deck depend on."""
    defined = [(label, link.address, link.title) for label, link in links.items()]
    return _digest(repr([settings, defined, sorted(lock.files.items()), deck_path, asset_mode, asset_folder]))


def slide_key(slide: ResolvedSlide, deck: str, total: int) -> str:
    """All that a slide is made from, but for files and for macros of formulas; `deck` is the `deck_key`."""
    texts = [*_signature(slide.content), None, *_signature(slide.notes)]
    parts: list[Any] = [deck, slide.name, list(slide.properties.items()), slide.span.source.path, texts]
    text = repr(parts)
    return _digest(f"{text} {slide.number} {total}" if _PROGRESS in text else text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:40]


def _signature(nodes: tuple[Node, ...]) -> list[str | tuple[str, ...] | int]:
    """Texts and classes of nodes in order; where a text is not what its span covers, that as well."""
    found: list[str | tuple[str, ...] | int] = []
    stack: list[Node | int] = list(reversed(nodes))
    while stack:
        match stack.pop():
            case Text(runs=runs):
                for run in runs:
                    text, span = run.text, run.span
                    found += text, span.source.path
                    if len(text) != span.end - span.start:
                        found.append((span.text,))
            case ContentClass(names=names, children=children, is_block=is_block):
                found += names, int(is_block)
                stack.append(2)
                stack.extend(reversed(children))
            case MacroCall() as call:
                found.append((call.span.text,))
            case int(end):
                found.append(end)
    return found


@dataclass(frozen=True, slots=True)
class Brought:
    """A finished slide and what it brings to its deck."""

    compiled: CompiledSlide
    formula_characters: Collection[str]
    files: Published
    """What is copied, by address as seen from the page."""
    remote: Collection[str]
    """Addresses of other hosts that were reported."""
    copied: Collection[str]
    """Addresses of other hosts whose copies were taken."""
    diagnostics: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Finished:
    """A slide that was finished just now, with all that is put aside of it."""

    brought: Brought
    links: SlideLinks
    defines: Mapping[str, str]
    """Macros that its formulas define, for all slides."""
    known: str
    """What it was told of other slides, see `finishing.finish_slides`."""
    counted: Counted
    """What on it is counted through the deck."""
    paths: Mapping[str, str]
    """Address of a copied file -> its path below the root."""
    read: Mapping[str, bytes | None]
    """Every file that was looked for."""


def as_record(finished: Finished, loader: Loader) -> Record | None:
    """What is put aside of a slide; None for one that can't be."""
    brought = finished.brought
    slide = brought.compiled
    places = Places(slide.resolved)
    if any(address not in finished.paths for address in brought.files):
        return None
    try:
        animations = [[found.reason, found.address, places.tell(found.span)] for found in slide.animations]
        diagnostics = [_diagnostic_record(item, places) for item in brought.diagnostics]
    except UnknownPlaceError:
        return None
    return [
        [slide.content, slide.notes, slide.title, slide.style, slide.characters],
        animations,
        diagnostics,
        [list(finished.links.targets), [list(links) for links in finished.links.links]],
        dict(finished.defines),
        finished.known,
        "".join(sorted(brought.formula_characters)),
        [[path, version(loader, path), similar_path(loader, path) if data is None else None, state(loader, path)]
         for path, data in finished.read.items()],
        [[address, finished.paths[address]] for address in brought.files],
        sorted(brought.remote),
        sorted(brought.copied),
        [finished.counted.equations, finished.counted.captions],
    ]  # fmt: skip


def is_current(record: Record, loader: Loader) -> bool:
    """Whether the files that a slide was made from are what they were."""
    return all(
        is_still(loader, path, status, digest) and (digest is not None or similar_path(loader, path) == similar)
        for path, digest, similar, status in record[7]
    )


def links_of(record: Record) -> SlideLinks:
    """The slide's links and targets."""
    targets, links = record[3]
    return SlideLinks(tuple(targets), tuple(tuple(found) for found in links))


def defined_by(record: Record) -> Mapping[str, str]:
    """The macros that the slide's formulas define."""
    found: dict[str, str] = record[4]
    return found


def known_to(record: Record) -> str:
    """What the slide was told of other slides when it was made."""
    return str(record[5])


def counted_on(record: Record) -> Counted:
    """What on the slide is counted through the deck."""
    equations, captions = record[11]
    return (
        Counted(tuple(map(tuple, equations)), tuple(map(tuple, captions))) if equations or captions else NOTHING_COUNTED
    )


def from_record(record: Record, resolved: ResolvedSlide, loader: Loader) -> Brought:
    """The slide that was put aside, as part of the deck as it is now."""
    content, notes, title, style, characters = record[0]
    places = Places(resolved)
    animations = [Animation(reason, address, places.find(place)) for reason, address, place in record[1]]
    digests = {path: digest for path, digest, *_ in record[7] if digest is not None}
    return Brought(
        compiled=CompiledSlide(resolved, content, notes, title, style, tuple(animations), characters),
        formula_characters=record[6],
        files=Published(
            {address: Unread(loader, path, digests[path]) for address, path in record[8] if path in digests}
        ),
        remote=record[9],
        copied=record[10],
        diagnostics=[_diagnostic(item, places) for item in record[2]],
    )


def _diagnostic_record(item: Diagnostic, places: Places) -> list[Any]:
    span = places.tell(item.span) if item.span is not None else None
    fix = [places.tell(item.fix.span), item.fix.replacement] if item.fix is not None else None
    return [item.code, int(item.severity), item.message, span, item.hint, item.path, fix]


def _diagnostic(record: list[Any], places: Places) -> Diagnostic:
    code, severity, message, place, hint, path, repair = record
    span = places.find(place) if place is not None else None
    fix = Fix(places.find(repair[0]), repair[1]) if repair is not None else None
    return Diagnostic(code, Severity(severity), message, span, hint, path, fix)


def mapping_digest(mapping: Mapping[str, str]) -> str:
    """What tells two sets of macros, labels or names apart; empty for none."""
    return _digest(repr(list(mapping.items()))) if mapping else ""


def gathered(definitions: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The macros of all slides; the later one of two wins."""
    found: dict[str, str] = {}
    for defined in definitions:
        found.update(defined)
    return found
