"""`slidebuild verify`."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidebuild import __version__
from slidebuild.cli.browsers import chosen_browser
from slidebuild.cli.options import examples
from slidebuild.cli.run import EXIT_ENVIRONMENT, EXIT_ERROR, Run, fail
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.verify.comparing import Comparison, Difference, DifferentOutput

_SHOWN = 12
"""Slides and causes that are named of one output."""


@click.command(
    epilog=examples("""
slidebuild verify                          dist/manifest.json of this project
slidebuild verify public/manifest.json     another one
slidebuild verify --json                   for machines
""")
)
@click.argument(
    "manifest", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[MANIFEST]"
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the project (default: nearest with slidebuild.yml or .git).",
)
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Decks at once. [one for each core, 8 at most]")
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to print with.", envvar="SLIDEBUILD_BROWSER")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def verify(
    manifest: Path | None,
    root: Path | None,
    jobs: int | None,
    browser: str | None,
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Build a site again, in a temporary place and without any cache, and compare it with its manifest.

    Exits with 0 when every output comes out byte for byte as it was, else with 1; then it names the outputs and slides
    that differ, and what of the inputs, programs and libraries is not what it was.
    """
    from slidebuild.project import find_root
    from slidebuild.site.manifest import NAME, ManifestError, read_manifest
    from slidebuild.verify.comparing import compare

    base = (root or find_root(Path.cwd())).resolve()
    file = manifest or base / "dist" / NAME
    try:
        before = read_manifest(file)
    except (OSError, ManifestError) as error:
        fail(str(error), hint="slidebuild build writes one")
    run = Run("verify", as_json=as_json, quiet=quiet)
    _set_date(before["environment"].get("epoch"))
    after = _built_again(before, base, jobs, browser, run)
    found = compare(before, after, file.parent)
    if as_json:
        data = {"command": "verify", "version": __version__, "ok": found.is_identical, **asdict(found)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _tell(found, run)
    sys.exit(0 if found.is_identical else EXIT_ERROR)


def _set_date(epoch: object) -> None:
    """The date that the build was given is none of this one's, whatever may be set now."""
    if epoch is None:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    else:
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch)


def _built_again(before: dict[str, Any], root: Path, jobs: int | None, browser: str | None, run: Run) -> dict[str, Any]:
    """The manifest of the repetition; leaves with what is wrong when there is none."""
    from slidebuild.site.building import Builder
    from slidebuild.site.crew import BuildCrashError, NoBrowserError, usual_jobs
    from slidebuild.site.environment import environment_key
    from slidebuild.site.manifest import NAME, read_manifest
    from slidebuild.site.order import Order

    diagnostics = Diagnostics()
    chosen = chosen_browser(browser) if before["pdf"] else None
    with tempfile.TemporaryDirectory(prefix="slidebuild-verify-") as folder:
        order = Order(
            root=root,
            output=Path(folder).resolve(),
            options=before["options"],
            browser=chosen.path if chosen is not None else None,
            environment=environment_key(chosen),
            has_pdf=before["pdf"],
        )
        project = order.open_project(diagnostics)
        decks = project.decks()
        builder = Builder(order=order, project=project, browser=chosen, jobs=jobs or usual_jobs(len(decks)))
        try:
            outcome = builder.build(decks, lambda _: None, diagnostics)
        except NoBrowserError as error:
            fail(str(error), hint=error.hint, code=EXIT_ENVIRONMENT)
        except BuildCrashError as error:
            fail(str(error))
        if not outcome.written:
            for deck in outcome.decks:
                if deck.record.has_failed:
                    run.report(deck.diagnostics)
            run.report(diagnostics)
            fail("the decks cannot be built any more")
        return read_manifest(order.output / NAME)


def _tell(found: Comparison, run: Run) -> None:
    for output in found.different:
        click.echo(_line(output))
    for path in found.altered:
        click.echo(f"{path}: the file that is there is not the one that was built")
    if found.is_identical:
        run.say(f"identical: {found.outputs} outputs came out as they were, byte for byte")
        unseen = (*found.inputs, *found.environment)
        if unseen:
            run.say(f"although not everything is what it was: {_listed(unseen)}")


def _line(output: DifferentOutput) -> str:
    word = {"changed": "differs", "gone": "was not made again", "new": "was not there before"}[output.change]
    parts = [f"{output.path}: {word}"]
    if output.slides:
        rest = f" and {len(output.slides) - _SHOWN} more" if len(output.slides) > _SHOWN else ""
        parts.append(f"    slides: {', '.join(output.slides[:_SHOWN])}{rest}")
    parts.append(f"    because of: {_listed(output.causes)}" if output.causes else "    no input explains it")
    return "\n".join(parts)


def _listed(differences: tuple[Difference, ...]) -> str:
    rest = f" and {len(differences) - _SHOWN} more" if len(differences) > _SHOWN else ""
    return ", ".join(map(_described, differences[:_SHOWN])) + rest


def _described(found: Difference) -> str:
    if found.before is None or found.after is None:
        return f"{found.what} ({found.change})"
    versions = f"{found.before} → {found.after}" if max(len(found.before), len(found.after)) < 32 else "changed"
    return f"{found.what} ({versions})"
