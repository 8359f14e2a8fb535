"""Roots, decks, outputs and what may be read."""

from __future__ import annotations

import os
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from slidebuild.compiler import compile_deck
from slidebuild.compiler.finishing import Bench
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import FileLoader, OutputError, Project, deck_id, find_decks, find_root, write_file, write_page
from slidebuild.project.cache import FolderCache
from slidebuild.project.decks import clashes
from slidebuild.project.file_state import SETTLED
from slidebuild.project.output import LEFTOVER, remove_leftovers


def test_the_root_is_where_slidebuild_yml_or_git_is(tmp_path: Path) -> None:
    deck = tmp_path / "a" / "talks" / "decks" / "x.md"
    deck.parent.mkdir(parents=True)
    deck.write_text("# x")
    assert find_root(deck) == deck.parent.parent
    (tmp_path / "a" / ".git").mkdir()
    assert find_root(deck) == tmp_path / "a"
    (tmp_path / "slidebuild.yml").write_text("")
    assert find_root(deck) == tmp_path


def test_the_home_folder_is_never_a_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "x.md").write_text("# x")
    assert find_root(tmp_path / "talks" / "x.md") == tmp_path / "talks"


def test_decks_are_all_markdown_files_below_decks_but_for_parts(tmp_path: Path) -> None:
    for name in ("decks/b.md", "decks/2026/a.md", "decks/_parts/p.md", "decks/_p.md", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# x")
    assert find_decks(tmp_path) == ("decks/2026/a.md", "decks/b.md")
    assert find_decks(tmp_path, ["*.md"]) == ("README.md",)


def test_ids_are_paths_below_decks_without_suffix() -> None:
    assert deck_id("decks/2026/talk.md") == "2026/talk"
    assert deck_id("notes/talk.md") == "notes/talk"
    assert deck_id("-") == "stdin"


def test_decks_of_one_id_clash() -> None:
    (clash,) = clashes(["decks/Talk.md", "talk.md", "decks/other.md"])
    assert clash.decks == ("decks/Talk.md", "talk.md")


def test_outputs_have_their_places(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.target("decks/a/talk.md", None, ".html").file == tmp_path / "dist/a/talk/index.html"
    assert project.target("decks/a/talk.md", None, ".pdf").file == tmp_path / "dist/a/talk/talk.pdf"
    assert project.target("decks/talk.md", Path("out"), ".html").file == Path("out/talk/index.html")
    target = project.target("decks/talk.md", Path("x.html"), ".html")
    assert (target.file, target.asset_folder) == (Path("x.html"), "x_assets")


def test_nothing_is_read_through_a_link_that_leaves_the_root(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "secret").write_text("s")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "in").write_text("i")
    loader = FileLoader(root)
    assert loader.read("in") == b"i"
    assert loader.read("link") is None
    assert loader.read("../secret") is None
    assert loader.read("in\0x") is None


def test_settings_of_the_project_go_under_those_of_the_deck(tmp_path: Path) -> None:
    (tmp_path / "slidebuild.yml").write_text("author: A\nlang: fr\ncss: style.css\nmacros: mine\n")
    (tmp_path / "mine.py").write_text("def shout(call, *words):\n    return ' '.join(words).upper()\n")
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/x.md").write_text("---\nlang: de\n---\n# x\n\n![:shout hello]")
    diagnostics = Diagnostics()
    opened = Project.open(tmp_path, diagnostics).open_deck("decks/x.md", diagnostics)
    assert opened is not None
    from slidebuild.compiler import compile_deck

    compiled = compile_deck(opened.source, opened.inputs, diagnostics)
    assert (compiled.settings.author, compiled.settings.lang, compiled.settings.css) == ("A", "de", ("/style.css",))
    assert "HELLO" in compiled.slides[0].content
    assert not list(diagnostics)


def test_a_macro_module_that_fails_is_an_error_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "slidebuild.yml").write_text("macros: broken\n")
    (tmp_path / "broken.py").write_text("1/0\n")
    diagnostics = Diagnostics()
    Project.open(tmp_path, diagnostics)
    (found,) = diagnostics
    assert (found.code, str(found.span)) == ("bad-settings", "slidebuild.yml:1:1")
    assert "division by zero" in found.message


