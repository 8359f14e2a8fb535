"""The preview's way to the compiler: a project on disk as a `Workspace`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.compiler import Compiled, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import Document
from slidebuild.policy import judge_deck
from slidebuild.preview.details import DeckDetails
from slidebuild.preview.memory import DeckMemory, ProjectMemory
from slidebuild.preview.places import slides_of
from slidebuild.preview.printed import replaced_slides
from slidebuild.preview.workspace import Built, LivePage, Workspace
from slidebuild.project import FileLoader, FolderThemes, OpenedDeck, Project, find_decks
from slidebuild.project.project import command_line_layer, read_settings
from slidebuild.project.root import SETTINGS_FILE
from slidebuild.records import dataclass


def open_workspace(
    root: Path,
    *,
    deck: str | None = None,
    folder: str | None = None,
    config: Path | None = None,
    options: Mapping[str, Any] | None = None,
    cache: Cache = NO_CACHE,
) -> Workspace:
    """The project at a root; one `deck` of it, or those in a `folder`, by their paths below the root.

    `config` is a file of settings that go over the decks' own, `options` are settings over those. Settings and macro
    modules are read anew when they change; `cache` keeps fonts.
    """
    builder = _Builder(root.resolve(), folder, config.resolve() if config else None, options or {}, cache)
    return Workspace(builder.root, builder.decks, builder.build, deck)


@dataclass(frozen=True, slots=True)
class _Builder:
    root: Path
    folder: str | None
    config: Path | None
    options: Mapping[str, Any] = field(default_factory=dict)
    cache: Cache = NO_CACHE
    _memories: dict[str, DeckMemory] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def decks(self) -> tuple[str, ...]:
        """The decks there are now; in a folder that holds none of the project's decks, all its Markdown files."""
        decks = self._open_project(Diagnostics()).decks()
        if self.folder is None:
            return decks
        below = tuple(path for path in decks if path.startswith(f"{self.folder}/"))
        return below or find_decks(self.root, [f"{self.folder}/*.md"])

    def build(self, path: str) -> Built:
        """A deck's page, its files, what is wrong, and all that it depends on."""
        with self._locks.setdefault(path, threading.Lock()):
            return self._build(path, Diagnostics())

    def _build(self, path: str, found: Diagnostics) -> Built:
        memory = self._memory(path)
        project = memory.project.get(found)
        dependencies = {self.root / path, *self._settings_files(project)}
        opened = project.open_deck(path, found)
        if opened is None:
            return Built(None, diagnostics=found, dependencies=frozenset(dependencies))
        themes = FolderThemes(FileLoader(self.root))
        compiled = self._compile(opened, memory, themes, found)
        parts: list[LivePage] = []

        def render(document: Document, diagnostics: Diagnostics) -> str:
            written = [slide.resolved.span.text for slide in compiled.slides]
            parts.append(memory.page.page(document, written, diagnostics))
            return ""

        page = make_page(compiled, found, render)
        judged = judge_deck(found, compiled)  # what it raises to an error stops a build, but nobody who writes
        dependencies |= {self.root / "themes" / name for name in compiled.theme.chain}
        real = {Path(os.path.realpath(file)) for file in dependencies}
        return Built(
            page=None if found.has_errors else parts[0],
            assets=_on_disk(page.assets, opened.loader),
            diagnostics=judged,
            slides_of=slides_of(judged, compiled.slides),
            dependencies=frozenset(real | opened.loader.asked | themes.loader.asked),
            title=compiled.title,
            noted=sum(1 for slide in compiled.slides if slide.notes),
            replaced=replaced_slides(compiled),
            details=DeckDetails(lambda: self._again(opened, memory)),
        )

    @staticmethod
    def _compile(opened: OpenedDeck, memory: DeckMemory, themes: FolderThemes, found: Diagnostics) -> Compiled:
        """The theme outlives a build, so it has a loader of its own: the deck's holds all pictures."""
        memory.shelf.lasting = opened.inputs.shelf
        inputs = replace(
            opened.inputs,
            shelf=memory.shelf,
            themes=themes,
            find_theme=memory.theme.find,
            parse=memory.text.parse,
            quiet=memory.quiet,
        )
        return compile_deck(opened.source, inputs, found)

    def _again(self, opened: OpenedDeck, memory: DeckMemory) -> Compiled:
        """The deck as it was built, compiled once more: everything is on the shelf, and nobody has to keep it."""
        with self._locks[opened.source.path]:
            loader = FileLoader(self.root)
            fresh = replace(opened, inputs=replace(opened.inputs, loader=loader), loader=loader)
            return self._compile(fresh, memory, FolderThemes(FileLoader(self.root)), Diagnostics())

    def _memory(self, path: str) -> DeckMemory:
        if path not in self._memories:
            self._memories[path] = DeckMemory(ProjectMemory(self._open_project, self._settings_files))
        return self._memories[path]

    def _open_project(self, diagnostics: Diagnostics) -> Project:
        layers = [read_settings(self.config, str(self.config), diagnostics)] if self.config else []
        project = Project.open(self.root, diagnostics).override(*layers, command_line_layer(self.options))
        return replace(project, cache=self.cache)

    def _settings_files(self, project: Project) -> Iterable[Path]:
        """What decides about the project: settings and macro modules."""
        yield self.root / SETTINGS_FILE
        if self.config:
            yield self.config
        names = project.settings.values.get("macros") or ()
        for name in [names] if isinstance(names, str) else names:
            yield self.root / f"{str(name).replace('.', '/')}.py"


def _on_disk(assets: Mapping[str, bytes], loader: FileLoader) -> dict[str, bytes | Path]:
    """Files by address; those that are files of the project by their place, so that they need not be kept."""
    places = {id(data): loader.root / path for path, data in loader.files.items() if data is not None}
    return {address: places.get(id(data), data) for address, data in assets.items()}
