"""Imports the corpus's own pages and compares text and options with what remark.js reads from them; builds the decks.

    python tests/conformance/import_corpus.py CORPUS

`CORPUS/html/ID.html` is a page, `CORPUS/ID/deck.md` and `options.json` are what remark.js made of it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
from click.testing import CliRunner

from slidebuild import front_matter
from slidebuild.cli import main as slidebuild
from slidebuild.diagnostics import Diagnostics
from slidebuild.settings import KEYS, NESTED
from slidebuild.source import SourceFile

OURS: Final = frozenset(("title", "author", "description", "keywords", "date", "lang", "url", "theme", "css", "math"))
"""Settings that do not come from `remark.create`."""


def faults(page: Path, corpus: Path, root: Path) -> Iterator[str]:
    """What is wrong with the import of one page."""
    done = CliRunner().invoke(slidebuild, ["import", str(page), "-o", str(root), "--name", page.stem, "-q"])
    if done.exit_code:
        yield f"import ends with {done.exit_code}: {done.output[-300:]}"
        return
    deck = root / "decks" / f"{page.stem}.md"
    source = SourceFile(deck.name, deck.read_text(encoding="utf-8"))
    told = Diagnostics()
    matter = front_matter.split(source, told)
    expected = (corpus / page.stem / "deck.md").read_text(encoding="utf-8")
    if source.text[matter.end :] != expected:
        yield "the text differs"
    options: dict[str, Any] = json.loads((corpus / page.stem / "options.json").read_text(encoding="utf-8"))
    known = {key: value for key, value in options.items() if key in KEYS or key in NESTED}
    found = {key: value for key, value in matter.layer.values.items() if key not in OURS}
    if len(told) or found != known:
        yield f"options are {found}, not {known}"
    built = CliRunner().invoke(slidebuild, ["html", str(deck), "--root", str(root), "-q"])
    if built.exit_code:
        yield f"html ends with {built.exit_code}: {built.output[-300:]}"


def main(corpus: Path) -> int:
    """Import every page; 1 if any is not as it should be."""
    pages = sorted((corpus / "html").glob("*.html"))
    if not pages:
        click.echo(f"import skipped: there are no pages in {corpus / 'html'}")
        return 0
    start = time.perf_counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            found = list(faults(page, corpus, Path(folder)))
            wrong += bool(found)
            for fault in found:
                click.echo(f"{page.name}: {fault}", err=True)
    seconds = time.perf_counter() - start
    click.echo(f"import: {len(pages) - wrong} of {len(pages)} pages as remark.js reads them, built ({seconds:.1f} s)")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        click.echo("import skipped: no corpus given (make conformance CORPUS=folder)")
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1]).resolve()))
