"""The preview's way to the compiler: a project on disk as a `Workspace`."""

from __future__ import annotations

from pathlib import Path

from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.preview.workspace import Built, Workspace
from slidebuild.project import Project
from slidebuild.project.root import SETTINGS_FILE
from slidebuild.settings import Layer


def open_workspace(root: Path, deck: str | None = None, *layers: Layer) -> Workspace:
    """The project at a root, or one deck of it by its root-relative path.

    `layers` are settings that go over the decks' own, weakest first. `slidebuild.yml` and macro modules are read anew
    for each build.
    """
    place = root.resolve()

    def build(path: str) -> Built:
        return _build(place, path, layers)

    def decks() -> tuple[str, ...]:
        return Project.open(place, Diagnostics()).decks()

    return Workspace(place, decks, build, deck)


def _build(root: Path, path: str, layers: tuple[Layer, ...]) -> Built:
    found = Diagnostics()
    dependencies = {root / path, root / SETTINGS_FILE}
    project = Project.open(root, found).override(*layers)
    names = project.settings.values.get("macros") or ()
    for name in [names] if isinstance(names, str) else names:
        dependencies.add(root / f"{str(name).replace('.', '/')}.py")
    opened = project.open_deck(path, found)
    if opened is None:
        return Built(None, diagnostics=found, dependencies=frozenset(dependencies))
    page = make_page(compile_deck(opened.source, opened.inputs, found), found)
    html = None if found.has_errors else page.html
    return Built(html, page.assets, found, dependencies=frozenset(dependencies | opened.loader.asked))
