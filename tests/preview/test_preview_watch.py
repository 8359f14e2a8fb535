"""Which changes of files are told."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection
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


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_file_in_a_folder_that_is_looked_at_closely_is_told_once_and_when_it_is_whole(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    (root / "decks").mkdir()

    async def run() -> list[set[str]]:
        told: list[set[str]] = []
        news = asyncio.Event()
        stop = asyncio.Event()

        def changed(paths: Collection[Path]) -> None:
            told.append({path.name for path in paths})
            news.set()

        watch = Watch(root, changed)
        watching = asyncio.create_task(watch.run(stop))
        await asyncio.sleep(0.2)
        watch.look_closely([root / "decks", root / "nowhere"])
        with (root / "decks" / "talk.md").open("w", encoding="utf-8") as file:
            file.write("half")
            file.flush()
            await asyncio.sleep(0)
            assert told == []
        await asyncio.wait_for(news.wait(), 10)
        await asyncio.sleep(0.5)
        (root / "decks" / "draft.tmp").write_text("x", encoding="utf-8")
        (root / "decks" / "draft.tmp").replace(root / "decks" / "moved.md")
        (root / "decks" / "talk.md").unlink()
        await asyncio.sleep(0.5)
        stop.set()
        await watching
        return told

    told = in_loop(run())
    assert told[0] == {"talk.md"}
    assert {"moved.md"} in told
    assert {"talk.md"} in told[1:]
    assert len(told) == 3
