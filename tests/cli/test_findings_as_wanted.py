"""`check:` and waivers count in every command, and in what comes from the cache."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from slidebuild.cli import main
from slidebuild.preview import open_workspace

WAIVED = "<!-- slidebuild-ignore: missing-image: drawn on the board -->"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n")
    (tmp_path / "decks/talk.md").write_text("# Hello\n\n![x](gone.png)\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, dict[str, Any], list[str]]:
    """Exit code, JSON, and findings with their severities."""
    result = CliRunner().invoke(main, [*arguments, "--json"], catch_exceptions=False)
    data = json.loads(result.stdout)
    return result.exit_code, data, [f"{item['severity']} {item['code']}" for item in data["diagnostics"]]


COMMANDS = [
    pytest.param(("html",), id="html"),
    pytest.param(("notes",), id="notes"),
    pytest.param(("build", "--no-pdf", "--jobs", "1"), id="build"),
    pytest.param(("pdf",), id="pdf", marks=pytest.mark.browser),
    pytest.param(("png",), id="png", marks=pytest.mark.browser),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_settings_and_waivers_say_what_is_told_and_counted(project: Path, command: tuple[str, ...]) -> None:
    deck, settings = project / "decks/talk.md", project / "slidebuild.yml"
    text = deck.read_text()
    for _ in range(2):  # the second time from the cache, where there is one
        assert run(*command, "--strict")[::2] == (1, ["warning missing-image"])
    settings.write_text("theme: remark\ncheck: {missing-image: off}\n")
    for _ in range(2):
        assert run(*command, "--strict")[::2] == (0, [])
    settings.write_text("theme: remark\ncheck: {missing-image: error}\n")
    for _ in range(2):
        assert run(*command)[::2] == (1, ["error missing-image"])
    deck.write_text(f"{text}\n{WAIVED}\n")
    for _ in range(2):
        assert run(*command, "--strict")[::2] == (0, [])
    deck.write_text(f"---\ncheck: {{missing-image: notice}}\n---\n{text}")
    for _ in range(2):
        assert run(*command, "--strict")[::2] == (0, ["notice missing-image"])


def test_finding_raised_to_an_error_stops_the_page(project: Path) -> None:
    (project / "slidebuild.yml").write_text("check: {missing-image: error}\n")
    assert run("html")[1]["decks"][0]["outputs"] == []
    assert not (project / "dist").exists()


def test_waiver_without_a_reason_is_told_by_builds_and_an_unused_one_only_by_check(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.write_text(deck.read_text() + "\n<!-- slidebuild-ignore: missing-image -->\n")
    assert run("html")[2] == ["warning waiver-without-reason"]
    deck.write_text(f"# A\n\n{WAIVED}\n")
    assert run("html")[2] == []
    assert run("check")[2] == ["notice unused-waiver"]


def test_what_stops_a_build_is_neither_turned_off_nor_waived(project: Path) -> None:
    (project / "slidebuild.yml").write_text("check: {no-slides: off, missing-include: off}\n")
    (project / "decks/talk.md").write_text("include: gone.md\n\n<!-- slidebuild-ignore: missing-include: later -->\n")
    code, data, _ = run("html")
    assert code == 1
    errors = {(item["code"], item["message"]) for item in data["diagnostics"] if item["severity"] == "error"}
    assert {code for code, _ in errors} == {"bad-setting-value", "missing-include"}
    assert any("error, since nothing can be built with it" in message for _, message in errors)


def test_faults_of_the_project_settings_are_told_as_these_want_it(project: Path) -> None:
    (project / "decks/talk.md").write_text("# A\n")
    settings = project / "slidebuild.yml"
    settings.write_text("theme: remark\nratioo: 1\n")
    assert run("html", "--strict")[::2] == (1, ["warning unknown-setting"])
    settings.write_text("theme: remark\nratioo: 1\ncheck: {unknown-setting: off}\n")
    assert run("html", "--strict")[::2] == (0, [])


def test_preview_shows_findings_as_wanted_and_the_page_with_what_would_stop_a_build(project: Path) -> None:
    (project / "slidebuild.yml").write_text("check: {missing-image: error}\n")
    built = open_workspace(project).build("decks/talk.md")
    assert [(item.code, str(item.severity)) for item in built.diagnostics] == [("missing-image", "error")]
    assert [built.slides_of[item] for item in built.diagnostics] == [0]
    assert built.page is not None
    (project / "slidebuild.yml").write_text("check: {missing-image: off}\n")
    assert list(open_workspace(project).build("decks/talk.md").diagnostics) == []


def test_deck_as_data_has_the_findings_as_wanted(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.write_text("---\ncheck: {unknown-template: off}\n---\ntemplate: none\n# A\n")
    result = CliRunner().invoke(main, ["ast", "--json", "decks/talk.md"], catch_exceptions=False)
    assert json.loads(result.stdout)["diagnostics"] == []
