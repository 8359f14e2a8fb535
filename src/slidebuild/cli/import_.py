"""`slidebuild import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import Run
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.importer import ImportedDeck, OldMacro, Outputs


@click.command(
    "import",
    epilog=examples("""
slidebuild import ../old/talk/index.html         decks/talk.md, its CSS and pictures
slidebuild import ../old -o .                    every deck of a folder
slidebuild import talk.html --name 2019/intro    decks/2019/intro.md
slidebuild import ../old --dry-run               only tell what would be done
"""),
)
@click.argument("page", metavar="FILE|DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="ROOT",
    help="Project to import into (default: that of the current folder).",
)
@click.option("--name", metavar="NAME", help="Call the deck decks/NAME.md.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def import_(
    page: Path,
    output: Path | None,
    name: str | None,
    force: bool,  # noqa: FBT001
    dry_run: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Turn old remark.js or xaringan pages into decks of a project.

    The slides, the options of remark.create, the CSS and, from outside the project, the pictures are taken over;
    the deck looks as it did (theme remark). Scripts are never run; what cannot be taken over is reported.
    """
    from slidebuild.importer import Outputs, deck_name, distinct, find_pages, is_deck_name
    from slidebuild.project import find_root

    if name is not None and (page.is_dir() or not is_deck_name(name)):
        raise click.UsageError(f"A folder of decks takes no --name, and {name!r} must be letters, digits, `.`, `-`.")
    run = Run("import", strict=strict, as_json=as_json, quiet=quiet)
    pages = find_pages(page) if page.is_dir() else (page,)
    if not pages:
        diagnostics = Diagnostics()
        diagnostics.add("no-deck-found", "no page in this folder holds remark.js slides", path=str(page))
        run.report(diagnostics)
    outputs = Outputs((output or find_root(Path.cwd())).resolve())
    macros: list[OldMacro] = []
    for file, own in zip(pages, distinct(map(deck_name, pages)), strict=True):
        imported = _import(run, outputs, file, name or own, page if page.is_dir() else None, force, dry_run)
        macros += imported.macros if imported else ()
    _print_macros(run, macros)
    run.finish()


def _import(
    run: Run,
    outputs: Outputs,
    file: Path,
    name: str,
    folder: Path | None,
    force: bool,  # noqa: FBT001
    dry_run: bool,  # noqa: FBT001
) -> ImportedDeck | None:
    from slidebuild.importer import Origin, import_page
    from slidebuild.project import find_root

    root = find_root(file)
    if folder is not None and root.is_relative_to(folder.resolve()):
        root = folder.resolve()
    diagnostics = Diagnostics()
    imported = import_page(Origin(file.resolve(), root, str(file)), name, outputs, diagnostics)
    written: list[str] = []
    if imported is not None:
        if not force:
            _refuse_overwriting(imported, outputs, diagnostics)
        if not diagnostics.has_errors:
            written = _write(imported, outputs.root, diagnostics, dry_run=dry_run)
    run.report(diagnostics)
    if imported is not None:
        run.results.append(_result(imported, file, written))
    if imported is not None and written:
        others = len(written) - 1
        files = f", {others} file{'' if others == 1 else 's'} beside it" if others else ""
        slides = f"{imported.slides} slide{'' if imported.slides == 1 else 's'}"
        run.say(f"{written[-1]}  ({slides}{files}{'; not written' if dry_run else ''})")
    return imported


def _result(imported: ImportedDeck, page: Path, written: list[str]) -> dict[str, object]:
    return {
        "page": str(page),
        "deck": imported.path,
        "outputs": written,
        "slides": imported.slides,
        "settings": dict(imported.settings),
        "macros": [{"name": m.name, "javascript": m.javascript, "python": m.python} for m in imported.macros],
    }


def _refuse_overwriting(imported: ImportedDeck, outputs: Outputs, diagnostics: Diagnostics) -> None:
    for path, data in imported.files.items():
        if outputs.would_overwrite(path, data):
            message, hint = "this file is there already and differs", "--force overwrites it, --name renames the deck"
            diagnostics.add("would-overwrite", message, path=str(outputs.root / path), hint=hint)


def _write(imported: ImportedDeck, root: Path, diagnostics: Diagnostics, *, dry_run: bool) -> list[str]:
    """Write the files, the deck last; their paths, or none when one cannot be written."""
    from slidebuild.project import OutputError, write_file

    try:
        for path, data in imported.files.items():
            if not dry_run:
                write_file(root / path, data)
    except OutputError as error:
        diagnostics.add("unwritable-output", str(error), path=imported.path)
        return []
    return [str(root / path) for path in imported.files]


def _print_macros(run: Run, macros: list[OldMacro]) -> None:
    from slidebuild.importer import MODULE, module

    if macros:
        run.say(f"\nMacros to port to Python, as {MODULE}.py beside slidebuild.yml:\n\n{module(macros)}")
