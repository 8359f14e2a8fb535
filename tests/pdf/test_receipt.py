from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from slidebuild.browser.find import BrowserChoice
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.receipt import Made, Receipt
from slidebuild.project.cache import FolderCache
from slidebuild.project.project import Project

CHOICE = BrowserChoice(Path("/usr/bin/true"), "asked for", "--browser")


def project(root: Path) -> Project:
    return replace(Project.open(root, Diagnostics()), cache=FolderCache(root / "cache"))


def kept(root: Path, text: str = "![a](a.svg)\n", options: object = ()) -> tuple[Made | None, list[str]]:
    diagnostics = Diagnostics()
    receipt = Receipt.of(project(root), "talk.md", text.encode(), CHOICE, options)
    assert receipt is not None
    return receipt.recall(diagnostics), [item.code for item in diagnostics]


def keep(root: Path, code: str = "", *, is_told: bool = True) -> None:
    found = Diagnostics()
    data = b"![a](a.svg)\n"
    receipt = Receipt.of(project(root), "talk.md", data, CHOICE, ())
    opened = project(root).open_text("talk.md", data, found)
    assert receipt is not None
    assert opened is not None
    opened.loader.read("a.svg")
    opened.loader.read("theme.yml")
    if code:
        found.add(code, "as the tests say")
    receipt.keep(Made(b"%PDF", {"pages": 1}), opened.loader, found, found if is_told else ())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "slidebuild.yml").write_text("title: A\n", encoding="utf-8")
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    return tmp_path


def test_unchanged_deck_is_what_was_made(root: Path) -> None:
    keep(root)
    assert kept(root) == (Made(b"%PDF", {"pages": 1}), [])


def test_what_was_said_is_said_again(root: Path) -> None:
    keep(root, "missing-glyph")
    assert kept(root)[1] == ["missing-glyph"]


@pytest.mark.parametrize("is_told", [True, False])
def test_deck_whose_files_did_not_load_is_not_kept(root: Path, is_told: bool) -> None:
    keep(root, "asset-not-loaded", is_told=is_told)
    assert kept(root)[0] is None


@pytest.mark.parametrize("name", ["a.svg", "theme.yml", "slidebuild.yml"])
def test_changed_or_new_file_makes_the_deck_anew(root: Path, name: str) -> None:
    keep(root)
    (root / name).write_text("title: B\n", encoding="utf-8")
    assert kept(root)[0] is None


def test_other_text_options_and_dates_are_other_decks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(root)
    assert kept(root, text="other")[0] is None
    assert kept(root, options="lines")[0] is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert kept(root)[0] is None


def test_standard_input_is_not_kept(root: Path) -> None:
    assert Receipt.of(project(root), "-", b"", CHOICE, ()) is None
