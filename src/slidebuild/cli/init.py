"""`slidebuild init`."""

from __future__ import annotations

from pathlib import Path

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import Run
from slidebuild.diagnostics import Diagnostics
from slidebuild.project.automation import HOSTS, Host, container_files, workflow_files
from slidebuild.project.root import SETTINGS_FILE


@click.command(
    epilog=examples("""
slidebuild init talks                   a folder of talks
slidebuild init talks --theme lecture   … in another look
slidebuild init                         here
slidebuild init --ci github --container … and what builds it: in a folder of talks only that is added
""")
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".", metavar="[DIR]")
@click.option("--theme", default="default", metavar="NAME", help="Installed theme that it builds on. [default]")
@click.option("--ci", type=click.Choice(HOSTS), help="Add a workflow that checks, builds and publishes all decks.")
@click.option("--container", is_flag=True, help="Add a Dockerfile with slidebuild, Chromium and fonts.")
def init(folder: Path, theme: str, ci: Host | None, container: bool) -> None:  # noqa: FBT001
    """Begin a folder of talks: slidebuild.yml, a first deck in decks/, img/, and a theme of your own in themes/.

    Nothing that is there is written over. In a folder that has slidebuild.yml or decks/, --ci and --container add their
    files and nothing else.
    """
    from slidebuild.project.scaffold import project_files, write_new
    from slidebuild.theme import find_theme, theme_names

    if theme not in theme_names():
        raise click.UsageError(f"There is no theme `{theme}`; themes: {', '.join(theme_names())}")
    run = Run("init")
    diagnostics = Diagnostics()
    files = (workflow_files(ci) if ci is not None else {}) | (container_files() if container else {})
    is_begun = bool(files) and ((folder / SETTINGS_FILE).exists() or (folder / "decks").exists())
    if not is_begun:
        has_tokens = "default" in find_theme(theme, diagnostics).chain
        files |= project_files(theme, has_tokens=has_tokens)
    written = write_new(folder, files, diagnostics)
    run.report(diagnostics)
    if written:
        run.say("\n".join(written))
    if written and not is_begun:
        run.say(f"\nNext: {'' if folder == Path() else f'cd {folder} && '}slidebuild serve --open")
    run.finish()
