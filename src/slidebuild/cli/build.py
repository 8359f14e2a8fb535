"""`slidebuild build`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidebuild.cli.browsers import chosen_browser
from slidebuild.cli.caching import cache_folder
from slidebuild.cli.options import Shared, examples, shared
from slidebuild.cli.run import EXIT_ENVIRONMENT, Deck, Run, fail
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.cli.session import Session
    from slidebuild.site.building import DeckOutcome, SiteOutcome
    from slidebuild.site.changes import Changes
    from slidebuild.site.order import Order


@click.command(
    epilog=examples("""
slidebuild build                             every deck, HTML and PDF, and the pages around them: dist/
slidebuild build -o public --strict          for CI: warnings fail
slidebuild build --changed-since origin/main what a pull request touches
slidebuild build --no-pdf --jobs 4           no browser needed
slidebuild build --depfile dist/site.d       what dist/manifest.json depends on, for make and Ninja
""")
)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="[dist]")
@click.option("--changed-since", "since", metavar="REV", help="Only decks that depend on a file changed since then.")
@click.option("--pdf/--no-pdf", "has_pdf", default=True, help="Print PDFs, too. [--pdf]")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Decks at once. [one for each core, 8 at most]")
@click.option(
    "--depfile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write what all depends on."
)
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to print with.", envvar="SLIDEBUILD_BROWSER")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, metavar="SECONDS", help="For loading a deck. [60]")
@shared
def build(
    output: Path | None,
    since: str | None,
    has_pdf: bool,  # noqa: FBT001
    jobs: int | None,
    depfile: Path | None,
    browser: str | None,
    timeout: float,
    options: Shared,
) -> None:
    """Build all decks of the project as a site: HTML, PDF, index, search.

    A deck is built when something that it depends on has changed: its text, pictures, theme, settings, macros,
    slidebuild and its libraries, the browser. Outputs of decks that are gone are removed. dist/manifest.json lists what
    was made from what; `slidebuild verify` builds it again and compares.
    """
    from slidebuild.project import find_root
    from slidebuild.site.building import Builder
    from slidebuild.site.crew import BuildCrashError, NoBrowserError, usual_jobs
    from slidebuild.site.environment import environment_key
    from slidebuild.site.order import Order

    session = options.session("build")
    run = session.run
    root = (options.root or find_root(Path.cwd())).resolve()
    project = session.project(root)
    decks = [deck.path for deck in session.refuse_clashes([Deck(root, path) for path in project.decks()])]
    if not decks:
        raise click.UsageError(f"There are no decks in {root / 'decks'}.")
    chosen = chosen_browser(browser, "--no-pdf builds without one") if has_pdf else None
    order = Order(
        root=root,
        output=(output or root / "dist").resolve(),
        config=options.config.resolve() if options.config is not None else None,
        options=session.options,
        revision=session.base.revision.commit if session.base is not None else None,
        since=since,
        cache=cache_folder(root, session.fence),
        browser=chosen.path if chosen is not None else None,
        environment=environment_key(chosen),
        timeout=timeout,
        has_pdf=has_pdf,
    )
    builder = Builder(
        order=order,
        project=project,
        browser=chosen,
        jobs=jobs or usual_jobs(len(decks)),
        changes=_changes(since, root) if since is not None else None,
    )
    diagnostics = Diagnostics()
    started = time.time()
    with _progress(run, len(decks)) as advance:

        def tell(outcome: DeckOutcome) -> None:
            with advance():
                _tell(outcome, run, order.output)

        try:
            outcome = builder.build([] if session.has_failed else decks, tell, diagnostics)
        except NoBrowserError as error:
            fail(str(error), hint=error.hint, code=EXIT_ENVIRONMENT)
        except BuildCrashError as error:
            diagnostics.add("build-crashed", str(error), path=str(order.output))
            run.report(diagnostics)
            run.finish()
    _summarise(outcome, session, order.output)
    if depfile is not None and outcome.written:
        _write_depfile(depfile, output, order, outcome, started, diagnostics)
    run.report(diagnostics)
    run.finish()


def _changes(since: str, root: Path) -> Changes:
    from slidebuild.project.revision import RevisionError
    from slidebuild.site.changes import Changes

    try:
        return Changes.since(since, root)
    except RevisionError as error:
        raise click.UsageError(f"--changed-since: {error}.") from None


def _tell(outcome: DeckOutcome, run: Run, output: Path) -> None:
    record = outcome.record
    state = "failed" if record.has_failed else "skipped" if record.is_skipped else "built"
    if state == "built" and not outcome.is_built:
        state = "unchanged"
    result: dict[str, Any] = {"deck": record.deck, "state": state}
    result |= {"outputs": [str(output / path) for path in record.outputs], "slides": len(record.slides)}
    run.results.append(result | {"pages": record.pages})
    run.report(outcome.diagnostics)
    if state == "built":
        parts = [_counted(len(record.slides), "slide")] + ([_counted(record.pages, "page")] if record.pages else [])
        run.say(f"{output / record.id}  ({', '.join(parts)})")
    elif state != "failed":
        run.detail(f"{record.deck}: {'nothing has changed' if state == 'unchanged' else 'not touched'}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _summarise(outcome: SiteOutcome, session: Session, output: Path) -> None:
    run = session.run
    for path in outcome.removed:
        run.say(f"removed {output / path}")
    built = sum(deck.is_built and not deck.record.has_failed for deck in outcome.decks)
    failed = sum(deck.record.has_failed for deck in outcome.decks)
    left = len(outcome.decks) - built - failed
    parts = [f"{built} built", f"{left} unchanged"] + ([f"{failed} failed"] if failed else [])
    where = f"{output / 'index.html'}: " if outcome.written else ""
    run.say(f"{where}{', '.join(parts)}")


def _write_depfile(
    file: Path, output: Path | None, order: Order, outcome: SiteOutcome, started: float, diagnostics: Diagnostics
) -> None:
    """`output` as it was asked for: the target is named like that."""
    from slidebuild.project import OutputError, write_file
    from slidebuild.site.depfile import date_back, depfile, named
    from slidebuild.site.manifest import NAME

    here = Path.cwd()
    target = named(order.output / NAME, here) if output is None else str(output / NAME)
    decks = [deck.record.deck for deck in outcome.decks]
    try:
        write_file(file, depfile(target, order.root, decks, outcome.inputs, here).encode())
        date_back(order.output / NAME, started)
    except (OutputError, OSError) as error:
        diagnostics.add("unwritable-output", str(error), path=str(file))


def _progress(run: Run, total: int) -> Any:
    """A bar of decks, on a terminal only; what it gives is entered for each deck, to tell of it."""
    from contextlib import contextmanager, nullcontext

    @contextmanager
    def shown() -> Any:
        if not run.is_terminal or total < 2:
            yield nullcontext
            return
        from rich.console import Console
        from rich.control import Control
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.segment import ControlType

        console = Console(stderr=True, no_color=not run.colour)
        columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn())
        # a bar that refreshes itself does so in a thread, and where there is another no process can be forked
        with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("decks", total=total)

            @contextmanager
            def advance() -> Any:
                console.control(Control((ControlType.CARRIAGE_RETURN,), (ControlType.ERASE_IN_LINE, 2)))
                yield
                bar.update(task, advance=1, refresh=True)

            yield advance

    return shown()
