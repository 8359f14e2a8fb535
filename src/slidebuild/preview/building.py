"""The preview's way to the compiler: a project on disk as a `Workspace`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.preview.workspace import Built, Workspace
from slidebuild.project import Project, find_decks
from slidebuild.project.project import command_line_layer, read_settings
from slidebuild.project.root import SETTINGS_FILE


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

    `config` is a file of settings that go over the decks' own, `options` are settings over those. All settings and
    macro modules are read anew for each build; `cache` keeps fonts.
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

    def decks(self) -> tuple[str, ...]:
        """The decks there are now; in a folder that holds none of the project's decks, all its Markdown files."""
        decks = self._project(Diagnostics()).decks()
        if self.folder is None:
            return decks
        below = tuple(path for path in decks if path.startswith(f"{self.folder}/"))
        return below or find_decks(self.root, [f"{self.folder}/*.md"])

    def build(self, path: str) -> Built:
        """A deck's page, its files, what is wrong, and all that it depends on."""
        found = Diagnostics()
        project = self._project(found)
        dependencies = {self.root / path, self.root / SETTINGS_FILE, *self._macro_files(project)}
        if self.config:
            dependencies.add(self.config)
        opened = project.open_deck(path, found)
        if opened is None:
            return Built(None, diagnostics=found, dependencies=frozenset(dependencies))
        compiled = compile_deck(opened.source, opened.inputs, found)
        page = make_page(compiled, found)
        dependencies |= opened.loader.asked
        dependencies |= {self.root / "themes" / name for name in compiled.theme.chain}
        html = None if found.has_errors else page.html
        return Built(html, page.assets, found, frozenset(dependencies))

    def _project(self, diagnostics: Diagnostics) -> Project:
        layers = [read_settings(self.config, str(self.config), diagnostics)] if self.config else []
        project = Project.open(self.root, diagnostics).override(*layers, command_line_layer(self.options))
        return replace(project, cache=self.cache)

    def _macro_files(self, project: Project) -> list[Path]:
        names = project.settings.values.get("macros") or ()
        return [
            self.root / f"{str(name).replace('.', '/')}.py" for name in ([names] if isinstance(names, str) else names)
        ]
