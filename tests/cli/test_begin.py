"""`slidebuild init`, `new` and `themes`: what they write builds without a word, and nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import main
from slidebuild.theme import BuiltInThemes


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run("init", "talks").exit_code == 0
    monkeypatch.chdir(tmp_path / "talks")
    return tmp_path / "talks"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_init_makes_a_folder_of_talks(talks: Path) -> None:
    assert set(files(talks)) == {
        ".gitignore",
        "decks/welcome.md",
        "img/wave.svg",
        "slidebuild.yml",
        "themes/house/house.css",
        "themes/house/theme.yml",
    }
    assert (talks / "slidebuild.yml").read_text().startswith("# Settings of all decks here")


@pytest.mark.parametrize("theme", BuiltInThemes().names())
def test_all_that_is_begun_builds_without_a_word(theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "--theme", theme).exit_code == 0
    assert run("new", "theme", "night", "--from", theme).exit_code == 0
    assert run("new", "deck", "2026/tide-tables", "--theme", "night").exit_code == 0
    result = run("html", "--strict", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["diagnostics"]) == (0, [])
    assert [(deck["deck"], deck["slides"]) for deck in data["decks"]] == [
        ("decks/2026/tide-tables.md", 6),
        ("decks/welcome.md", 7),
    ]
    page = (tmp_path / "dist/2026/tide-tables/index.html").read_text()
    assert "<title>Tide tables</title>" in page
    assert ".key {" in page


@pytest.mark.parametrize("again", [("init",), ("new", "deck", "welcome"), ("new", "theme", "house")])
def test_nothing_is_written_over(talks: Path, again: tuple[str, ...]) -> None:
    (talks / "decks/welcome.md").write_text("# Mine")
    before = files(talks)
    result = run(*again)
    assert result.exit_code == 1
    assert "[would-overwrite]" in result.stderr
    assert files(talks) == before


def test_a_gitignore_that_is_there_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("*.log\n")
    assert run("init").exit_code == 0
    assert (tmp_path / ".gitignore").read_text() == "*.log\n"


def test_the_date_of_a_new_deck_can_be_said(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert run("new", "deck", "a_b").exit_code == 0
    assert (
        (talks / "decks/a_b.md").read_text().startswith("---\ntitle: A b\nauthor: Your Name\ndate: 1970-01-02\n---\n")
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("init", "x", "--theme", "gone"), "There is no theme `gone`"),
        (("new", "deck", "../talk"), "no name for a deck"),
        (("new", "deck", "_part"), "no name for a deck"),
        (("new", "deck", "talk", "--theme", "hose"), "did you mean `house`?"),
        (("new", "theme", "default"), "is a built-in theme"),
        (("new", "theme", "a b"), "is no name"),
        (("new", "theme", "night", "--from", "gone"), "There is no theme `gone`"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(talks: Path, arguments: tuple[str, ...], said: str) -> None:
    before = files(talks)
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert files(talks) == before


def test_themes_are_listed_with_origin_parents_and_licences(talks: Path) -> None:
    text = run("themes").stdout
    assert "house  (project, child of default)" in text
    assert "lecture  (built-in, child of default)" in text
    assert "Source Serif 4 400, 600, 400 italic, 600 italic: OFL-1.1" in text
    data = json.loads(run("themes", "--json").stdout)
    assert data["ok"] is True
    themes = {theme["name"]: theme for theme in data["themes"]}
    assert list(themes) == ["default", "house", "lecture", "remark"]
    assert (themes["house"]["parents"], themes["remark"]["fonts"]) == (["default"], [])
    assert {font["licence"] for font in themes["lecture"]["fonts"]} == {"OFL-1.1"}
    assert themes["default"]["fonts"][0]["url"].startswith("http")


def test_the_gallery_shows_every_theme_in_the_schemes_it_has(talks: Path) -> None:
    assert run("themes", "--html", "out/themes.html").exit_code == 0
    page = (talks / "out/themes.html").read_text()
    for name, schemes in (("default", 2), ("house", 2), ("lecture", 2), ("remark", 1)):
        assert page.count(f'title="{name}, ') == schemes
    assert page.count("Why the sea breathes twice a day&lt;/h1&gt;") == 7
    assert "&lt;script&gt;" not in page
    assert "src=" not in page
    assert "https:" not in page.partition("srcdoc")[2].partition('"></iframe>')[0]


def test_a_broken_theme_of_the_project_is_told(talks: Path) -> None:
    (talks / "themes/house/theme.yml").write_text("parent: gone")
    result = run("themes")
    assert (result.exit_code, "lecture" in result.stdout) == (1, True)
    assert "there is no theme `gone` (parent of house)" in result.stderr


def test_a_gallery_that_cannot_be_written_is_an_error(talks: Path) -> None:
    (talks / "file").write_text("")
    result = run("themes", "--html", "file/themes.html")
    assert (result.exit_code, "[unwritable-output]" in result.stderr) == (1, True)
