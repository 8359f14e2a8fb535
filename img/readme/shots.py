"""The pictures of the README, taken of built decks in the browser: `make pictures`, or `python img/readme/shots.py`.

`deck.png` shows the ten-line deck that the README prints, `themes.jpg` slides of the themes' gallery, the others slides
of `decks/cycle2.md`.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from slidebuild.browser.find import need_browser
from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.compiler import Page as BuiltPage
from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.project import OpenedDeck, Project

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]

SLIDES: Final[Mapping[str, str]] = {
    "title.jpg": "title",
    "code.png": "code",
    "math.png": "losses",
    "columns.png": "overfitting",
    "figure.jpg": "twins",
}
"""Picture -> name of the slide of the demo deck that it shows. Photographs would be large PNGs."""

PRESENTED: Final = "neuron"
"""Slide of the demo deck that stands in the presenter view."""

MINUTES_IN: Final = 14
"""How far the talk has come there."""

STAND_STILL: Final = """(minutes) => {
    // a fixed time, or the picture would change with every run
    const began = Date.now();
    Date.now = () => began;
    Date.prototype.getHours = () => 10;
    Date.prototype.getMinutes = () => minutes;
    slideshow.resetTimer();
    slideshow.toggleTimer();
    Date.now = () => began + minutes * 60_000;
    slideshow.togglePresenterMode();
    return new Promise((done) => setTimeout(done, 1200));
}"""

LOOKS: Final = (("lecture", "light", (2, 4, 8)), ("default", "dark", (1, 6, 9)))
"""Rows of `themes.jpg`: theme, scheme, slides of the gallery."""

SIZE: Final = (1210, 681)
"""Window, in CSS px: a slide of 16:9 fills it."""
SHOWN: Final = (960, 540)
"""Size of a picture without its frame, in pixels."""
FRAME: Final = "#d3dbe3"
MOST_BYTES: Final = 120_000


def first_deck(readme: str) -> bytes:
    """The deck that the README begins with: its first fence of Markdown."""
    found = re.search(r"^(`{3,})markdown\n(.*?)^\1$", readme, re.DOTALL | re.MULTILINE)
    if found is None:
        raise ValueError("the README shows no deck")
    return found[2].encode()


def built(deck: OpenedDeck | None) -> BuiltPage:
    """The deck's page. ValueError where there is anything to complain about."""
    diagnostics = Diagnostics()
    if deck is None:
        raise ValueError("the deck cannot be read")
    page = make_page(compile_deck(deck.source, deck.inputs, diagnostics), diagnostics)
    if len(diagnostics):
        raise ValueError("; ".join(item.message for item in diagnostics))
    return page


def keep(name: str, png: bytes) -> None:
    """Write a screenshot smaller and with a frame, in 256 colours where all take too much. ValueError: so do those."""
    shot = Image.open(io.BytesIO(png)).convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS)
    framed = ImageOps.expand(shot, 1, FRAME)
    file = HERE / name
    framed.save(file, quality=82, optimize=True)
    if file.stat().st_size > MOST_BYTES and file.suffix == ".png":
        framed.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"{name} has {file.stat().st_size} bytes")


def themes_sheet(session: Session) -> Image.Image:
    """Slides of the gallery in rows, a theme each."""
    deck = resources.files("slidebuild") / "themes/gallery.md"
    width, height, gap = 632, 356, 8
    sheet = Image.new("RGB", (width * 3 + gap * 2, height * len(LOOKS) + gap * (len(LOOKS) - 1)), "white")
    for row, (theme, scheme, slides) in enumerate(LOOKS):
        project = Project.open(ROOT, Diagnostics()).override(Layer({"theme": theme, "colorScheme": scheme}))
        page_text = built(project.open_text("decks/gallery.md", deck.read_bytes(), Diagnostics()))
        with shown(session, page_text) as page:
            for column, number in enumerate(slides):
                page.evaluate("number => window.slideshow.gotoSlide(number)", number)
                page.wait()
                shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                small = ImageOps.expand(shot.resize((width - 2, height - 2), Image.Resampling.LANCZOS), 1, FRAME)
                sheet.paste(small, (column * (width + gap), row * (height + gap)))
    return sheet


def shown(session: Session, page: BuiltPage) -> AbstractContextManager[Page]:
    """The page in the browser, its player running."""
    width, height = SIZE
    return session.page(page.html, page.assets, width=width, height=height, javascript=True, media="screen")


def turn_to(page: Page, slide: str) -> None:
    """Show the slide of a name and wait until it is drawn."""
    page.evaluate("name => window.slideshow.gotoSlide(name)", slide)
    page.wait()


def main() -> None:
    """Take all pictures."""
    project = Project.open(ROOT, Diagnostics())
    ten_lines = first_deck((ROOT / "README.md").read_text(encoding="utf-8"))
    small = built(project.open_text("decks/light.md", ten_lines, Diagnostics()))
    demo = built(project.open_deck("decks/cycle2.md", Diagnostics()))
    with Session(need_browser(None, os.environ)) as session:
        with shown(session, small) as page:
            page.wait()
            keep("deck.png", page.screenshot())
        sheet = themes_sheet(session)
        small = sheet.resize((960, round(960 * sheet.height / sheet.width)), Image.Resampling.LANCZOS)
        small.save(HERE / "themes.jpg", quality=88, optimize=True)
        with shown(session, demo) as page:
            for name, slide in SLIDES.items():
                turn_to(page, slide)
                keep(name, page.screenshot())
            turn_to(page, PRESENTED)
            page.evaluate(STAND_STILL, MINUTES_IN)
            page.wait()
            keep("presenter.png", page.screenshot())


if __name__ == "__main__":
    main()
