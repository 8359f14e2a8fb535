"""`--untrusted REV`: decks of strangers, built with the project's own code from a revision that is trusted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from slidebuild.project.revision import RevisionFolder


def trusted_base(name: str, root: Path | None, config: Path | None) -> tuple[Path, RevisionFolder]:
    """The project's root in the work tree, and that folder in the revision.

    Neither is looked for beside the decks, where a stranger could plant a `slidebuild.yml` or a submodule: the root is
    `--root`, else the nearest folder from the current one upwards that has `slidebuild.yml` in the revision, else the
    top of the repository. Wrong usage: no repository or revision, code or settings that would come from the work tree.
    """
    from slidebuild.project.revision import Revision, RevisionError, RevisionFolder
    from slidebuild.project.root import SETTINGS_FILE

    start = (root or Path.cwd()).resolve()
    try:
        revision = Revision.open(name, start)
        below = start.relative_to(revision.top)
        if root is None:
            paths = set(revision.paths())
            marked = (folder for folder in (below, *below.parents) if (folder / SETTINGS_FILE).as_posix() in paths)
            below = next(marked, Path())
        base = RevisionFolder.below(revision, below)
        base.read(SETTINGS_FILE)
        base.load("themes")
    except RevisionError as error:
        raise click.UsageError(f"--untrusted: {error}.") from None
    _refuse_own_code(revision.top)
    if config is not None and config.resolve().is_relative_to(revision.top):
        raise click.UsageError(f"--config {config} lies in the work tree, which is not trusted.")
    return revision.top / below, base


def _refuse_own_code(top: Path) -> None:
    """Python must not find its modules in the work tree: `python -m slidebuild` and `PYTHONPATH=.` make it look there.

    An environment in it (`.venv`) was made after it was checked out.
    """
    environments = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)]
    for entry in sys.path:
        folder = Path(entry or ".").resolve()
        is_own = folder.is_relative_to(top) and not any(folder.is_relative_to(place) for place in environments)
        if is_own and folder.is_dir():
            raise click.UsageError(
                f"--untrusted: Python finds modules in {folder}, which is not trusted; run the command `slidebuild` of "
                "an installation outside of it, without PYTHONPATH."
            )
