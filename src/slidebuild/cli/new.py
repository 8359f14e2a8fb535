"""`slidebuild new`."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import Run
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.project.loader import FolderThemes

_ROOT: Final = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the project (default: nearest with slidebuild.yml or .git).",
)


@click.group(
    epilog=examples("""
slidebuild new deck tides                      decks/tides.md
slidebuild new deck 2026/tides --theme lecture decks/2026/tides.md in another look
slidebuild new theme house                     themes/house/, a child of default
slidebuild new theme house --from lecture      … of another theme
""")
)
def new() -> None:
    """Begin a deck or a theme. Nothing that is there is written over."""


@new.command()
@click.argument("name")
@click.option("--theme", metavar="NAME", help="Theme of the deck (default: that of slidebuild.yml).")
@_ROOT
def deck(name: str, theme: str | None, root: Path | None) -> None:
    """Begin a deck: decks/NAME.md."""
    from slidebuild.project.scaffold import deck_files

    base = _base(root)
    if theme is not None:
        _known_theme(theme, base)
    try:
        files = deck_files(name, theme, _today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    _write(base, files)


@new.command()
@click.argument("name")
@click.option("--from", "parent", default="default", metavar="PARENT", help="Theme that it builds on. [default]")
@_ROOT
def theme(name: str, parent: str, root: Path | None) -> None:
    """Begin a theme: themes/NAME/theme.yml and NAME.css."""
    from slidebuild.project.scaffold import is_name, theme_files
    from slidebuild.theme import BuiltInThemes, find_theme

    base = _base(root)
    if not is_name(name) or name in BuiltInThemes().names():
        why = "is a built-in theme" if is_name(name) else "is no name: letters, digits, `.`, `-`"
        raise click.UsageError(f"`{name}` {why}.")
    _known_theme(parent, base)
    chain = find_theme(parent, Diagnostics(), _themes(base)).chain
    _write(base, theme_files(name, parent, has_tokens="default" in chain))


def _base(root: Path | None) -> Path:
    from slidebuild.project import find_root

    return (root or find_root(Path.cwd())).resolve()


def _themes(root: Path) -> FolderThemes:
    from slidebuild.project.loader import FileLoader, FolderThemes

    return FolderThemes(FileLoader(root))


def _known_theme(name: str, root: Path) -> None:
    import difflib

    from slidebuild.theme import theme_names

    names = theme_names(_themes(root))
    if name not in names:
        near = difflib.get_close_matches(name, names, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"themes: {', '.join(names)}"
        raise click.UsageError(f"There is no theme `{name}`; {hint}")


def _today() -> str:
    """The date of a new deck; the one place where the clock is asked, and what it says is then in the file."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    zone = datetime.UTC
    moment = datetime.datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.datetime.now(zone)
    return moment.date().isoformat()


def _write(root: Path, files: dict[str, bytes]) -> None:
    from slidebuild.project.scaffold import write_new

    run = Run("new")
    diagnostics = Diagnostics()
    for path in write_new(root, files, diagnostics):
        run.say(path)
    run.report(diagnostics)
    run.finish()
