"""The cache on disk: whole entries or none, bounded, shared by processes, and never in the way."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from slidebuild import fonts
from slidebuild.cache import Either, entry_key
from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import Project
from slidebuild.project.cache import FolderCache, user_cache


def entries(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("??/*") if file.is_file())


def test_what_was_put_is_found_again(tmp_path: Path) -> None:
    FolderCache(tmp_path / "cache").put("a", b"bytes")
    assert FolderCache(tmp_path / "cache").get("a") == b"bytes"
    assert FolderCache(tmp_path / "cache").get("b") is None


def test_entries_of_another_version_are_not_found(tmp_path: Path) -> None:
    FolderCache(tmp_path, maker="slidebuild 1").put("a", b"old")
    assert FolderCache(tmp_path, maker="slidebuild 2").get("a") is None


def test_parts_of_a_key_are_told_apart() -> None:
    keys = [entry_key("a", "bc"), entry_key("a", "b", "c"), entry_key("ab", "c"), entry_key("a", b"bc", "")]
    assert len(set(keys)) == 4
    assert entry_key("a", "é") == entry_key("a", "é".encode())


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:10], lambda data: data + b"x"])
def test_a_damaged_entry_is_missing_and_removed(tmp_path: Path, damage) -> None:
    cache = FolderCache(tmp_path)
    cache.put("a", b"bytes")
    (file,) = entries(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert cache.get("a") is None
    assert not file.exists()


def test_an_empty_file_is_no_entry(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("a", b"")
    assert cache.get("a") == b""
    entries(tmp_path)[0].write_bytes(b"")
    assert cache.get("a") is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=10_000)
    for number in range(8):
        cache.put(str(number), bytes(1000))
        file = next(file for file in entries(tmp_path) if file.stat().st_mtime > time.time() - 3000)
        os.utime(file, (number, time.time() - 100_000 + number))
    cache.get("0")  # notes the use
    for number in range(8, 12):
        cache.put(str(number), bytes(1000))
    assert cache.usage().size <= 10_000
    assert cache.get("0") == bytes(1000)
    assert cache.get("1") is None
    assert cache.get("11") == bytes(1000)


def test_what_takes_too_much_room_is_not_kept(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=1000)
    cache.put("a", bytes(600))
    assert cache.get("a") is None


def test_leftovers_of_killed_processes_go_when_room_is_made(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, limit=4000)
    cache.put("a", bytes(900))
    leftover = entries(tmp_path)[0].with_name("x.1.tmp")
    leftover.write_bytes(bytes(10))
    os.utime(leftover, (0, 0))
    for name in "bcde":
        cache.put(name, bytes(900))
    assert not leftover.exists()


def test_clearing_leaves_what_is_not_an_entry(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    cache = FolderCache(tmp_path)
    cache.put("a", b"1")
    cache.put("b", b"2")
    assert cache.clear().entries == 2
    assert cache.usage().entries == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    cache.put("a", b"1")
    assert cache.get("a") == b"1"


def test_a_cache_that_was_never_written_can_be_cleared(tmp_path: Path) -> None:
    assert FolderCache(tmp_path / "none").clear().entries == 0
    assert not (tmp_path / "none").exists()


def test_version_control_and_backups_leave_it_out(tmp_path: Path) -> None:
    FolderCache(tmp_path / ".slidebuild" / "cache").put("a", b"")
    assert (tmp_path / ".slidebuild" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / ".slidebuild/cache/CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172")


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = FolderCache(tmp_path / "file" / "cache")
    cache.put("a", b"bytes")
    assert cache.get("a") is None


def fill(folder: str, seed: int) -> int:
    """Write and read entries that others write, too; how many were wrong."""
    cache = FolderCache(Path(folder), limit=40_000, maker="test")
    wrong = 0
    for number in range(120):
        key = str((number * 7 + seed) % 40)
        cache.put(key, key.encode() * 500)
        found = cache.get(str((number * 5 + seed) % 40))
        wrong += found is not None and found != str((number * 5 + seed) % 40).encode() * 500
    return wrong


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be replaced there")
def test_processes_share_it(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert sum(processes.map(fill, [str(tmp_path)] * 2, [1, 2])) == 0
    assert not list(tmp_path.rglob("*.tmp"))
    assert FolderCache(tmp_path).usage().size <= 40_000


def test_the_font_of_formulas_is_made_once_for_all_projects_and_never_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slidebuild.passes import math_font

    kept = FolderCache(tmp_path / "made")
    first = math_font.whole_math_font.__wrapped__(kept)
    assert first == math_font._mended()
    assert kept.usage().entries == 1
    monkeypatch.setattr(math_font, "_mended", lambda: pytest.fail("it was made before"))
    assert math_font.whole_math_font.__wrapped__(kept) == first


def test_what_is_kept_for_all_projects_lies_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert user_cache.__wrapped__().folder == tmp_path / "slidebuild" / "made"


def test_what_one_cache_has_lost_the_other_may_have(tmp_path: Path) -> None:
    own, users = FolderCache(tmp_path / "own"), FolderCache(tmp_path / "users")
    both = Either(own, users)
    assert both.get("a") is None
    both.put("a", b"font")
    own.clear()
    assert both.get("a") == b"font" == own.get("a")
    users.clear()
    assert both.get("a") == b"font"
    assert users.get("a") is None


def test_fonts_of_a_theme_are_cut_once_for_all_projects_of_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = FolderCache(tmp_path / "users")
    monkeypatch.setattr("slidebuild.project.cache.user_cache", lambda: users)

    def page(name: str) -> str:
        root = tmp_path / name
        (root / "decks").mkdir(parents=True)
        (root / "decks" / "a.md").write_text("# Title", encoding="utf-8")
        found = Diagnostics()
        opened = Project.open(root, found).open_deck("decks/a.md", found)
        assert opened is not None
        return make_page(compile_deck(opened.source, opened.inputs, found), found).html

    first = page("first")
    assert users.usage().entries > 1
    fonts._packed.cache_clear()
    monkeypatch.setattr(fonts, "_cut", lambda *_: pytest.fail("it was cut before"))
    assert page("second") == first
