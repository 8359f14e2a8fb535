"""Which changes of files are told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from smalldeck import in_loop

from slidebuild.preview.watch import Watch, concerns_decks


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("decks/talk.md", True),
        ("img/deep/down/a.png", True),
        ("slidebuild.yml", True),
        ("themes/euclid/theme.css", True),
        ("decks/dist/talk.md", True),
        ("dist/talk/index.html", False),
        (".slidebuild/cache/x", False),
        (".git/index", False),
        ("node_modules/a/b.md", False),
        ("src/__pycache__/a.pyc", False),
        ("decks/.talk.md.swp", False),
        ("decks/talk.md~", False),
        ("decks/#talk.md#", False),
        ("decks/4913", False),
    ],
)
def test_output_hidden_files_and_litter_do_not_concern_decks(path: str, concerns: bool) -> None:
    root = Path("/home/ada/.work/node_modules/talks")
    assert concerns_decks(root / path, root) is concerns


def test_changes_close_together_are_told_at_once(tmp_path: Path) -> None:
    root = tmp_path.resolve()

    async def run() -> list[set[str]]:
        told: list[set[str]] = []
        stop = asyncio.Event()
        first = asyncio.Event()

        def changed(paths: object) -> None:
            told.append({path.name for path in paths})  # type: ignore[attr-defined]
            first.set()

        watching = asyncio.create_task(Watch(root, changed).run(stop))
        for attempt in range(200):  # until the watch has begun
            (root / f"begin{attempt}").touch()
            try:
                await asyncio.wait_for(first.wait(), 0.05)
                break
            except TimeoutError:
                continue
        await asyncio.sleep(0.3)
        told.clear()
        first.clear()
        for name in ("a", "b", "c"):
            (root / name).write_text(name, encoding="utf-8")
        await asyncio.wait_for(first.wait(), 10)
        stop.set()
        await watching
        return told

    assert in_loop(run()) == [{"a", "b", "c"}]
