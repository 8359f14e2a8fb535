"""Two manifests, that of a build and that of its repetition, and how they differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from slidebuild.records import dataclass

Change: TypeAlias = Literal["changed", "gone", "new"]

WORDS: Final[Mapping[str, str]] = {
    "slidebuild": "slidebuild's version",
    "code": "slidebuild's own files",
    "python": "Python",
    "libraries": "library",
    "browser": "browser",
    "fonts": "installed font",
    "epoch": "SOURCE_DATE_EPOCH",
}
"""Parts of the environment as they are called in messages."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a build was made from and that is not what it was."""

    what: str
    """`img/plot.png`, `library pygments`, `browser`."""
    before: str | None
    after: str | None

    @property
    def change(self) -> Change:
        """In a word."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class DifferentOutput:
    """An output that came out otherwise."""

    path: str
    """Below the output folder."""
    deck: str | None
    """The deck it belongs to; None for the pages of the site."""
    change: Change
    slides: tuple[str, ...]
    """Anchors and titles of the slides that differ."""
    causes: tuple[Difference, ...]
    """What the deck depends on and is not what it was; the environment where no file explains it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a repetition showed."""

    outputs: int
    """How many were compared."""
    different: tuple[DifferentOutput, ...]
    inputs: tuple[Difference, ...]
    """Files of the project that are not what they were, whether anything came out otherwise or not."""
    environment: tuple[Difference, ...]
    altered: tuple[str, ...]
    """Files in the output folder that are not what the manifest says: somebody has changed or removed them."""

    @property
    def is_identical(self) -> bool:
        """Whether every output came out as it was, and is there as it was."""
        return not self.different and not self.altered


def compare(before: Mapping[str, Any], after: Mapping[str, Any], folder: Path) -> Comparison:
    """The manifest of a build in `folder`, against that of its repetition."""
    environment = tuple(_environment(before["environment"], after["environment"]))
    decks = sorted({*before["decks"], *after["decks"]})
    different: list[DifferentOutput] = []
    inputs: dict[str, Difference] = {}
    for deck in decks:
        old, new = before["decks"].get(deck, {}), after["decks"].get(deck, {})
        changed = tuple(_inputs(deck, old.get("inputs", {}), new.get("inputs", {})))
        inputs |= {found.what: found for found in changed}
        slides = tuple(_slides(old.get("slides", []), new.get("slides", [])))
        for found in _mappings(old.get("outputs", {}), new.get("outputs", {})):
            different.append(DifferentOutput(found.what, deck, found.change, slides, changed or environment))
    everything = (*inputs.values(), *environment)
    for found in _mappings(before["site"], after["site"]):
        different.append(DifferentOutput(found.what, None, found.change, (), everything))
    return Comparison(
        outputs=sum(len(deck["outputs"]) for deck in before["decks"].values()) + len(before["site"]),
        different=tuple(different),
        inputs=tuple(inputs.values()),
        environment=environment,
        altered=tuple(_altered(before, folder)),
    )


def _inputs(deck: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Iterator[Difference]:
    """Of a deck that came or went only itself: all that it depends on came or went with it."""
    if before and after:
        yield from _mappings(before, after)
    else:
        yield Difference(deck, before.get(deck), after.get(deck))


def _mappings(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Difference(name, before.get(name), after.get(name))


def _environment(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name, word in WORDS.items():
        old, new = before.get(name), after.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            for found in _mappings(old, new):
                yield Difference(f"{word} {found.what}", found.before, found.after)
        elif isinstance(old, list) and isinstance(new, list):
            yield from (Difference(f"{word} {entry}", entry, None) for entry in sorted(set(old) - set(new)))
            yield from (Difference(f"{word} {entry}", None, entry) for entry in sorted(set(new) - set(old)))
        elif old != new:
            yield Difference(word, _text(old), _text(new))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _slides(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> Iterator[str]:
    """Slides that differ, as people know them; those of equal anchors are compared."""
    old = {slide["anchor"]: slide for slide in before}
    new = {slide["anchor"]: slide for slide in after}
    for anchor in dict.fromkeys((*new, *old)):
        digests = [slides[anchor]["sha256"] if anchor in slides else None for slides in (old, new)]
        if digests[0] != digests[1]:
            title = (new.get(anchor) or old[anchor])["title"]
            yield f"#{anchor} {title}".strip()


def _altered(manifest: Mapping[str, Any], folder: Path) -> Iterator[str]:
    listed = dict(manifest["site"])
    for deck in manifest["decks"].values():
        listed |= deck["outputs"]
    for path, digest in sorted(listed.items()):
        try:
            if hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest:
                yield path
        except OSError:
            yield path
