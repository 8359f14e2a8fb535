"""`slidebuild notes`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.pdf.selection import Selection


@click.command(
    epilog=examples("""
slidebuild notes decks/talk.md               to the terminal
slidebuild notes decks/talk.md -o talk.txt   to a file
slidebuild notes decks/talk.md --slides 3-9  of some slides
""")
)
@DECKS
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where to write.")
@click.option("--slides", default="", metavar="LIST", help="Only these: 3-9,name,12 (as after the # of an address).")
@click.option("--tag", "tags", multiple=True, help="Only slides tagged so, and those without tags; repeatable.")
@shared
def notes(
    decks: tuple[str, ...],
    output: Path | None,
    slides: str,
    tags: tuple[str, ...],
    options: Shared,
) -> None:
    """Print a transcript: the number and title of each slide, and its notes as they are written, in Markdown."""
    from slidebuild.pdf.selection import Selection
    from slidebuild.project import OutputError, write_file

    session = options.session("notes")
    run = session.run
    texts = [
        _transcript(deck, session, Selection(slides, tags)) for deck in asked_decks(decks, options.root, options.base)
    ]
    text = "\n".join(text for text in texts if text)
    if output is not None and not session.has_failed:
        diagnostics = Diagnostics()
        try:
            write_file(output, text.encode("utf-8"), session.fence)
            run.say(str(output))
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=str(output))
        run.report(diagnostics)
    elif not options.as_json:
        click.echo(text, nl=False)
    run.finish()


def _transcript(deck: Deck, session: Session, selection: Selection) -> str:
    from slidebuild.compiler import compile_deck
    from slidebuild.compiler.transcript import transcript
    from slidebuild.pdf.selection import chosen_slides
    from slidebuild.policy import judge_deck

    diagnostics = Diagnostics()
    opened = session.open(deck, diagnostics)
    text, count = "", 0
    if opened is not None:
        compiled = compile_deck(opened.source, opened.inputs, diagnostics)
        slides = [slide.slide for slide in compiled.slides]
        wanted = chosen_slides(slides, selection, deck.path, diagnostics)
        text, count = transcript(compiled, wanted), len(slides)
        diagnostics = judge_deck(diagnostics, compiled)
    session.run.report(diagnostics)
    session.run.results.append({"deck": deck.path, "outputs": [], "slides": count, "notes": text})
    return text
