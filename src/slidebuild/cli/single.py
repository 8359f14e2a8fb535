"""Commands that look at one deck: `explain`, `ast`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from slidebuild.cli.run import Deck, Run, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import OpenedDeck
from slidebuild.records import dataclass

CONFIG: Final = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Settings that go over the deck's own.",
)
ROOT: Final = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder that decks may read from.",
)


@dataclass(frozen=True, slots=True)
class Single:
    """A deck that was read."""

    deck: Deck
    opened: OpenedDeck
    diagnostics: Diagnostics


def open_single(argument: str, config: Path | None, root: Path | None) -> Single:
    """The deck that was named; leaves with an error when it cannot be read."""
    run = Run("")
    (deck,) = asked_decks([argument], root)
    diagnostics = Diagnostics()
    opened = Session(run, config).open(deck, diagnostics)
    if opened is None:
        run.report(diagnostics)
        run.finish()
    return Single(deck, opened, diagnostics)
