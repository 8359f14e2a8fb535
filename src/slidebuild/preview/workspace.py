"""What the preview needs to know of a project: where it lies, which decks it has, how one is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.document import Container, is_divisible, with_slides
from slidebuild.records import dataclass


@dataclass(frozen=True, eq=False)
class LiveSlide:
    """A slide as it stands on a page. One that has not changed is the same object in the next page."""

    container: Container
    data: str
    """What the player learns about it: JSON."""

    @cached_property
    def html(self) -> str:
        """The slide's element."""
        return self.container.html

    @cached_property
    def digest(self) -> bytes:
        """What tells it from others."""
        return hashlib.sha256(f"{self.html}\0{self.data}".encode(errors="surrogatepass")).digest()

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, LiveSlide) and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def body(self) -> tuple[str, str]:
        """All of it but what tells its place among the slides."""
        return self.container.before, self.container.after


@dataclass(frozen=True, eq=False)
class LivePage:
    """A deck's page in parts."""

    shell: str
    """The page without slides; marks stand for them and for the player's data."""
    data: str
    """What the player learns about the deck, without slides: JSON, an object with a key at least."""
    slides: tuple[LiveSlide, ...]
    written: tuple[str, ...] = ()
    """The text of each slide as its author wrote it: tells whether a slide was edited."""

    @cached_property
    def is_divisible(self) -> bool:
        """Whether slides and data can be exchanged."""
        return is_divisible(self.shell)

    @cached_property
    def version(self) -> str:
        """Digest of all that the page shows."""
        digest = hashlib.sha256(f"{self.shell}\0{self.data}".encode(errors="surrogatepass"))
        for slide in self.slides:
            digest.update(slide.digest)
        return digest.hexdigest()[:16]

    @property
    def whole_data(self) -> str:
        """What the player learns: JSON."""
        return f'{self.data[:-1]},"slides":[{",".join(slide.data for slide in self.slides)}]}}'

    @property
    def html(self) -> str:
        """The whole page."""
        return with_slides(self.shell, "".join(slide.html for slide in self.slides), self.whole_data)


@dataclass(frozen=True, slots=True)
class SlideText:
    """What is searched of a slide."""

    title: str
    text: str
    notes: str


@dataclass(frozen=True, slots=True)
class SlideLines:
    """Where the blocks of a slide were written."""

    path: str
    line: int
    """1-based, of the slide's own beginning."""
    blocks: tuple[tuple[str, int], ...]
    """Path of the file and 1-based line of each block of the slide, in document order (see `lines.BLOCKS`)."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The page as it will print."""

    html: str
    assets: Mapping[str, bytes]
    count: int


class Details(Protocol):
    """What can be asked about a deck that was built; made when it is asked for."""

    def texts(self) -> Sequence[SlideText]:
        """What to search."""
        ...

    def lines(self, index: int) -> SlideLines | None:
        """Where a slide (0-based) was written; None when there is none."""
        ...

    def sheets(self) -> Sheets:
        """The page as it will print."""
        ...

    def cover(self) -> Sheets:
        """The first slide alone."""
        ...


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building a deck."""

    page: LivePage | None
    """None when errors stood in the way."""
    assets: Mapping[str, bytes | Path] = field(default_factory=dict)
    """Files that come with the page: address relative to it, as the page writes it -> bytes, or where they are."""
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    slides_of: Mapping[Diagnostic, int] = field(default_factory=dict)
    """The slide, by index, that a finding belongs to."""
    dependencies: frozenset[Path] = frozenset()
    """Every file the build read or looked for in vain, and folders of which any file counts; symlinks resolved."""
    title: str = ""
    noted: int = 0
    """How many slides have notes."""
    replaced: tuple[int, ...] = ()
    """Slides that are replaced in the PDF, by index."""
    details: Details | None = None


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
