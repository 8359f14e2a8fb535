"""Which cache a command uses: `--cache-dir`, `--no-cache`, else `.slidebuild/cache/` in the project's root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from slidebuild.cache import Cache

_META: Final = "slidebuild.cache"
"""Key under which click's context keeps what the options said: a folder, False for no cache, None for the usual one."""


def _remember_folder(ctx: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.meta.setdefault(_META, value)


def _remember_refusal(ctx: click.Context, _option: click.Parameter, value: Any) -> None:
    if value:
        ctx.meta[_META] = False


CACHE_DIR: Final = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    envvar="SLIDEBUILD_CACHE_DIR",
    expose_value=False,
    callback=_remember_folder,
    help="Folder of the cache (default: .slidebuild/cache in the root).",
)
NO_CACHE_OPTION: Final = click.option(
    "--no-cache", is_flag=True, expose_value=False, callback=_remember_refusal, help="Make everything anew."
)


def cache_folder(root: Path, fence: Path | None = None) -> Path | None:
    """The folder of the cache for a project, as the running command was told; None without a cache.

    None is kept below `fence`, where it could be a stranger's.
    """
    context = click.get_current_context(silent=True)
    chosen = context.meta.get(_META) if context is not None else None
    if chosen is False:
        return None
    from slidebuild.project.cache import FOLDER

    folder = chosen if isinstance(chosen, Path) else root / FOLDER / "cache"
    return None if fence is not None and folder.resolve().is_relative_to(fence) else folder


def project_cache(root: Path, fence: Path | None = None) -> Cache:
    """The cache for a project, see `cache_folder`."""
    from slidebuild.cache import NO_CACHE
    from slidebuild.project.cache import FolderCache

    folder = cache_folder(root, fence)
    return NO_CACHE if folder is None else FolderCache(folder)
