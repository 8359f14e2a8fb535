"""`slidebuild serve`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from slidebuild.cli.caching import CACHE_DIR, NO_CACHE_OPTION, project_cache
from slidebuild.cli.options import examples
from slidebuild.cli.run import EXIT_ENVIRONMENT, fail


@click.command(
    epilog=examples("""
slidebuild serve                         every deck of the project
slidebuild serve decks/talk.md --open    one deck, shown in the browser
""")
)
@click.argument("where", required=False, type=click.Path(exists=True, path_type=Path), metavar="[DECK|DIR]")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any free port.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on. Others than this machine's own need the token that is said.",
)
@click.option("--open", "wants_open", is_flag=True, help="Open it in the browser.")
@click.option("--follow/--no-follow", default=True, help="Go to the slide that was edited (default: yes).")
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
@CACHE_DIR
@NO_CACHE_OPTION
def serve(
    where: Path | None,
    port: int,
    host: str,
    wants_open: bool,  # noqa: FBT001
    follow: bool,  # noqa: FBT001
    theme: str | None,
    config: Path | None,
    root: Path | None,
) -> None:
    """Preview a deck, or all decks of a project, on this machine.

    Windows follow the files: deck, included decks, pictures, theme and settings. What was edited comes into view,
    findings stand over the slide, and a broken deck leaves the last good one. Ctrl-C stops.
    """
    from slidebuild.preview import open_workspace
    from slidebuild.preview import serve as run_server
    from slidebuild.project import find_root

    place = where or Path.cwd()
    base = (root or find_root(place)).resolve()
    try:
        inside = place.resolve().relative_to(base).as_posix()
    except ValueError:
        raise click.UsageError(f"{place} lies outside the root {base}.") from None
    deck, folder = (inside, None) if place.is_file() else (None, inside if inside != "." else None)
    workspace = open_workspace(
        base, deck=deck, folder=folder, config=config, options={"theme": theme}, cache=project_cache(base)
    )
    try:
        run_server(
            workspace,
            port=port,
            host=host,
            open_browser=wants_open,
            follow=follow,
            say=click.echo,
            colour=sys.stdout.isatty(),
        )
    except OSError as error:
        fail(f"cannot listen on {host}: {error.strerror or error}", code=EXIT_ENVIRONMENT)
