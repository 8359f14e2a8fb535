"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidebuild.cli.caching import CACHE_DIR, NO_CACHE_OPTION
from slidebuild.cli.run import Run
from slidebuild.cli.session import Session
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.project.revision import RevisionFolder

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
    click.option(
        "--untrusted",
        metavar="REV",
        help="Decks are a stranger's: slidebuild.yml, themes and macros are read from this Git revision.",
    ),
    CACHE_DIR,
    NO_CACHE_OPTION,
    click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text."),
    click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
    click.option("-v", "--verbose", is_flag=True, help="Print what is done and how long it takes."),
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the shared options say."""

    theme: str | None
    config: Path | None
    root: Path | None
    base: RevisionFolder | None
    """Where settings, themes and macros come from; None: from the root itself."""
    strict: bool
    as_json: bool
    quiet: bool
    verbose: bool

    def session(self, command: str, settings: Mapping[str, Any] | None = None, *, as_json: bool = False) -> Session:
        """A session for a command, with settings given as options besides the theme (None: not given)."""
        as_json = as_json or self.as_json
        run = Run(command, strict=self.strict, as_json=as_json, quiet=self.quiet, verbose=self.verbose)
        return Session(run, self.config, {"theme": self.theme, **(settings or {})}, self.base)


def shared(command: Callable[..., None]) -> Callable[..., None]:
    """Options of all commands that compile decks, handed to the command as one argument, `options`."""
    names = [entry.name for entry in fields(Shared) if entry.name != "base"]

    @wraps(command)
    def called(**arguments: Any) -> None:
        untrusted, base = arguments.pop("untrusted"), None
        if untrusted is not None:
            from slidebuild.cli.untrusted import trusted_base

            arguments["root"], base = trusted_base(untrusted, arguments["root"], arguments["config"])
        options = Shared(base=base, **{name: arguments.pop(name) for name in names})
        command(**arguments, options=options)

    decorated: Callable[..., None] = called
    for option in reversed(_SHARED):
        decorated = option(decorated)
    return decorated


def examples(text: str) -> str:
    """An epilog that keeps its lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in text.strip().splitlines())
