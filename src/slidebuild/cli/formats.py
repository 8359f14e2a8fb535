"""What `slidebuild check` prints for machines: GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click

from slidebuild import __version__
from slidebuild.diagnostics import Diagnostic

Format = Literal["text", "json", "github", "sarif"]


def writer(chosen: Format, folder: Callable[[Diagnostic], str]) -> Callable[[list[Diagnostic]], None] | None:
    """What prints diagnostics in a format; None for those that a run knows itself.

    `folder` tells the folder of a diagnostic's project as seen from the repository.
    """
    match chosen:
        case "github":
            return lambda found: _write_github(found, folder)
        case "sarif":
            return lambda found: _write_sarif(found, folder)
        case "text" | "json":
            return None


def seen_from_repository(root: Path) -> str:
    """A project's folder as CI addresses it: from GITHUB_WORKSPACE, else from the current folder; empty for itself."""
    base = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    folder = Path(os.path.relpath(root, base)).as_posix()
    return "" if folder == "." else folder


def _write_github(found: list[Diagnostic], folder: Callable[[Diagnostic], str]) -> None:
    from slidebuild.annotations import workflow_command
    from slidebuild.report import summary

    for item in found:
        click.echo(workflow_command(item, folder(item)))
    if text := summary(found):
        click.echo(text, err=True)


def _write_sarif(found: list[Diagnostic], folder: Callable[[Diagnostic], str]) -> None:
    from slidebuild.sarif import sarif_log

    log = sarif_log(((item, folder(item)) for item in found), __version__)
    click.echo(json.dumps(log, ensure_ascii=False, indent=2))