def test_equal_bytes_are_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.html"
    assert write_file(file, b"x")
    os.utime(file, (1, 1))
    assert not write_file(file, b"x")
    assert file.stat().st_mtime == 1
    assert write_file(file, b"y")
    assert [entry.name for entry in file.parent.iterdir()] == ["b.html"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.html"
    write_file(file, b"old")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OutputError, match="No space left"):
        write_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.html"]


def test_a_page_takes_stale_copies_away_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    write_page(page, "one", {"assets/a.11111111.png": b"1"}, "assets")
    (tmp_path / "assets" / "mine.png").write_bytes(b"m")
    write_page(page, "two", {"assets/a.22222222.png": b"2"}, "assets")
    assert sorted(entry.name for entry in (tmp_path / "assets").iterdir()) == ["a.22222222.png", "mine.png"]


def test_what_killed_processes_left_behind_goes_after_a_while(tmp_path: Path) -> None:
    old, new, mine = (tmp_path / "a" / name for name in (f".x{LEFTOVER}", f".y{LEFTOVER}", ".profile"))
    old.parent.mkdir()
    for file in (old, new, mine):
        file.write_text("half")
    os.utime(old, (0, 0))
    os.utime(mine, (0, 0))
    remove_leftovers(tmp_path)
    assert [old.exists(), new.exists(), mine.exists()] == [False, True, True]


def test_an_output_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    (tmp_path / "page.html").write_bytes(b"old")
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(tmp_path / "page.html", b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"page.html": b"old"}


def test_slides_of_a_page_and_of_a_pdf_are_kept_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/a.md").write_text("# One\n---\n# Two\n")
    project = Project(tmp_path, cache=FolderCache(tmp_path / "cache"))
    begun = []
    for folder in ("x_assets", "assets", "x_assets", "assets"):
        opened = project.open_deck("decks/a.md", Diagnostics(), asset_folder=folder)
        assert opened is not None
        with patch.object(Bench, "begin", autospec=True, side_effect=Bench.begin) as begin:
            compile_deck(opened.source, opened.inputs, Diagnostics())
        begun.append(begin.call_count)
    assert begun == [2, 2, 0, 0]


def later(root: Path) -> FileLoader:
    """A loader to which all files that are there now are old."""
    return FileLoader(root, _opened=time.time_ns() + 2 * SETTLED)


def test_a_file_that_is_what_it_was_is_told_without_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"one")
    first = later(tmp_path)
    digest, state = first.version("a.png"), first.state("a.png")
    assert digest is not None
    assert state is not None
    second = later(tmp_path)
    assert second.is_still("a.png", state, digest)
    assert second.version("a.png") == digest
    assert (dict(second.paths), dict(second.files)) == ({"a.png": True}, {})
    assert second.asked == {tmp_path / "a.png"}
    assert second.read("a.png") == b"one"


def test_a_file_that_changed_or_may_change_unseen_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"one")
    state, digest = later(tmp_path).state("a.png"), later(tmp_path).version("a.png")
    assert state is not None
    assert digest is not None
    young = FileLoader(tmp_path)
    assert young.state("a.png") is None
    assert not young.is_still("a.png", state, digest)
    (tmp_path / "b.png").write_bytes(b"two")
    (tmp_path / "b.png").replace(tmp_path / "a.png")
    assert not later(tmp_path).is_still("a.png", state, digest)
    assert later(tmp_path).version("a.png") != digest


def test_what_is_out_of_reach_is_never_what_it_was(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"one")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/a.png").symlink_to(tmp_path / "secret.png")
    state = later(tmp_path).state("secret.png")
    assert state is not None
    assert not later(tmp_path / "root").is_still("a.png", state, "1")
    assert not later(tmp_path / "root").is_still("../secret.png", state, "1")


def test_a_version_stays_the_same_while_a_deck_is_built(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"one")
    state = later(tmp_path).state("a.png")
    assert state is not None
    loader = later(tmp_path)
    assert loader.is_still("a.png", state, "as it was")
    (tmp_path / "a.png").write_bytes(b"changed meanwhile")
    assert loader.version("a.png") == "as it was"
