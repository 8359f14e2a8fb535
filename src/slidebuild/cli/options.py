"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from slidebuild.cli.caching import CACHE_DIR, NO_CACHE_OPTION

Command = TypeVar("Command", bound=Callable[..., Any])

DECKS = click.argument("decks", nargs=-1, metavar="[DECK]...")
"""Deck files; `-` is standard input; none means all decks of the project."""

_SHARED = (
    click.option("--theme", metavar="NAME", help="Theme to use instead of the deck's own."),
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="YAML or JSON settings that go over the deck's own (remark.js's option names included).",
    ),
    click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder that decks may read from (default: nearest with slidebuild.yml or .git).",
    ),
    CACHE_DIR,
    NO_CACHE_OPTION,
    click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text."),
    click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
    click.option("-v", "--verbose", is_flag=True, help="Print what is done and how long it takes."),
)


def shared(command: Command) -> Command:
    """Options of all commands that compile decks."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def examples(text: str) -> str:
    """An epilog that keeps its lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in text.strip().splitlines())
