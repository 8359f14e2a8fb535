"""`slidebuild png`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from slidebuild.cli.browsers import browser_session
from slidebuild.cli.options import DECKS, Shared, examples, shared
from slidebuild.cli.pdf import naming
from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from slidebuild.browser.session import Session as BrowserSession
    from slidebuild.pdf.selection import Selection
    from slidebuild.pdf.shots import Shot

THUMBNAIL = 320
"""Width of the pictures on a contact sheet, in pixels, unless another one is asked for."""


@click.command(
    epilog=examples("""
slidebuild png decks/talk.md                       dist/talk/png/001.png, …
slidebuild png decks/talk.md --slides 7 --scale 3  one slide, large
slidebuild png decks/talk.md --width 320           thumbnails
slidebuild png decks/talk.md --sheet               dist/talk/talk-sheet.png: all slides on one picture
""")
)
@DECKS
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write to.")
@click.option("--slides", default="", metavar="LIST", help="Only these: 3-9,name,12 (as after the # of an address).")
@click.option("--tag", "tags", multiple=True, help="Only slides tagged so, and those without tags; repeatable.")
@click.option("--steps", type=click.Choice(["final", "all", "marked"]), help="As in slidebuild pdf.")
@click.option("--animations", type=click.Choice(["skip", "poster", "keep"]), help="As in slidebuild pdf.")
@click.option("--scale", type=click.FloatRange(0.25, 8), default=2.0, help="Pixels for each of the slide's. [2]")
@click.option("--width", type=click.IntRange(16, 8192), metavar="PX", help="Width of the pictures instead.")
@click.option("--sheet", is_flag=True, help="One contact sheet of all slides instead of a picture each.")
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to draw with.", envvar="SLIDEBUILD_BROWSER")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, metavar="SECONDS", help="For loading a deck. [60]")
@shared
def png(
    decks: tuple[str, ...],
    output: Path | None,
    slides: str,
    tags: tuple[str, ...],
    steps: Literal["final", "all", "marked"] | None,
    animations: Literal["skip", "poster", "keep"] | None,
    scale: float,
    width: int | None,
    sheet: bool,  # noqa: FBT001
    browser: str | None,
    timeout: float,
    options: Shared,
) -> None:
    """Draw slides as PNG pictures: dist/<deck>/png/NNN.png.

    The pictures are the pages of the PDF. NNN is what addresses the slide after the `#`, so a picture keeps its name
    whatever else is drawn.
    """
    from slidebuild.pdf.selection import Selection

    chosen = {key: value for key, value in (("steps", steps), ("animations", animations)) if value is not None}
    session = options.session("png", {"pdf": chosen or None})
    run = session.run
    accepted = session.refuse_clashes(asked_decks(decks, options.root, options.base))
    if output is not None and len(accepted) > 1:
        raise click.UsageError("-o takes the pictures of one deck.")
    wanted = _Wanted(output, Selection(slides, tags), scale, width or (THUMBNAIL if sheet else None), sheet, timeout)
    with browser_session(browser) as chromium:
        for deck in accepted:
            _draw(deck, session, chromium, wanted)
    run.finish()


@dataclass(frozen=True, slots=True)
class _Wanted:
    output: Path | None
    selection: Selection
    scale: float
    width: int | None
    is_sheet: bool
    timeout: float


def _draw(deck: Deck, session: Session, browser: BrowserSession, wanted: _Wanted) -> None:
    from slidebuild.compiler import compile_deck
    from slidebuild.pdf.shots import shoot
    from slidebuild.policy import judge_deck
    from slidebuild.project import OutputError, write_file

    run = session.run
    diagnostics = Diagnostics()
    result: dict[str, Any] = {"deck": deck.path, "outputs": [], "slides": 0}
    run.results.append(result)
    opened = session.open(deck, diagnostics)
    shots: tuple[Shot, ...] = ()
    if opened is not None:
        compiled = compile_deck(opened.source, opened.inputs, diagnostics)
        result["slides"] = len(compiled.slides)
        if not diagnostics.has_errors and not session.has_failed:
            with run.timed(f"{deck.path} drawn"), naming(deck):
                shots = shoot(
                    compiled,
                    browser,
                    diagnostics,
                    selection=wanted.selection,
                    scale=wanted.scale,
                    width=wanted.width,
                    timeout=wanted.timeout,
                )
        diagnostics = judge_deck(diagnostics, compiled)
    if shots and not diagnostics.has_errors:
        try:
            for file, data in _files(deck, session, shots, wanted).items():
                write_file(file, data, session.fence)
                result["outputs"].append(str(file))
            run.say("\n".join(result["outputs"]))
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=deck.path)
    run.report(diagnostics)


def _files(deck: Deck, session: Session, shots: tuple[Shot, ...], wanted: _Wanted) -> dict[Path, bytes]:
    page = session.project(deck.root).target(deck.path, None, ".pdf").file
    if wanted.is_sheet:
        from slidebuild.pdf.contact import contact_sheet

        folder = wanted.output or page.parent
        return {folder / f"{page.stem}-sheet.png": contact_sheet(shots)}
    folder = wanted.output or page.parent / "png"
    return {folder / f"{shot.number:03}.png": shot.data for shot in shots}
