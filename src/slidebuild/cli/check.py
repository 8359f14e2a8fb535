"""`slidebuild check`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from slidebuild.cli.check_pdf import check_pdf
from slidebuild.cli.formats import Format, seen_from_repository, writer
from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostic, Diagnostics

MAX_ROUNDS: Final = 8
"""A repair may bring another one to light; `--fix` stops after so many rounds."""


@click.command(
    epilog=examples("""
slidebuild check                     every deck of the project
slidebuild check --strict --json     for CI: warnings fail, one JSON object
slidebuild check --format github     annotations in a GitHub workflow
slidebuild check --format sarif > slidebuild.sarif     for code scanning
slidebuild check decks/old.md --diff show the repairs that --fix would make
slidebuild check decks/old.md --fix  make them
slidebuild check --pdf dist/talk/talk.pdf    is it PDF/UA-1? any PDF will do
""")
)
@DECKS
@click.option(
    "--pdf",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check a PDF for accessibility (PDF/UA-1) instead, with veraPDF too if it is on PATH.",
)
@click.option("--fix", is_flag=True, help="Repair what has one safe repair, in place.")
@click.option("--diff", "wants_diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@click.option(
    "--format",
    "chosen",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to print what is found; --json is --format json.",
)
@shared
def check(
    decks: tuple[str, ...],
    pdf: Path | None,
    fix: bool,  # noqa: FBT001
    wants_diff: bool,  # noqa: FBT001
    chosen: Format,
    options: Shared,
) -> None:
    """Report what is wrong with decks; nothing is built and no browser is needed.

    With --pdf a PDF is checked; DECK is what it was made of, for slides and lines in the report (found by its place in
    dist, too).

    Exits with 1 on an error, with --strict also on a warning; notices never fail.
    """
    if options.as_json and chosen not in ("text", "json"):
        raise click.UsageError(f"--json is --format json; it does not go with --format {chosen}.")
    if (fix or wants_diff) and options.base is not None:
        raise click.UsageError("--fix and --diff are for decks of your own, not for --untrusted ones.")
    if wants_diff and (fix or options.as_json or chosen != "text"):
        raise click.UsageError("--diff prints a diff and changes nothing; leave --fix, --json and --format out.")
    folders: dict[int, str] = {}

    def folder(diagnostic: Diagnostic) -> str:
        return folders.get(id(diagnostic), seen_from_repository(options.root) if options.root is not None else "")

    session = options.session("check", as_json=chosen == "json")
    run = session.run
    run.write = writer(chosen, folder)
    if pdf is not None:
        if fix or wants_diff or len(decks) > 1:
            raise click.UsageError("--pdf takes one DECK at most, and neither --fix nor --diff.")
        check_pdf(pdf, decks, session, options.root)
        run.finish()
    for deck in session.refuse_clashes(asked_decks(decks, options.root, options.base)):
        if (fix or wants_diff) and deck.path == "-":
            raise click.UsageError("Standard input cannot be repaired in place.")
        diagnostics = _checked(deck, session, fix=fix)
        if wants_diff:
            _show_diff(deck, diagnostics)
        place = seen_from_repository(deck.root)
        folders.update((id(item), place) for item in diagnostics)
    run.finish()


def _checked(deck: Deck, session: Session, *, fix: bool) -> Diagnostics:
    """Check a deck, repaired first if it is to be, and report."""
    run = session.run
    diagnostics, slides = _check(deck, session)
    repaired = 0
    for _ in range(MAX_ROUNDS if fix else 0):
        done = _fix(deck, diagnostics)
        if not done:
            break
        repaired += done
        diagnostics, slides = _check(deck, session)
    if repaired:
        run.say(f"{deck.path}: {repaired} repair{'' if repaired == 1 else 's'} made")
    run.report(diagnostics)
    result = {"deck": deck.path, "outputs": [], "slides": slides}
    run.results.append({**result, "repairs": repaired} if fix else result)
    if not len(diagnostics):
        run.say(f"{deck.path}: nothing to complain about ({slides} slide{'' if slides == 1 else 's'})")
    return diagnostics


def _check(deck: Deck, session: Session) -> tuple[Diagnostics, int]:
    """What is wrong with a deck, and how many slides it has."""
    from slidebuild.compiler import compile_deck, make_page
    from slidebuild.pdf.placeholder_check import check_placeholder

    diagnostics = Diagnostics()
    opened = session.open(deck, diagnostics)
    if opened is None:
        return diagnostics, 0
    with session.run.timed(f"{deck.path} checked"):
        compiled = compile_deck(opened.source, opened.inputs, diagnostics)
        make_page(compiled, diagnostics)
        stand_in = compiled.placeholder.slide if compiled.placeholder else None
        check_placeholder(compiled.settings.url, stand_in, diagnostics)
    return diagnostics, len(compiled.slides)


def _fix(deck: Deck, diagnostics: Diagnostics) -> int:
    """Write the files of a deck with all repairs made; how many there were."""
    from slidebuild.cli.fixing import repairs
    from slidebuild.project import OutputError

    count = 0
    for repair in repairs(deck, diagnostics):
        try:
            repair.write()
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=repair.path)
            return 0
        count += repair.count
    return count


def _show_diff(deck: Deck, diagnostics: Diagnostics) -> None:
    from slidebuild.cli.fixing import repairs

    for repair in repairs(deck, diagnostics):
        click.echo(repair.diff(), nl=False)
