"""Pages from the cache are what building them would give, and are not taken when anything has changed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.project import Project
from slidebuild.project.cache import FolderCache
from slidebuild.project.pages import BuiltPage, build_page
from slidebuild.report import draw

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
DECK = """title: none

# One $x^2$

![](dot.png) ![](gone.png) [x][nowhere]

---
include: more.md
---
template: unknown

```python
print("é")
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "talk"
    (folder / "decks").mkdir(parents=True)
    (folder / "decks/a.md").write_text(DECK, encoding="utf-8")
    (folder / "decks/more.md").write_text("# More\n", encoding="utf-8")
    (folder / "decks/dot.png").write_bytes(PNG)
    for file in folder.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    return folder


def build(root: Path, cache: Path | None = None, *layers: Layer, **options: str) -> tuple[BuiltPage, list[str]]:
    diagnostics = Diagnostics()
    project = Project.open(root, diagnostics).override(*(layers or (Layer({"theme": "remark"}),)))
    if cache is not None:
        project = replace(project, cache=FolderCache(cache))
    data = project.read_deck("decks/a.md", diagnostics)
    assert data is not None
    page = build_page(project, "decks/a.md", data, diagnostics, **options)  # type: ignore[arg-type]
    assert page is not None
    return page, [draw(item) for item in diagnostics.sorted()]


@pytest.mark.parametrize("assets", ["copy", "inline", "link"])
@pytest.mark.parametrize("theme", ["default", "remark"])
def test_a_page_is_the_same_with_and_without_the_cache(root: Path, tmp_path: Path, assets: str, theme: str) -> None:
    layer = Layer({"theme": theme})
    plain, said = build(root, None, layer, assets=assets)
    first, said_first = build(root, tmp_path / "cache", layer, assets=assets)
    second, said_second = build(root, tmp_path / "cache", layer, assets=assets)
    assert [plain.is_kept, first.is_kept, second.is_kept] == [False, False, True]
    assert replace(second, is_kept=False) == first == plain
    assert list(second.assets) == list(plain.assets)
    assert said == said_first == said_second
    assert len(said) >= 3


def test_fonts_come_from_the_cache_when_the_deck_changed(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "cache")
    with (root / "decks/a.md").open("a") as deck:
        deck.write("\nmore\n")
    before = {file.name for file in (tmp_path / "cache").glob("??/*")}
    cached, _ = build(root, tmp_path / "cache")
    assert not cached.is_kept
    assert cached == build(root)[0]
    assert len({file.name for file in (tmp_path / "cache").glob("??/*")} - before) == 1  # the page alone


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("decks/dot.png", PNG + b"changed"),
        ("decks/dot.png", None),
        ("decks/gone.png", PNG),
        ("decks/Gone.png", PNG),
        ("decks/more.md", b"# Less\n"),
        ("slidebuild.yml", b"title: Settings\n"),
        ("themes/remark/theme.yml", b"parent: default\n"),
    ],
    ids=str,
)
def test_a_change_of_anything_that_was_read_makes_it_anew(
    root: Path, tmp_path: Path, file: str, content: bytes | None
) -> None:
    build(root, tmp_path / "cache")
    if content is None:
        (root / file).unlink()
    else:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(content)
    cached, said = build(root, tmp_path / "cache")
    assert not cached.is_kept
    assert (cached, said) == build(root)


def test_a_file_of_the_same_size_and_time_is_noticed_by_its_content(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "cache")
    (root / "decks/more.md").write_text("# Mehr\n", encoding="utf-8")
    os.utime(root / "decks/more.md", (1_000_000_000, 1_000_000_000))
    assert not build(root, tmp_path / "cache")[0].is_kept


def test_a_copy_of_the_project_finds_its_pages_in_a_shared_cache(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "cache")
    copy = tmp_path / "copy"
    for file in sorted(root.rglob("*")):
        target = copy / file.relative_to(root)
        if file.is_dir():
            target.mkdir(parents=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    assert build(copy, tmp_path / "cache")[0].is_kept


def test_other_settings_are_other_pages(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "cache", Layer({"theme": "remark", "ratio": "4:3"}))
    assert not build(root, tmp_path / "cache", Layer({"theme": "remark", "ratio": "16:9"}))[0].is_kept
    assert not build(root, tmp_path / "cache", Layer({"theme": "remark", "ratio": "4:3"}), assets="link")[0].is_kept
    assert build(root, tmp_path / "cache", Layer({"theme": "remark", "ratio": "4:3"}))[0].is_kept


def test_settings_are_told_where_they_stand_now(root: Path, tmp_path: Path) -> None:
    (root / "slidebuild.yml").write_text("ratoi: 1:1\n", encoding="utf-8")
    _, first = build(root, tmp_path / "cache")
    (root / "slidebuild.yml").write_text("# a comment\nratoi: 1:1\n", encoding="utf-8")
    _, second = build(root, tmp_path / "cache")
    assert "slidebuild.yml:1:1" in "".join(first)
    assert "slidebuild.yml:2:1" in "".join(second)


def test_pages_with_macros_of_the_project_are_made_each_time(root: Path, tmp_path: Path) -> None:
    (root / "slidebuild.yml").write_text("macros: talkmacros\n", encoding="utf-8")
    (root / "talkmacros.py").write_text("def now(call):\n    return 'x'\n", encoding="utf-8")
    for _ in range(2):
        assert not build(root, tmp_path / "cache")[0].is_kept


def test_pages_with_errors_are_not_kept(root: Path, tmp_path: Path) -> None:
    for _ in range(2):
        page, said = build(root, tmp_path / "cache", Layer({"theme": "nowhere"}))
        assert not page.is_kept
        assert "unknown-theme" in "".join(said)


def test_an_entry_without_its_files_is_no_page(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "cache")
    largest = max((tmp_path / "cache").glob("??/*"), key=lambda file: file.stat().st_size)
    for file in (tmp_path / "cache").glob("??/*"):
        if file != largest:
            file.unlink()
    cached, _ = build(root, tmp_path / "cache")
    assert not cached.is_kept
    assert cached == build(root)[0]
