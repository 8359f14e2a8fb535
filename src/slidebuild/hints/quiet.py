"""Slides that there is nothing to say about need not be looked at again, as long as they are the same objects."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field
from typing import TypeAlias

from slidebuild.deck import SourceSlide, chains
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass

Look: TypeAlias = Callable[[list[SourceSlide], Diagnostics], None]
"""Reports what is odd about slides; what it says of a slide and its steps depends on no other."""


@dataclass(slots=True)
class Quiet:
    """The quiet slides of each file, by their steps together: one may end what another begins."""

    _known: dict[str, tuple[Hashable, dict[tuple[int, ...], list[SourceSlide]]]] = field(default_factory=dict)
    """Path of a file -> settings; identities of slides -> the slides, so that no others get these identities."""

    def others(self, path: str, slides: list[SourceSlide], settings: Hashable, look: Look) -> list[SourceSlide]:
        """The slides of a file that something is to be said about. What it held before is forgotten."""
        known_with, before = self._known.get(path, (None, {}))
        if known_with != settings:
            before = {}
        quiet: dict[tuple[int, ...], list[SourceSlide]] = {}
        loud: list[SourceSlide] = []
        for chain in chains(slides):
            key = tuple(map(id, chain))
            if key not in before and _is_loud(chain, look):
                loud += chain
            else:
                quiet[key] = chain
        self._known[path] = settings, quiet
        return loud


def _is_loud(chain: list[SourceSlide], look: Look) -> bool:
    found = Diagnostics()
    look(chain, found)
    return bool(found)
