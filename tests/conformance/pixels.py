"""Compares slides in theme `remark` with pictures that remark.js gave of them, pixel by pixel.

    python tests/conformance/pixels.py CORPUS [--keep FOLDER] [--only NUMBER …]

CORPUS holds a folder `cycle2` with `decks/cycle2.md`, its options and `remark-png/NN.png`, one picture a slide, kept
outside this repository: they are other people's. They have 256 colours each, so ours are brought to the same colours;
a pixel differs when a channel then does by more than `TOLERANCE`. Slides with formulas or code may differ (MathML and
Pygments instead of MathJax and highlight.js), so may those with a missing picture (ours has its name on it) and with
emoji (they come from a font of the machine); of the others at most `BAR` of the pixels.

The fonts that the deck names were not to be had when the pictures were taken, so they are written in the browser's own:
Liberation Serif. It is installed where it is missing (Debian, Ubuntu); without it nothing is compared and it fails.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from PIL import Image, ImageChops

from slidebuild.browser.find import need_browser
from slidebuild.browser.fonts import find_fonts
from slidebuild.browser.install import Installer
from slidebuild.browser.session import Session
from slidebuild.compiler import Compiled, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.project import Project

TOLERANCE: Final = 24
"""Of 255, in each channel."""
BAR: Final = 0.005
SIZE: Final = (1210, 681)
FIRST_EMOJI: Final = 0x1F000
FONT: Final = "Liberation Serif"
"""What the pictures are written in."""
FONT_PACKAGE: Final = "fonts-liberation"
"""Debian's name and Ubuntu's."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A slide beside its picture."""

    number: int
    """From 0, as the pictures are named."""
    share: float
    """Of pixels that differ."""
    excuse: str
    """Why it may differ; empty where it must not."""

    @property
    def line(self) -> str:
        """How the slide is told."""
        note = self.excuse or ("" if self.share <= BAR else "TOO MANY")
        return f"{self.number:02}  {self.share:8.3%}  {note}".rstrip()


def excuse(html: str) -> str:
    """What on a slide may look different from remark.js."""
    found = {
        "formulas": "<math" in html,
        "code": "<code" in html,
        "missing picture": "missing picture" in unquote(html),
        "emoji": any(ord(letter) >= FIRST_EMOJI for letter in html),
    }
    return ", ".join(name for name, is_there in found.items() if is_there)


def compiled_deck(folder: Path) -> Compiled:
    """The deck of the folder with the options its own page gave remark.js."""
    folder = folder.resolve()  # it may lie behind a symlink
    options = json.loads((folder / "decks/cycle2.options.json").read_text(encoding="utf-8"))
    project = Project.open(folder, Diagnostics()).override(Layer({**options, "theme": "remark"}))
    opened = project.open_deck("decks/cycle2.md", Diagnostics())
    if opened is None:
        raise ValueError(f"{folder}/decks/cycle2.md cannot be read")
    return compile_deck(opened.source, opened.inputs, Diagnostics())


def difference(ours: Image.Image, theirs: Image.Image) -> tuple[float, Image.Image]:
    """The share of pixels that differ, and where they are (white). `theirs` has a palette."""
    alike = ours.quantize(palette=theirs, dither=Image.Dither.NONE).convert("RGB") if theirs.mode == "P" else ours
    channels = ImageChops.difference(alike, theirs.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    differs = most.point(lambda value: 255 if value > TOLERANCE else 0)
    return differs.histogram()[255] / (differs.width * differs.height), differs


def compare(folder: Path, only: list[int], keep: Path | None) -> Iterator[Compared]:
    """Each slide of the deck as Chromium shows it, beside its picture."""
    compiled = compiled_deck(folder)
    page_text = make_page(compiled, Diagnostics())
    with (
        Session(need_browser(None, os.environ)) as session,
        session.page(
            page_text.html, page_text.assets, width=SIZE[0], height=SIZE[1], javascript=True, media="screen"
        ) as page,
    ):
        for number, slide in enumerate(compiled.slides):
            picture = folder / f"remark-png/{number:02}.png"
            if (only and number not in only) or not picture.exists():
                continue
            page.evaluate("number => window.slideshow.gotoSlide(number)", number + 1)
            page.wait()
            ours = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            theirs = Image.open(picture)
            share, differs = difference(ours, theirs)
            if keep is not None:
                beside(ours, theirs, differs).save(keep / f"{number:02}.png")
            yield Compared(number, share, excuse(slide.content))


def has_font() -> bool:
    """Whether the font of the pictures is there, in the end; what is done for it is shown."""
    if FONT in find_fonts(os.environ).families:
        return True
    installer = Installer(lambda line: sys.stderr.write(f"{line}\n"), os.environ)
    if installer.apt(FONT_PACKAGE) and installer.which("fc-cache") is not None:
        installer.run(["fc-cache", "-f"])
    return FONT in find_fonts(os.environ).families


def beside(*pictures: Image.Image) -> Image.Image:
    """Pictures one under another."""
    width, height = pictures[0].size
    sheet = Image.new("RGB", (width, height * len(pictures)))
    for row, picture in enumerate(pictures):
        sheet.paste(picture.convert("RGB"), (0, row * height))
    return sheet


def main() -> int:
    """Print the share of each slide; 1 where one that must not differs too much."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for pictures: ours, theirs, what differs")
    parser.add_argument("--only", type=int, action="append", default=[])
    asked = parser.parse_args()
    folder = asked.corpus / "cycle2"
    if not folder.is_dir():
        sys.stdout.write(f"{folder}: there are no pictures to compare with\n")
        return 0
    if not has_font():
        sys.stdout.write(f"the pictures are written in {FONT}, which is not here: nothing can be compared\n")
        return 1
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
    found = []
    for item in compare(folder, asked.only, asked.keep):
        sys.stdout.write(f"{item.line}\n")
        found.append(item)
    bound = [item for item in found if not item.excuse]
    failed = [item for item in bound if item.share > BAR]
    sys.stdout.write(f"{len(found)} slides, {len(bound)} bound to {BAR:.1%}, {len(failed)} of them differ more\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
