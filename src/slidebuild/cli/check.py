"""`slidebuild check`."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from slidebuild.cli.check_pdf import check_pdf
from slidebuild.cli.check_tools import Looks, read_baseline, write_baseline
from slidebuild.cli.formats import FORMATS, Format, seen_from_repository, writer
from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.check.baseline import Baseline
    from slidebuild.check.checking import Checked, Tools

MAX_ROUNDS: Final = 8
"""A repair may bring another one to light; `--fix` stops after so many rounds."""


@click.command(
    epilog=examples("""
slidebuild check                     every deck of the project
slidebuild check --render            … and how its slides look: overflow, contrast, sizes
slidebuild check --links --spell     … links to the web, and spelling
slidebuild check --strict --json     for CI: warnings fail, one JSON object
slidebuild check --format github     annotations in a GitHub workflow
slidebuild check --format sarif > slidebuild.sarif     for code scanning
slidebuild check --baseline known.json --write-baseline    tell only what is new from now on
slidebuild check decks/old.md --diff show the repairs that --fix would make
slidebuild check decks/old.md --fix  make them
slidebuild check --pdf dist/talk/talk.pdf    is it PDF/UA-1? any PDF will do
""")
)
@DECKS
@click.option("--render", is_flag=True, help="Draw the slides in a browser and measure them.")
@click.option("--links", is_flag=True, help="Ask whether the pages of the web linked to are there.")
@click.option(
    "--spell", is_flag=True, help="Look words up in hunspell's or aspell's dictionary of the deck's language."
)
@click.option("--allow-private", is_flag=True, help="With --links: ask machines of this network, too.")
@click.option(
    "--pdf",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check a PDF for accessibility (PDF/UA-1) instead, with veraPDF too if it is on PATH.",
)
@click.option("--fix", is_flag=True, help="Repair what has one safe repair, in place.")
@click.option("--diff", "wants_diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out the findings that this file knows.",
)
@click.option("--write-baseline", "writes_baseline", is_flag=True, help="Write all findings to the --baseline.")
@click.option(
    "--format",
    "chosen",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print what is found; --json is --format json.",
)
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to draw with.", envvar="SLIDEBUILD_BROWSER")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, metavar="SECONDS", help="For drawing a deck. [60]")
@shared
def check(
    decks: tuple[str, ...],
    render: bool,  # noqa: FBT001
    links: bool,  # noqa: FBT001
    spell: bool,  # noqa: FBT001
    allow_private: bool,  # noqa: FBT001
    pdf: Path | None,
    fix: bool,  # noqa: FBT001
    wants_diff: bool,  # noqa: FBT001
    baseline: Path | None,
    writes_baseline: bool,  # noqa: FBT001
    chosen: Format,
    browser: str | None,
    timeout: float,
    options: Shared,
) -> None:
    """Report what is wrong with decks; nothing is built, and only --render needs a browser.

    With --pdf a PDF is checked; DECK is what it was made of, for slides and lines in the report (found by its place in
    dist, too).

    Exits with 1 on an error, with --strict also on a warning; notices never fail.
    """
    _refuse_contradictions(options, chosen, fix=fix, wants_diff=wants_diff)
    if allow_private and options.base is not None:
        raise click.UsageError("--allow-private is for decks of your own, not for --untrusted ones.")
    if writes_baseline and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE, which it writes.")
    session = options.session("check", as_json=chosen == "json")
    places = _Places(options.root)
    run = session.run
    run.write = writer(chosen, places.folder, lambda: [result["deck"] for result in run.results])
    if pdf is not None:
        if fix or wants_diff or render or links or spell or baseline or len(decks) > 1:
            raise click.UsageError("--pdf takes one DECK at most, and no other kind of check.")
        check_pdf(pdf, decks, session, options.root)
        run.finish()
    accepted = session.refuse_clashes(asked_decks(decks, options.root, options.base))
    if (fix or wants_diff) and any(deck.path == "-" for deck in accepted):
        raise click.UsageError("Standard input cannot be repaired in place.")
    known = read_baseline(baseline, is_written=writes_baseline)
    looks = Looks(render, links, spell, allow_private, browser, timeout)
    checking = _Checking(session, places, known, fix=fix, wants_diff=wants_diff, is_kept=writes_baseline)
    with looks.tools(lambda: session.project(accepted[0].root).cache) as tools:
        for deck in accepted:
            checking.look_at(deck, tools)
    if not decks:
        for root in dict.fromkeys(deck.root for deck in accepted):
            checking.look_at_project(root)
    if writes_baseline and baseline is not None:
        count = write_baseline(baseline, checking.kept)
        run.say(f"{baseline}: {count} finding{'' if count == 1 else 's'} that will not be told again")
    run.finish()


def _refuse_contradictions(options: Shared, chosen: Format, *, fix: bool, wants_diff: bool) -> None:
    """Options that do not go with one another are wrong usage."""
    if options.as_json and chosen not in ("text", "json"):
        raise click.UsageError(f"--json is --format json; it does not go with --format {chosen}.")
    if (fix or wants_diff) and options.base is not None:
        raise click.UsageError("--fix and --diff are for decks of your own, not for --untrusted ones.")
    if wants_diff and (fix or options.as_json or chosen != "text"):
        raise click.UsageError("--diff prints a diff and changes nothing; leave --fix, --json and --format out.")


class _Places:
    """Where the findings of each project are, as seen from the repository."""

    def __init__(self, root: Path | None) -> None:
        self._otherwise = seen_from_repository(root) if root is not None else ""
        self._folders: dict[int, str] = {}

    def note(self, root: Path, diagnostics: Diagnostics) -> None:
        place = seen_from_repository(root)
        self._folders.update((id(item), place) for item in diagnostics)

    def folder(self, item: Diagnostic) -> str:
        return self._folders.get(id(item), self._otherwise)


@dataclass(slots=True)
class _Checking:
    """Checks decks one by one and reports what is new."""

    session: Session
    places: _Places
    known: Baseline | None
    fix: bool
    wants_diff: bool
    is_kept: bool
    """Findings are put into a baseline, not told."""
    kept: list[Diagnostic] = field(default_factory=list)
    used: dict[Path, set[str]] = field(default_factory=dict)
    """Files that decks have read, by root."""

    def look_at(self, deck: Deck, tools: Tools) -> None:
        """Check a deck, repaired first if it is to be, and report."""
        run = self.session.run
        repaired, trouble = self._repair(deck) if self.fix else (0, Diagnostics())
        checked = self._check(deck, tools)
        if repaired:
            run.say(f"{deck.path}: {repaired} repair{'' if repaired == 1 else 's'} made")
        if self.wants_diff:
            _show_diff(deck, checked.findings)
        trouble.extend(iter(checked.findings))
        old = self._report(deck.root, trouble)
        result = {"deck": deck.path, "outputs": [], "slides": checked.slides}
        result |= {"repairs": repaired} if self.fix else {}
        run.results.append(result | ({"known": old} if self.known is not None else {}))
        slides = f"({checked.slides} slide{'' if checked.slides == 1 else 's'})"
        if old:
            run.say(f"{deck.path}: {old} finding{'' if old == 1 else 's'} of the baseline left out {slides}")
        elif not len(trouble):
            run.say(f"{deck.path}: nothing to complain about {slides}")

    def look_at_project(self, root: Path) -> None:
        """Check what only shows when all decks are known."""
        from slidebuild.check.checking import check_project

        found = Diagnostics()
        project = self.session.project(root)
        layers = (project.settings, *project.stronger)
        check_project(root, frozenset(self.used.get(root, ())), layers, found)
        self._report(root, found)

    def _report(self, root: Path, found: Diagnostics) -> int:
        """Tell what is new, or keep it for the baseline; how many findings are old."""
        told = found
        if self.is_kept or self.known is not None:
            from slidebuild.check.baseline import may_wait

            told = Diagnostics()
            if self.is_kept:
                self.kept.extend(found.sorted())
                told.extend(item for item in found if not may_wait(item))
            elif self.known is not None:
                told.extend(iter(self.known.new(found.sorted())))
        self.places.note(root, told)
        self.session.run.report(told)
        return len(found) - len(told) if not self.is_kept else 0

    def _check(self, deck: Deck, tools: Tools) -> Checked:
        from slidebuild.check.checking import Checked, check_deck

        before = Diagnostics()
        opened = self.session.open(deck, before)
        if opened is None:
            return Checked(0, before)
        with self.session.run.timed(f"{deck.path} checked"):
            checked = check_deck(opened.source, opened.inputs, tools, before)
        read = {path for path, is_there in opened.loader.paths.items() if is_there}
        self.used.setdefault(deck.root, set()).update(read)
        return checked

    def _repair(self, deck: Deck) -> tuple[int, Diagnostics]:
        """Repair a deck until there is nothing left to repair; how many repairs were made, and what went wrong."""
        from slidebuild.check.checking import Tools

        trouble = Diagnostics()
        repaired = 0
        for _ in range(MAX_ROUNDS):
            done = _fix(deck, self._check(deck, Tools()).findings, trouble)
            repaired += done
            if not done:
                break
        return repaired, trouble


def _fix(deck: Deck, found: Diagnostics, trouble: Diagnostics) -> int:
    """Write the files of a deck with all repairs made; how many there were."""
    from slidebuild.cli.fixing import repairs
    from slidebuild.project import OutputError

    count = 0
    for repair in repairs(deck, found):
        try:
            repair.write()
        except OutputError as error:
            trouble.add("unwritable-output", str(error), path=repair.path)
            return 0
        count += repair.count
    return count


def _show_diff(deck: Deck, diagnostics: Diagnostics) -> None:
    from slidebuild.cli.fixing import repairs

    for repair in repairs(deck, diagnostics):
        click.echo(repair.diff(), nl=False)
