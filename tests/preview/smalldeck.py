"""A project in a folder with a compiler of a few lines: what the preview is tested with."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from slidebuild import player
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import DATA_MARK, SLIDES_MARK, Container
from slidebuild.preview import Built, Workspace
from slidebuild.preview.workspace import LivePage, LiveSlide, Sheets, SlideLines, SlideText
from slidebuild.source import SourceFile

T = TypeVar("T")
LOOK = ".remark-slide-content { background: #fff; font: 30px Georgia, serif; padding: 40px 60px }"


def in_loop(work: Coroutine[object, object, T]) -> T:
    """Run to the end in a thread of its own: Playwright's loop may be running in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def page_of(text: str, css: str = "") -> LivePage:
    """Slides between `---`, each a paragraph; `/address.png` alone is a picture, what follows `???` a note.

    A slide of which the text begins with `#name ` has that name.
    """
    parts = text.split("---")
    slides = tuple(slide_of(part, index, len(parts)) for index, part in enumerate(parts))
    shell = (
        '<!DOCTYPE html><html lang="en" class="sb-theme-test" style="--sb-width:908px;--sb-height:681px"><head>'
        f'<meta charset="utf-8"><title>{html.escape(text[:15].strip())}</title>'
        f"<style>{player.stylesheet()}</style><style>{LOOK}{css}</style></head>"
        f'<body class="remark-container"><div class="remark-slides-area">{SLIDES_MARK}</div>'
        f'<script type="application/json" id="sb-deck">{DATA_MARK}</script>'
        f"<script>{player.script({})}</script></body></html>"
    )
    data = json.dumps({"ratio": "4:3", "title": text[:15].strip()})
    return LivePage(shell, data, slides, tuple(parts))


def slide_of(part: str, index: int, count: int) -> LiveSlide:
    """One of the slides."""
    body, _, notes = part.partition("???")
    name = body.strip()[1:].split()[0] if body.strip().startswith("#") else None
    body = body.strip().removeprefix(f"#{name}").strip()
    content = f'<img src="{body}" alt="">' if body.endswith((".png", ".svg")) else f"<p>{html.escape(body)}</p>"
    attributes = {"class": "remark-slide-container", "id": name or str(index + 1), "data-sb-index": str(index)}
    container = Container(
        attributes | {"aria-label": f"{index + 1} of {count}"},
        f'\n<div class="remark-slide-scaler"><div class="remark-slide"><div class="remark-slide-content">{content}'
        '<div class="remark-slide-number">',
        f"{index + 1} / {count}",
        f'</div></div></div></div><div class="remark-slide-notes">{html.escape(notes.strip())}</div>\n',
    )
    data = {"name": name, "number": index + 1, "title": body, "notes": bool(notes.strip()), "properties": {}}
    return LiveSlide(container, json.dumps(data))


def workspace(root: Path, deck: str | None = None, build: Callable[[str], Built] | None = None) -> Workspace:
    """A project of which `decks/*.md` are the decks and `style.css` the look."""

    def compile_deck(path: str) -> Built:
        found = Diagnostics()
        dependencies = {root / path, root / "style.css"}
        if not (root / path).exists():
            found.add("unreadable-file", f"{path} cannot be read", path=path)
            return Built(None, {}, found, dependencies=frozenset(dependencies))
        source = SourceFile(path, (root / path).read_text(encoding="utf-8"))
        for word, code in (("TODO", "missing-image"), ("BROKEN", "template-cycle")):
            if (at := source.text.find(word)) >= 0:
                found.add(code, f"{word.lower()} is in the text", source.span(at, at + len(word)), hint="take it out")
        if "BUG" in source.text:
            raise RuntimeError("a bug in the compiler")
        css = root / "style.css"
        page = page_of(source.text, css.read_text(encoding="utf-8") if css.exists() else "")
        return Built(
            None if found.has_errors else page,
            {"made/a%20b.txt": b"made"},
            found,
            slides_of={item: source.text[: item.span.start].count("---") for item in found if item.span},
            dependencies=frozenset(dependencies),
            title=source.text[:15].strip(),
            noted=source.text.count("???"),
            replaced=tuple(n for n, part in enumerate(source.text.split("---")) if "MOVES" in part),
            details=Details(path, page),
        )

    return Workspace(
        root, lambda: sorted(f"decks/{p.name}" for p in (root / "decks").glob("*.md")), build or compile_deck, deck
    )


def write_project(root: Path, **decks: str) -> Path:
    """A project folder with these decks."""
    (root / "decks").mkdir(parents=True)
    for name, text in decks.items():
        (root / "decks" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Details:
    """What can be asked about such a deck: its blocks stand on lines 10, 20, 30 …"""

    path: str
    page: LivePage

    def texts(self) -> Sequence[SlideText]:
        return [SlideText(part.split()[0], part.strip(), "") for part in self.page.written]

    def lines(self, index: int) -> SlideLines | None:
        line = 10 * (index + 1)
        return SlideLines(self.path, line, ((self.path, line),)) if 0 <= index < len(self.page.slides) else None

    def sheets(self) -> Sheets:
        slides = "".join(slide.html for slide in self.page.slides)
        html = f'<html><head></head><body><div class="remark-slides-area">{slides}</div></body></html>'
        return Sheets(html, {"made/only%20in%20print.txt": b"print"}, len(self.page.slides))

    def cover(self) -> Sheets:
        return Sheets(f"<html><head></head><body>{self.page.slides[0].html}</body></html>", {}, 1)
