"""What the preview keeps from one build of a deck to the next: settings, theme, finished slides, their elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from slidebuild.cache import Cache
from slidebuild.compiler import MemoryShelf
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.document import (
    Document,
    PageSlide,
    as_json,
    claimed_ids,
    container,
    deck_data,
    render_shell,
    slide_data,
)
from slidebuild.hints.quiet import Quiet
from slidebuild.parser.reparsing import ParseMemory
from slidebuild.preview.workspace import LivePage, LiveSlide
from slidebuild.project import Project
from slidebuild.records import dataclass
from slidebuild.source import Span
from slidebuild.theme import Theme, ThemeLoader, find_theme


@dataclass(slots=True)
class DeckMemory:
    """Of one deck. Used by one build at a time."""

    project: ProjectMemory
    text: ParseMemory = field(default_factory=ParseMemory)
    quiet: Quiet = field(default_factory=Quiet)
    theme: ThemeMemory = field(default_factory=lambda: ThemeMemory())
    shelf: MemoryShelf = field(default_factory=MemoryShelf)
    page: PageMemory = field(default_factory=lambda: PageMemory())


@dataclass(slots=True)
class ProjectMemory:
    """The project as long as its settings and macro modules are what they were."""

    open: Callable[[Diagnostics], Project]
    files: Callable[[Project], Iterable[Path]]
    """All that decides about a project."""
    _project: Project | None = None
    _read: dict[Path, bytes | None] = field(default_factory=dict)
    _found: tuple[Diagnostic, ...] = ()

    def get(self, diagnostics: Diagnostics) -> Project:
        """The project; what is wrong with it is said each time."""
        if self._project is None or any(_bytes(file) != data for file, data in self._read.items()):
            found = Diagnostics()
            project = self.open(found)
            self._read = {file: _bytes(file) for file in self.files(project)}
            self._project, self._found = project, tuple(found)
        diagnostics.extend(iter(self._found))
        return self._project


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


@dataclass(slots=True)
class ThemeMemory:
    """The last theme, as long as the files it was read from are what they were."""

    _name: str | None = None
    _theme: Theme | None = None
    _read: dict[tuple[str, str], bytes | None] = field(default_factory=dict)

    def find(
        self, name: str, diagnostics: Diagnostics, loader: ThemeLoader | None, span: Span | None, kept: Cache
    ) -> Theme:
        """As `find_theme`. A theme of which there is something to say is read anew."""
        if self._theme is not None and name == self._name and self._holds(loader):
            return self._theme
        found = Diagnostics()
        recorded = _RecordedThemes(loader) if loader is not None else None
        theme = find_theme(name, found, recorded, span, kept)
        diagnostics.extend(iter(found))
        self._name, self._theme = name, None if found else theme
        self._read = recorded.read_files if recorded is not None else {}
        return theme

    def _holds(self, loader: ThemeLoader | None) -> bool:
        return loader is not None and all(
            loader.read(theme, path) == data for (theme, path), data in self._read.items()
        )


@dataclass(frozen=True, slots=True)
class _RecordedThemes:
    """A loader of themes, and what was read from it. Installed themes don't change while the program runs."""

    loader: ThemeLoader
    read_files: dict[tuple[str, str], bytes | None] = field(default_factory=dict)

    def names(self) -> Iterable[str]:
        """The themes there are."""
        return self.loader.names()

    def read(self, theme: str, path: str) -> bytes | None:
        """Bytes of a file of a theme."""
        if (theme, path) not in self.read_files:
            self.read_files[theme, path] = self.loader.read(theme, path)
        return self.read_files[theme, path]


@dataclass(slots=True)
class PageMemory:
    """The elements of slides, as long as the rest of the deck is what it was."""

    _deck: tuple[Any, ...] = ()
    _slides: dict[tuple[Any, ...], LiveSlide] = field(default_factory=dict)

    def page(self, document: Document, written: Sequence[str], diagnostics: Diagnostics) -> LivePage:
        """The page in parts; a slide that is made from the same is the same object again."""
        deck = _deck_key(document)
        if deck != self._deck:
            self._deck, self._slides = deck, {}
        found = {}
        slides = []
        for page in document.slides:
            key = _slide_key(page)
            slide = self._slides.get(key)
            if slide is None:
                slide = LiveSlide(container(document, page, diagnostics), as_json(slide_data(page)))
            found[key] = slide
            slides.append(slide)
        # What is wrong with a template is to be said again by the next build.
        self._slides = {} if diagnostics.has_errors else found
        shell = render_shell(document, diagnostics)
        return LivePage(shell, as_json(deck_data(document)), tuple(slides), tuple(written))


def _deck_key(document: Document) -> tuple[Any, ...]:
    """What all slides of a page depend on."""
    return (
        document.settings,
        document.theme,
        document.title,
        document.total,
        len(document.slides),
        tuple(document.sections),
        document.header,
        document.footer,
        document.logo,
        document.logo_dark,
        claimed_ids(document),
    )


def _slide_key(page: PageSlide) -> tuple[Any, ...]:
    """What the element of one slide depends on besides."""
    resolved = page.resolved
    return (
        page.content,
        page.notes,
        page.title,
        page.style,
        resolved.index,
        resolved.number,
        resolved.name,
        resolved.continues,
        tuple(resolved.properties.items()),
    )
