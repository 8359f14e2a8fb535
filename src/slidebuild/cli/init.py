"""`slidebuild init`."""

from __future__ import annotations

from pathlib import Path

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import Run
from slidebuild.diagnostics import Diagnostics


@click.command(
    epilog=examples("""
slidebuild init talks                   a folder of talks
slidebuild init talks --theme lecture   … in another look
slidebuild init                         here
""")
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".", metavar="[DIR]")
@click.option("--theme", default="default", metavar="NAME", help="Installed theme that it builds on. [default]")
def init(folder: Path, theme: str) -> None:
    """Begin a folder of talks: slidebuild.yml, a first deck in decks/, img/, and a theme of your own in themes/.

    Nothing that is there is written over.
    """
    from slidebuild.project.scaffold import project_files, write_new
    from slidebuild.theme import find_theme, theme_names

    if theme not in theme_names():
        raise click.UsageError(f"There is no theme `{theme}`; themes: {', '.join(theme_names())}")
    run = Run("init")
    diagnostics = Diagnostics()
    has_tokens = "default" in find_theme(theme, diagnostics).chain
    written = write_new(folder, project_files(theme, has_tokens=has_tokens), diagnostics)
    run.report(diagnostics)
    if written:
        run.say("\n".join(written))
        run.say(f"\nNext: {'' if folder == Path() else f'cd {folder} && '}slidebuild serve --open")
    run.finish()
