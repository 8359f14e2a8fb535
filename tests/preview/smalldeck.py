"""A project in a folder with a compiler of a few lines: what the preview is tested with."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from slidebuild import player
from slidebuild.diagnostics import Diagnostics
from slidebuild.preview import Built, Workspace
from slidebuild.source import SourceFile

T = TypeVar("T")
LOOK = ".remark-slide-content { background: #fff; font: 30px Georgia, serif; padding: 40px 60px }"


def in_loop(work: Coroutine[object, object, T]) -> T:
    """Run to the end in a thread of its own: Playwright's loop may be running in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def page_of(text: str, css: str = "") -> str:
    """Slides between `---`, each a paragraph; `/address.png` alone is a picture, what follows `???` a note."""
    slides, data = [], []
    for index, part in enumerate(text.split("---")):
        body, _, notes = part.partition("???")
        body = body.strip()
        content = f'<img src="{body}" alt="">' if body.endswith((".png", ".svg")) else f"<p>{html.escape(body)}</p>"
        slides.append(
            f'<div class="remark-slide-container" data-sb-index="{index}" aria-label="{html.escape(body)}">'
            f'<div class="remark-slide-scaler"><div class="remark-slide"><div class="remark-slide-content">{content}'
            f'</div></div></div><div class="remark-slide-notes">{html.escape(notes.strip())}</div></div>'
        )
        data.append({"name": None, "number": index + 1, "properties": {}, "title": body})
    return (
        '<!DOCTYPE html><html lang="en" class="sb-theme-test" style="--sb-width:908px;--sb-height:681px"><head>'
        f'<meta charset="utf-8"><title>{html.escape(text[:15].strip())}</title>'
        f"<style>{player.stylesheet()}</style><style>{LOOK}{css}</style></head>"
        f'<body class="remark-container"><div class="remark-slides-area">{"".join(slides)}</div>'
        f'<script type="application/json" id="sb-deck">{json.dumps({"ratio": "4:3", "slides": data})}</script>'
        f"<script>{player.script({})}</script></body></html>"
    )


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
        pictures = {root / part.strip().lstrip("/") for part in source.text.split("---") if ".svg" in part}
        css = root / "style.css"
        page = page_of(source.text, css.read_text(encoding="utf-8") if css.exists() else "")
        made = {"made/a%20b.txt": b"made"}
        html = None if found.has_errors else page
        return Built(html, made, found, frozenset(dependencies | pictures), frozenset(pictures))

    return Workspace(
        root, lambda: sorted(f"decks/{p.name}" for p in (root / "decks").glob("*.md")), build or compile_deck, deck
    )


def write_project(root: Path, **decks: str) -> Path:
    """A project folder with these decks."""
    (root / "decks").mkdir(parents=True)
    for name, text in decks.items():
        (root / "decks" / f"{name}.md").write_text(text, encoding="utf-8")
    return root
