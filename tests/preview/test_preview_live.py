"""Decks kept up to date: what is built when, and what stays when it cannot be."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from smalldeck import in_loop, page_of, workspace, write_project

from slidebuild.preview.live import LiveDecks, State
from slidebuild.preview.workspace import Built


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

    async def run() -> str | None:
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
        return (await deck.current()).html

    assert "build 2" in str(in_loop(run()))
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
    assert all("<p>good</p>" in str(state.html) for state in seen)
    assert len({state.version for state in seen}) == 1
    assert [item.code for item in seen[1].diagnostics] == ["template-cycle"]
    assert "a bug in the compiler" in str(seen[2].crash)
    assert [item.code for item in seen[4].diagnostics] == ["unreadable-file"]


def test_picture_changed_on_disk_makes_a_new_version(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p", a="/dot.svg").resolve()
    picture = root / "dot.svg"
    picture.write_text("<svg/>", encoding="utf-8")

    async def run() -> tuple[State, State]:
        decks = LiveDecks(workspace(root), lambda *_: None)
        deck = decks.find("decks/a.md")
        assert deck
        before = await deck.current()
        picture.write_text("<svg id='x'/>", encoding="utf-8")
        decks.files_changed([picture])
        return before, await deck.current()

    before, after = in_loop(run())
    assert before.html == after.html
    assert before.version != after.version
    assert before.files["/dot.svg"] != after.files["/dot.svg"]


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

    assert "<p>whole</p>" in str(in_loop(run()).html)


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
