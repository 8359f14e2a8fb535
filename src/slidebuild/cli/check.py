"""`slidebuild check`."""

from __future__ import annotations

from pathlib import Path

import click

from slidebuild.cli.options import DECKS, examples, shared
from slidebuild.cli.run import Deck, Run, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics


@click.command(
    epilog=examples("""
slidebuild check                     every deck of the project
slidebuild check --strict --json     for CI: warnings fail, one JSON object
slidebuild check decks/old.md --fix  repair what has one safe repair
""")
)
@DECKS
@click.option("--fix", is_flag=True, help="Repair text that was decoded with the wrong character set.")
@shared
def check(
    decks: tuple[str, ...],
    fix: bool,  # noqa: FBT001
    theme: str | None,
    config: Path | None,
    root: Path | None,
    strict: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
    verbose: bool,  # noqa: FBT001
) -> None:
    """Report what is wrong with decks; nothing is built and no browser is needed."""
    run = Run("check", strict=strict, as_json=as_json, quiet=quiet, verbose=verbose)
    session = Session(run, config, {"theme": theme})
    for deck in session.refuse_clashes(asked_decks(decks, root)):
        if fix:
            _fix(deck, run)
        _check(deck, session)
    run.finish()


def _check(deck: Deck, session: Session) -> None:
    from slidebuild.compiler import compile_deck, make_page

    diagnostics = Diagnostics()
    opened = session.open(deck, diagnostics)
    slides = 0
    if opened is not None:
        with session.run.timed(f"{deck.path} checked"):
            compiled = compile_deck(opened.source, opened.inputs, diagnostics)
            make_page(compiled, diagnostics)
        slides = len(compiled.slides)
    session.run.report(diagnostics)
    session.run.results.append({"deck": deck.path, "outputs": [], "slides": slides})
    if not len(diagnostics):
        session.run.say(f"{deck.path}: nothing to complain about ({slides} slides)")


def _fix(deck: Deck, run: Run) -> None:
    """Write the deck with its mojibake repaired; its line ends and everything else stay."""
    from slidebuild.decode import repair_mojibake
    from slidebuild.project import write_file

    if deck.path == "-":
        raise click.UsageError("Standard input cannot be repaired in place.")
    file = deck.root / deck.path
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return  # reported when it is checked
    repaired = repair_mojibake(text)
    if repaired != text:
        write_file(file, repaired.encode("utf-8"))
        lines = sum(a != b for a, b in zip(text.split("\n"), repaired.split("\n"), strict=False))
        run.say(f"{deck.path}: {lines} lines repaired")
