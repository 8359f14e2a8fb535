from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import main

DECK = """---
title: My talk
---
# First
???
Say *hello* to .red[everybody], on
two lines.

---
# Second
--
more
???
- of the step
---
tags: experts
# Third
"""

NOTES = """# My talk

## 1 First

Say *hello* to .red[everybody], on
two lines.

## 2 Second

## 3 (step) Second

- of the step

## 4 Third
"""


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slidebuild.yml").write_text("")
    (tmp_path / "talk.md").write_text(DECK)
    return tmp_path / "talk.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["notes", *arguments])


def test_transcript_has_titles_numbers_and_notes_as_written(deck: Path) -> None:
    result = run("talk.md")
    assert (result.exit_code, result.stdout) == (0, NOTES)


def test_transcript_goes_to_a_file(deck: Path) -> None:
    assert run("talk.md", "-o", "out/notes.md").exit_code == 0
    assert (deck.parent / "out/notes.md").read_text() == NOTES


def test_transcript_of_some_slides(deck: Path) -> None:
    assert run("talk.md", "--slides", "4").stdout == "# My talk\n\n## 4 Third\n"
    assert "Third" not in run("talk.md", "--tag", "beginners").stdout
    assert run("talk.md", "--slides", "9").exit_code == 1


def test_transcript_as_json(deck: Path) -> None:
    data = json.loads(run("talk.md", "--json").stdout)
    assert data["decks"][0]["notes"] == NOTES
