"""What the preview needs to know of a project: where it lies, which decks it has, how one is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from slidebuild.diagnostics import Diagnostics


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building a deck."""

    html: str | None
    """The page; None when errors stood in the way."""
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Files that come with the page: address relative to it, as the page writes it -> bytes."""
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    dependencies: frozenset[Path] = frozenset()
    """Every file the build read or looked for in vain, and folders of which any file counts (a theme's)."""
    linked: frozenset[Path] = frozenset()
    """Files below the root that the page loads under their own address instead of from `assets`."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project as the preview sees it."""

    root: Path
    """Nothing outside of this folder is served."""
    decks: Callable[[], Sequence[str]]
    """The decks there are now: POSIX paths below the root."""
    build: Callable[[str], Built]
    """Builds a deck, by its path below the root. Called in a worker thread, for one deck never twice at a time."""
    deck: str | None = None
    """The only deck of interest: built at once, kept up to date even when no page shows it, and opened at `/`."""
