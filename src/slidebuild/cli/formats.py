"""What `slidebuild check` prints for machines: GitHub's workflow commands, GitLab's reports, SARIF, JUnit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import click

from slidebuild import __version__
from slidebuild.diagnostics import Diagnostic

Format = Literal["text", "json", "github", "gitlab", "sarif", "junit"]
FORMATS: tuple[Format, ...] = get_args(Format)

Placed: TypeAlias = list[tuple[Diagnostic, str]]
"""Findings, each with its project's folder as seen from the repository."""


def writer(
    chosen: Format, folder: Callable[[Diagnostic], str], decks: Callable[[], list[str]]
) -> Callable[[list[Diagnostic]], None] | None:
    """What prints diagnostics in a format; None for those that a run knows itself.

    `folder` tells the folder of a diagnostic's project as seen from the repository, `decks` what was looked at.
    """

    def placed(found: list[Diagnostic]) -> Placed:
        return [(item, folder(item)) for item in found]

    match chosen:
        case "github":
            return lambda found: _write_github(placed(found))
        case "gitlab":
            return lambda found: _write_gitlab(placed(found))
        case "sarif":
            return lambda found: _write_sarif(placed(found))
        case "junit":
            return lambda found: _write_junit(placed(found), decks())
        case "text" | "json":
            return None


def seen_from_repository(root: Path) -> str:
    """A project's folder as CI addresses it: from the checkout, else from the current folder; empty for itself."""
    checkout = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    base = Path(checkout or Path.cwd()).resolve()
    folder = Path(os.path.relpath(root, base)).as_posix()
    return "" if folder == "." else folder


def _write_github(found: Placed) -> None:
    from slidebuild.annotations import workflow_command
    from slidebuild.report import summary

    for item, folder in found:
        click.echo(workflow_command(item, folder))
    if text := summary(item for item, _ in found):
        click.echo(text, err=True)


def _write_gitlab(found: Placed) -> None:
    from slidebuild.codequality import code_quality

    _write_json(code_quality(found))


def _write_sarif(found: Placed) -> None:
    from slidebuild.sarif import sarif_log

    _write_json(sarif_log(found, __version__))


def _write_junit(found: Placed, decks: list[str]) -> None:
    from slidebuild.junit import junit_report

    click.echo(junit_report(found, decks), nl=False)


def _write_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
