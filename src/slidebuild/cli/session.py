"""Projects of a run: each root is opened once, with the settings of the command line over it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slidebuild.cli.caching import project_cache
from slidebuild.cli.run import Deck, Run
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.project import OpenedDeck, Project, Target, clashes, deck_id
from slidebuild.project.project import AssetMode, command_line_layer, read_settings
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.project.revision import RevisionFolder


@dataclass(slots=True)
class Session:
    """Opens projects and decks."""

    run: Run
    config: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings given as options; None means not given."""
    base: RevisionFolder | None = None
    """Where trusted files come from, with `--untrusted`."""
    _projects: dict[Path, Project] = field(default_factory=dict)

    def project(self, root: Path) -> Project:
        """The project at a root. Faults of its settings are reported once."""
        if root not in self._projects:
            diagnostics = Diagnostics()
            layers: list[Layer] = []
            if self.config is not None:
                layers.append(read_settings(self.config, str(self.config), diagnostics))
            layers.append(command_line_layer(self.options))
            project = Project.open(root, diagnostics, self.base).override(*layers)
            self._projects[root] = replace(project, cache=project_cache(root, self.fence))
            if len(diagnostics):
                self.run.report(_judged(diagnostics, self._projects[root]))
        return self._projects[root]

    @property
    def fence(self) -> Path | None:
        """The work tree that is not trusted: nothing is written there through symlinks, no cache is kept in it."""
        return self.base.revision.top if self.base is not None else None

    @property
    def has_failed(self) -> bool:
        """Whether settings are so broken that nothing must be written."""
        return any(diagnostics.has_errors for diagnostics in self.run.diagnostics)

    def open(
        self, deck: Deck, diagnostics: Diagnostics, *, assets: AssetMode = "copy", target: Target | None = None
    ) -> OpenedDeck | None:
        """Read a deck; None, with an error, when it cannot be read."""
        folder = target.asset_folder if target else "assets"
        data = self.read(deck, diagnostics)
        if data is None:
            return None
        project = self.project(deck.root)
        return project.open_text(deck.path, data, diagnostics, assets=assets, asset_folder=folder)

    def read(self, deck: Deck, diagnostics: Diagnostics) -> bytes | None:
        """The bytes of a deck; None, with an error, when it cannot be read."""
        return (
            sys.stdin.buffer.read() if deck.path == "-" else self.project(deck.root).read_deck(deck.path, diagnostics)
        )

    def refuse_clashes(self, decks: list[Deck]) -> list[Deck]:
        """The decks whose outputs are theirs alone; the others are reported (`output-clash`)."""
        refused: set[tuple[Path, str]] = set()
        for root in dict.fromkeys(deck.root for deck in decks):
            for clash in clashes(deck.path for deck in decks if deck.root == root):
                diagnostics = Diagnostics()
                message = f"{' and '.join(clash.decks)} would both be written to dist/{deck_id(clash.decks[0])}"
                diagnostics.add("output-clash", message, path=clash.decks[1], hint="rename one, or build it with -o")
                self.run.report(diagnostics)
                refused.update((root, path) for path in clash.decks)
        return [deck for deck in decks if (deck.root, deck.path) not in refused]


def _judged(found: Diagnostics, project: Project) -> Diagnostics:
    """What is wrong with the settings of a project, as these want it told."""
    from slidebuild.policy import judge, levels
    from slidebuild.settings import build_settings

    return judge(found, levels(build_settings((project.settings, *project.stronger), Diagnostics())))
