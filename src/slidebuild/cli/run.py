"""What every command does around its work: finding decks, drawing diagnostics, telling outcomes, exit codes."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from slidebuild import __version__
from slidebuild.diagnostics import Diagnostic, Diagnostics, Severity
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.project.revision import RevisionFolder

SHOWN_OF_A_KIND: Final = 20
"""Diagnostics of one code and deck that are drawn."""

EXIT_ERROR: Final = 1
EXIT_USAGE: Final = 2
EXIT_ENVIRONMENT: Final = 3
EXIT_INTERRUPTED: Final = 130


@dataclass(slots=True)
class Run:
    """One run of a command: how to speak, and what is to be said at the end."""

    command: str
    strict: bool = False
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    results: list[dict[str, Any]] = field(default_factory=list)
    """One for each deck, for `--json`."""
    diagnostics: list[Diagnostics] = field(default_factory=list)
    write: Callable[[list[Diagnostic]], None] | None = None
    """What prints all that was found in a format for machines, in place of text on standard error."""

    def say(self, text: str) -> None:
        """Tell an outcome, on standard output."""
        if not self.quiet and not self.as_json and self.write is None:
            click.echo(text)

    def detail(self, text: str) -> None:
        """Tell what is being done, on standard error, when asked to."""
        if self.verbose and not self.as_json:
            click.echo(text, err=True)

    @property
    def colour(self) -> bool:
        """Whether to colour what goes to standard error (https://no-color.org)."""
        return not os.environ.get("NO_COLOR") and (sys.stderr.isatty() or bool(os.environ.get("FORCE_COLOR")))

    @property
    def is_terminal(self) -> bool:
        """Whether progress can be drawn."""
        return sys.stderr.isatty() and not (self.as_json or self.quiet)

    def report(self, diagnostics: Diagnostics) -> None:
        """Draw diagnostics on standard error and remember them; many of one code only when asked to be verbose."""
        from slidebuild.report import draw

        self.diagnostics.append(diagnostics)
        if self.as_json or self.write is not None:
            return
        counts: Counter[str] = Counter()
        for item in diagnostics.sorted():
            if item.severity is Severity.NOTICE and self.quiet:
                continue
            counts[item.code] += 1
            if self.verbose or counts[item.code] <= SHOWN_OF_A_KIND:
                click.echo(draw(item, colour=self.colour), err=True)
        for code, count in counts.items():
            if not self.verbose and count > SHOWN_OF_A_KIND:
                click.echo(f"… and {count - SHOWN_OF_A_KIND} more {code} (-v shows all)", err=True)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Tell how long something took."""
        start = time.perf_counter()
        yield
        self.detail(f"{what}: {time.perf_counter() - start:.2f} s")

    def finish(self) -> NoReturn:
        """Print the summary or the JSON and leave with the exit code."""
        from slidebuild.report import as_json, summary

        found = [item for diagnostics in self.diagnostics for item in diagnostics.sorted()]
        worst = max((item.severity for item in found), default=Severity.NOTICE)
        failed = worst is Severity.ERROR or (self.strict and worst is Severity.WARNING)
        if self.write is not None:
            self.write(found)
        elif self.as_json:
            data = {
                "command": self.command,
                "version": __version__,
                "ok": not failed,
                "decks": self.results,
                "diagnostics": [as_json(item) for item in found],
            }
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        elif text := summary(found):
            click.echo(text, err=True)
        sys.exit(EXIT_ERROR if failed else 0)


def fail(message: str, *, hint: str | None = None, code: int = EXIT_ERROR) -> NoReturn:
    """Print an error and leave."""
    click.echo(f"error: {message}" + (f"\n    hint: {hint}" if hint else ""), err=True)
    sys.exit(code)


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck that was asked for."""

    root: Path
    path: str
    """Root-relative; `-` for standard input."""


def asked_decks(arguments: Sequence[str], root: Path | None, base: RevisionFolder | None = None) -> list[Deck]:
    """The decks of the command line; without any, all of the project around the current folder.

    With `base` the settings that say which these are come from that revision.

    Wrong usage: a deck outside `--root`, a folder, standard input twice.
    """
    from slidebuild.project import find_decks, find_root

    if not arguments:
        folder = (root or find_root(Path.cwd())).resolve()
        found = [Deck(folder, path) for path in find_decks(folder, _patterns(folder, base))]
        if not found:
            raise click.UsageError(f"There are no decks in {folder / 'decks'}. Name one: slidebuild html talk.md")
        return found
    if list(arguments).count("-") > 1:
        raise click.UsageError("Standard input can be read only once.")
    return [_asked(argument, root) for argument in arguments]


def _asked(argument: str, root: Path | None) -> Deck:
    from slidebuild.project import find_root

    if argument == "-":
        return Deck((root or find_root(Path.cwd())).resolve(), "-")
    file = Path(argument)
    if file.is_dir():
        raise click.UsageError(f"{argument} is a folder. Name a deck, or none for all decks of the project.")
    base = (root or find_root(file)).resolve()
    try:
        return Deck(base, file.resolve().relative_to(base).as_posix())
    except ValueError:
        raise click.UsageError(f"{argument} lies outside the root {base}.") from None


def _patterns(root: Path, base: RevisionFolder | None) -> tuple[str, ...]:
    from slidebuild.project.project import settings_layer

    layer = settings_layer(root, Diagnostics(), base)
    patterns = layer.values.get("decks") if layer is not None else None
    return (patterns,) if isinstance(patterns, str) else tuple(patterns or ())
