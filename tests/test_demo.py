"""The demo deck: nothing to complain about, and all that belongs to it is there and used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from slidebuild.cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own talk, alone: texts of tests would count as uses of pictures."""
    for folder in ("decks", "img", "themes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", tmp_path)
    (tmp_path / "slidebuild.yml").write_text("")
    return tmp_path


def test_the_demo_deck_gives_no_cause_for_complaint(project: Path) -> None:
    arguments = ["check", "--root", str(project), "--json", "--no-cache", str(project / "decks/cycle2.md")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert json.loads(result.output)["diagnostics"] == []
    assert result.exit_code == 0


def test_a_heading_that_skips_a_level_or_a_lost_picture_would_be_told(project: Path) -> None:
    deck = project / "decks/cycle2.md"
    text = deck.read_text(encoding="utf-8").replace("## Test on the shift", "### Test on the shift")
    deck.write_text(text.replace("img/neuron.svg", "img/nowhere.svg"), encoding="utf-8")
    arguments = ["check", "--root", str(project), "--json", "--no-cache", str(deck)]
    found = json.loads(CliRunner().invoke(main, arguments).output)["diagnostics"]
    assert {item["code"] for item in found} >= {"heading-order", "missing-image"}


def test_the_demo_deck_says_how_long_it_is() -> None:
    matter = (ROOT / "decks/cycle2.md").read_text(encoding="utf-8").partition("\n---\n")[0]
    assert "\nminutes: 50\n" in matter
