"""`slidebuild themes`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidebuild import __version__
from slidebuild.cli.options import examples
from slidebuild.cli.run import Run
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.compiler.gallery import FontFamily, ListedTheme
    from slidebuild.project.loader import FolderThemes


@click.command(
    epilog=examples("""
slidebuild themes                       names, fonts, licences
slidebuild themes --html themes.html    the same twelve slides in each
""")
)
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a gallery."
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the project (default: nearest with slidebuild.yml or .git).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def themes(page: Path | None, root: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List the themes that decks can have: the project's own, installed and built-in ones.

    The gallery holds live slides with their fonts and opens in any browser; nothing else is needed to make it.
    """
    from slidebuild.compiler.gallery import gallery, listed_themes

    run = Run("themes", as_json=as_json)
    diagnostics = Diagnostics()
    loader = _project_themes(root)
    found = listed_themes(loader, diagnostics)
    if page is not None:
        from slidebuild.project import OutputError, write_file

        try:
            write_file(page, gallery(found, loader, diagnostics).encode("utf-8"))
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=str(page))
    run.report(diagnostics)
    if as_json:
        _print_json(found, page, diagnostics)
    run.say("\n\n".join(map(_described, found)) if page is None else str(page))
    run.finish()


def _project_themes(root: Path | None) -> FolderThemes:
    from slidebuild.project import find_root
    from slidebuild.project.loader import FileLoader, FolderThemes

    return FolderThemes(FileLoader((root or find_root(Path.cwd())).resolve()))


def _described(theme: ListedTheme) -> str:
    of = f", child of {theme.parents[0]}" if theme.parents else ""
    lines = [f"{theme.name}  ({theme.origin}{of})", *([theme.description] if theme.description else [])]
    lines += [
        f"{font.name} {', '.join(font.styles)}: {font.licence.name or 'no licence named'}" for font in theme.fonts
    ]
    return "\n  ".join(lines)


def _print_json(themes: tuple[ListedTheme, ...], page: Path | None, diagnostics: Diagnostics) -> None:
    from slidebuild.report import as_json

    data = {
        "command": "themes",
        "version": __version__,
        "ok": not diagnostics.has_errors,
        "outputs": [] if page is None else [str(page)],
        "themes": [_data(theme) for theme in themes],
        "diagnostics": [as_json(item) for item in diagnostics.sorted()],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    sys.exit(1 if diagnostics.has_errors else 0)


def _data(theme: ListedTheme) -> dict[str, Any]:
    return {
        "name": theme.name,
        "origin": theme.origin,
        "description": theme.description,
        "parents": list(theme.parents),
        "fonts": [_font(font) for font in theme.fonts],
    }


def _font(font: FontFamily) -> dict[str, Any]:
    return {
        "family": font.name,
        "styles": list(font.styles),
        "licence": font.licence.name,
        "url": font.licence.url,
        "copyright": font.licence.copyright,
    }
