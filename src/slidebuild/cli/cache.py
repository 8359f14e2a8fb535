"""`slidebuild cache`."""

from __future__ import annotations

from pathlib import Path

import click

from slidebuild.cli.caching import CACHE_DIR, cache_folder
from slidebuild.cli.options import examples
from slidebuild.cli.run import fail
from slidebuild.project.root import find_root

_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the project (default: nearest with slidebuild.yml or .git).",
)


@click.group(
    epilog=examples("""
slidebuild cache info                where it is and how much it holds
slidebuild cache clear               throw it away
slidebuild html --no-cache           build without it once
""")
)
def cache() -> None:
    """Look at what is kept between builds, or throw it away.

    The cache holds built pages and fonts in .slidebuild/cache of each project. It never changes what is built, is
    checked as it is read, and keeps itself below its limit.
    """


@cache.command()
@_ROOT
@CACHE_DIR
def info(root: Path | None) -> None:
    """Tell where the cache is and how much it holds."""
    from slidebuild.project.cache import LIMIT, FolderCache

    folder = _folder(root)
    usage = FolderCache(folder).usage()
    click.echo(f"{folder}\n{_amount(usage.entries, usage.size)}, at most {LIMIT / 1e6:.0f} MB")


@cache.command()
@_ROOT
@CACHE_DIR
def clear(root: Path | None) -> None:
    """Throw away all that is kept."""
    from slidebuild.project.cache import FolderCache

    folder = _folder(root)
    try:
        usage = FolderCache(folder).clear()
    except OSError as error:
        fail(f"cannot clear {folder}: {error.strerror or error}")
    click.echo(f"{folder}: {_amount(usage.entries, usage.size)} removed")


def _folder(root: Path | None) -> Path:
    return cache_folder((root or find_root(Path.cwd())).resolve()) or Path()


def _amount(entries: int, size: int) -> str:
    return f"{entries} entr{'y' if entries == 1 else 'ies'}, {size / 1e6:.1f} MB"
