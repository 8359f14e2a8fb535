"""Decks kept up to date: what is built when, and what stays when it cannot be."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from smalldeck import in_loop, page_of, workspace, write_project

from slidebuild.preview import live
from slidebuild.preview.live import REMEMBERED, LiveDecks, State
from slidebuild.preview.workspace import Built


def text_of(state: State) -> str:
    return state.page.html if state.page else ""


class Builder:
    """Counts builds, and holds each until let go."""

    def __init__(self) -> None:
        self.count = 0
        self.gate = threading.Event()

    def __call__(self, _path: str) -> Built:
        self.count += 1
        assert self.gate.wait(10)
        return Built(page_of(f"build {self.count}"))


def test_deck_is_built_once_for_all_who_ask(tmp_path: Path) -> None:
    build = Builder()
    build.gate.set()
    root = write_project(tmp_path / "p", a="text")

    async def run() -> None:
        decks = LiveDecks(workspace(root, build=build), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        states = await asyncio.gather(*(deck.current() for _ in range(5)))
        assert all(state is states[0] for state in states)

    in_loop(run())
    assert build.count == 1


def test_changes_during_a_build_lead_to_one_more(tmp_path: Path) -> None:
    build = Builder()
    root = write_project(tmp_path / "p", a="text")

    async def run() -> str:
        decks = LiveDecks(workspace(root, "decks/a.md", build), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        first = asyncio.create_task(deck.current())
        while not build.count:
            await asyncio.sleep(0.01)
        for _ in range(5):
            decks.files_changed([root / "decks" / "a.md"])
        build.gate.set()
        await first
        return text_of(await deck.current())

    assert "build 2" in in_loop(run())
    assert build.count == 2


def test_deck_that_nobody_looks_at_waits_until_asked(tmp_path: Path) -> None:
    build = Builder()
    build.gate.set()
    root = write_project(tmp_path / "p", a="text")

    async def run() -> None:
        decks = LiveDecks(workspace(root, build=build), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        await deck.current()
        decks.files_changed([root / "decks" / "a.md"])
        await asyncio.sleep(0.05)
        assert build.count == 1
        await deck.current()

    in_loop(run())
    assert build.count == 2


def test_only_files_that_the_deck_reads_concern_it(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="text").resolve()
    (root / "themes").mkdir()
    dependencies = frozenset({root / "themes", root / "img" / "missing.png"})

    async def run() -> None:
        decks = LiveDecks(
            workspace(root, build=lambda _: Built(page_of("x"), dependencies=dependencies)), lambda *_: None
        )
        deck = decks.find("decks/a.md")
        assert deck
        await deck.current()
        concerned = ["decks/a.md", "themes/euclid/theme.css", "img/missing.png", "img/other.png", "decks/b.md"]
        assert [deck.depends_on(root / path) for path in concerned] == [True, True, True, False, False]

    in_loop(run())


def test_last_good_page_outlives_errors_and_bugs(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="good")
    file = root / "decks" / "a.md"
    seen: list[State] = []

    async def run() -> None:
        decks = LiveDecks(workspace(root), lambda _, state: seen.append(state))
        deck = decks.find("decks/a.md")
        assert deck
        for text in ("good", "BROKEN", "BUG", "good"):
            file.write_text(text, encoding="utf-8")
            decks.files_changed([file])
            await deck.current()
        file.unlink()
        decks.files_changed([file])
        await deck.current()

    in_loop(run())
    assert [state.failed for state in seen] == [False, True, True, False, True]
    assert all("<p>good</p>" in text_of(state) for state in seen)
    assert len({state.version for state in seen}) == 1
    assert [item.code for item in seen[1].diagnostics] == ["template-cycle"]
    assert "a bug in the compiler" in str(seen[2].crash)
    assert [item.code for item in seen[4].diagnostics] == ["unreadable-file"]


def test_half_written_deck_is_waited_for(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="")
    file = root / "decks" / "a.md"

    async def run() -> State:
        decks = LiveDecks(workspace(root), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        building = asyncio.create_task(deck.current())
        await asyncio.sleep(0)
        file.write_text("whole", encoding="utf-8")
        return await building

    assert "<p>whole</p>" in text_of(in_loop(run()))


def test_those_who_listen_get_every_state_and_an_end(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="one")
    file = root / "decks" / "a.md"

    async def run() -> list[bool]:
        decks = LiveDecks(workspace(root), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        heard = []
        async for state in deck.states():
            assert state
            assert deck.watchers == 1
            heard.append(state.failed)
            if len(heard) == 1:
                file.write_text("BROKEN", encoding="utf-8")
                decks.files_changed([file])
            else:
                await decks.close()
        assert deck.watchers == 0
        return heard

    assert in_loop(run()) == [False, True]


def test_earlier_pages_are_known_by_their_version(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="one")
    file = root / "decks" / "a.md"

    async def run() -> None:
        decks = LiveDecks(workspace(root), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        versions = []
        for number in range(REMEMBERED + 3):
            file.write_text(f"text {number}", encoding="utf-8")
            decks.files_changed([file])
            versions.append((await deck.current()).version)
        assert deck.page(versions[0]) is None
        assert deck.page(versions[-1]) is deck.state.page
        page = deck.page(versions[-REMEMBERED])
        assert page
        assert page.version == versions[-REMEMBERED]

    in_loop(run())


def test_desk_hears_of_decks_that_were_built_and_of_new_ones(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="one")

    async def run() -> int:
        decks = LiveDecks(workspace(root), lambda *_: None)
        heard = 0
        async for turned in decks.turns():
            assert turned
            assert decks.watchers == 1
            heard += 1
            match heard:
                case 1:
                    deck = decks.find("decks/a.md")
                    assert deck
                    await deck.current()
                case 2:
                    decks.files_changed([root / "decks" / "new.md"])
                case 3:
                    await decks.close()
        assert decks.watchers == 0
        return heard

    assert in_loop(run()) == 3


def test_folders_of_what_is_shown_are_watched_closely(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="one", b="two").resolve()

    async def run() -> None:
        decks = LiveDecks(workspace(root, "decks/a.md"), lambda *_: None)
        for path in ("decks/a.md", "decks/b.md"):
            deck = decks.find(path)
            assert deck
            await deck.current()
        assert decks.folders() == {root, root / "decks"}

    in_loop(run())


def test_what_builds_left_behind_is_collected_once_nobody_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, collected = Builder(), asyncio.Event()
    build.gate.set()
    root = write_project(tmp_path / "p", a="text")
    monkeypatch.setattr(live, "PAUSE", 0.05)
    monkeypatch.setattr(live.gc, "collect", collected.set)

    async def run() -> None:
        decks = LiveDecks(workspace(root, build=build), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        await deck.current()
        assert not collected.is_set()
        async with asyncio.timeout(10):
            await collected.wait()
        await decks.close()

    in_loop(run())
