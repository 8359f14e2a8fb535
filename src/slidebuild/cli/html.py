"""`slidebuild html`."""

from __future__ import annotations

from pathlib import Path

import click

from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.project.project import AssetMode


@click.command(
    epilog=examples("""
slidebuild html                                  every deck of the project
slidebuild html decks/talk.md                    dist/talk/index.html and its assets
slidebuild html decks/talk.md -o talk.html --assets inline     one file to hand out
slidebuild html decks/old.md --theme remark      as remark.js showed it
cat talk.md | slidebuild html - -o talk.html     from standard input
""")
)
@DECKS
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR|FILE", help="Where to write.")
@click.option(
    "--assets",
    type=click.Choice(["copy", "inline", "link"]),
    default="copy",
    show_default=True,
    help="Pictures and other files: hashed copies beside the page, inside it, or left where they are.",
)
@shared
def html(
    decks: tuple[str, ...],
    output: Path | None,
    assets: AssetMode,
    options: Shared,
) -> None:
    """Build decks to static HTML: dist/<deck>/index.html.

    The page has remark.js's DOM, keys and addresses; math and code are rendered now, nothing is fetched later. DECK is
    a Markdown file, or - for standard input; without any, every deck of the project is built.
    """
    session = options.session("html")
    run = session.run
    found = asked_decks(decks, options.root, options.base)
    if output is not None and output.suffix.lower() == ".html" and len(found) > 1:
        raise click.UsageError("Several decks need a folder: -o DIR.")
    for deck in session.refuse_clashes(found):
        _build(deck, session, output, assets)
    run.finish()


def _build(deck: Deck, session: Session, output: Path | None, assets: AssetMode) -> None:
    from slidebuild.project.output import OutputError, write_page
    from slidebuild.project.pages import build_page

    run = session.run
    diagnostics = Diagnostics()
    project = session.project(deck.root)
    target = project.target(deck.path, output, ".html")
    result = {"deck": deck.path, "outputs": list[str](), "slides": 0}
    data = session.read(deck, diagnostics)
    page = None
    if data is not None:
        with run.timed(f"{deck.path} compiled"):
            page = build_page(project, deck.path, data, diagnostics, assets=assets, asset_folder=target.asset_folder)
    if page is not None:
        result["slides"] = page.slides
        if page.is_kept:
            run.detail(f"{deck.path}: nothing has changed, the page comes from the cache")
        if not diagnostics.has_errors and not session.has_failed:
            try:
                write_page(target.file, page.html, page.assets, target.asset_folder, session.fence)
                result["outputs"] = [str(target.file)]
            except OutputError as error:
                diagnostics.add("unwritable-output", str(error), path=deck.path)
    run.report(diagnostics)
    run.results.append(result)
    if result["outputs"]:
        run.say(f"{target.file}  ({result['slides']} slide{'' if result['slides'] == 1 else 's'})")
