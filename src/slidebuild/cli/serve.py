"""`slidebuild serve`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import EXIT_ENVIRONMENT, Run, fail
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.preview import Built


@click.command(
    epilog=examples("""
slidebuild serve                         every deck of the project
slidebuild serve decks/talk.md --open    one deck, shown in the browser
""")
)
@click.argument("where", required=False, type=click.Path(exists=True, path_type=Path), metavar="[DECK|DIR]")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any free port.")
@click.option("--open", "wants_open", is_flag=True, help="Open it in the browser.")
@click.option("--theme", metavar="NAME", help="Theme to use instead of the deck's own.")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Settings that go over the deck's own.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder that decks may read from.",
)
def serve(
    where: Path | None,
    port: int,
    wants_open: bool,  # noqa: FBT001
    theme: str | None,
    config: Path | None,
    root: Path | None,
) -> None:
    """Preview a deck, or all decks of a project, on this machine (127.0.0.1).

    The page follows the files: deck, included decks, pictures, theme and settings. The slide shown stays, findings
    stand over the slide, and a broken deck leaves the last good one. Ctrl-C stops.
    """
    from slidebuild.preview import Workspace
    from slidebuild.preview import serve as run_server
    from slidebuild.project import find_decks, find_root

    place = where or Path.cwd()
    base = (root or find_root(place)).resolve()
    try:
        deck = place.resolve().relative_to(base).as_posix() if place.is_file() else None
    except ValueError:
        raise click.UsageError(f"{place} lies outside the root {base}.") from None
    builder = _Builder(base, config, theme)

    def decks() -> tuple[str, ...]:
        folder = place.resolve() if place.is_dir() and place.resolve() != base else None
        found = builder.decks()
        if folder is not None:
            inside = folder.relative_to(base).as_posix()
            below = tuple(path for path in found if path.startswith(f"{inside}/"))
            return below or find_decks(base, [f"{inside}/*.md"])
        return found

    workspace = Workspace(base, decks, builder.build, deck)
    try:
        run_server(workspace, port=port, open_browser=wants_open, say=click.echo, colour=sys.stdout.isatty())
    except OSError as error:
        fail(f"cannot listen on 127.0.0.1: {error.strerror or error}", code=EXIT_ENVIRONMENT)


class _Builder:
    """Builds decks for the preview; settings are read anew each time, since they may have changed."""

    def __init__(self, root: Path, config: Path | None, theme: str | None) -> None:
        self._root = root
        self._config = config
        self._theme = theme

    def _session(self) -> Session:
        return Session(Run("serve", as_json=True), self._config, {"theme": self._theme})

    def decks(self) -> tuple[str, ...]:
        """The decks there are now."""
        return self._session().project(self._root).decks()

    def build(self, path: str) -> Built:
        """The page of a deck, its files, what is wrong, and all files that it depends on."""
        from slidebuild.cli.run import Deck
        from slidebuild.compiler import compile_deck, make_page
        from slidebuild.preview import Built
        from slidebuild.project.root import SETTINGS_FILE

        session = self._session()
        diagnostics = Diagnostics()
        opened = session.open(Deck(self._root, path), diagnostics)
        for found in session.run.diagnostics:
            diagnostics.extend(iter(found))
        watched = {self._root / path, self._root / SETTINGS_FILE}
        if self._config is not None:
            watched.add(self._config.resolve())
        if opened is None:
            return Built(None, {}, diagnostics, frozenset(watched))
        compiled = compile_deck(opened.source, opened.inputs, diagnostics)
        page = make_page(compiled, diagnostics)
        watched |= opened.loader.asked
        watched |= {self._root / "themes" / name for name in compiled.theme.chain}
        html = None if diagnostics.has_errors else page.html
        return Built(html, page.assets, diagnostics, frozenset(watched))
