"""`slidebuild check`: formats for machines, repairs."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import main
from slidebuild.diagnostics import CODES

ODD = """# One

..center[
<img src="../img/plot.png", width=50% alt="A plot">
]

---\x20

# Two, été
"""
MENDED = """# One

.center[
<img src="../img/Plot.png" width=50% alt="A plot">
]

---

# Two, été
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "Plot.png").write_bytes(b"x")
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n")
    (tmp_path / "decks" / "talk.md").write_text(ODD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return tmp_path


def test_fix_makes_every_safe_repair_and_leaves_nothing_to_do(project: Path) -> None:
    deck = project / "decks/talk.md"
    assert "decks/talk.md: 4 repairs made" in run("check", "--fix").stdout
    assert deck.read_text() == MENDED
    again = run("check", "--fix", "--strict")
    assert "repair" not in again.stdout
    assert again.exit_code == 0
    assert deck.read_text() == MENDED


def test_fix_keeps_line_ends_byte_order_mark_and_all_else(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.write_bytes(b"\xef\xbb\xbf" + ODD.replace("\n", "\r\n").encode())
    run("check", "--fix")
    assert deck.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_fix_repairs_wrong_characters_beside_other_things_on_a_line(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.write_bytes("# École d'été ..red[x]\n".encode().decode("mac_roman").encode())
    run("check", "--fix")
    assert deck.read_text() == "# École d'été .red[x]\n"


def test_fix_repairs_included_decks(project: Path) -> None:
    (project / "decks/talk.md").write_text("include: _part.md\n")
    (project / "decks/_part.md").write_text("..red[x]\n")
    run("check", "--fix")
    assert (project / "decks/_part.md").read_text() == ".red[x]\n"


def test_fix_leaves_a_file_that_is_not_utf_8(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.write_bytes("..red[é]\n".encode("cp1252"))
    result = run("check", "--fix")
    assert "[not-utf-8]" in result.stderr
    assert deck.read_bytes() == "..red[é]\n".encode("cp1252")


def test_a_deck_that_cannot_be_written_is_an_error_and_stays(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import slidebuild.project.output as output

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output.tempfile, "mkstemp", refuse)
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert "[unwritable-output]" in result.stderr
    assert (project / "decks/talk.md").read_text() == ODD


def test_fix_keeps_the_permissions_of_the_file(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.chmod(0o640)
    run("check", "--fix")
    assert stat.S_IMODE(deck.stat().st_mode) == 0o640


def test_diff_shows_the_repairs_and_makes_none(project: Path) -> None:
    result = run("check", "--diff")
    assert (project / "decks/talk.md").read_text() == ODD
    changed = [line for line in result.stdout.splitlines() if line.startswith(("+", "-"))]
    assert changed == [
        "--- a/decks/talk.md",
        "+++ b/decks/talk.md",
        "-..center[",
        '-<img src="../img/plot.png", width=50% alt="A plot">',
        "+.center[",
        '+<img src="../img/Plot.png" width=50% alt="A plot">',
        "---- ",
        "+---",
    ]
    assert "[suspicious-class-dots]" in result.stderr


def test_json_tells_the_repairs(project: Path) -> None:
    data = json.loads(run("check", "--format", "json").stdout)
    assert data == json.loads(run("check", "--json").stdout)
    (found,) = (item for item in data["diagnostics"] if item["code"] == "separator-with-trailing-space")
    assert found["fix"] == {"line": 7, "column": 4, "endLine": 7, "endColumn": 5, "replacement": ""}


def test_github_commands_are_escaped_and_one_a_line(project: Path) -> None:
    (project / "decks/a, b: 100%.md").write_text("![x](100%25,gone.png)\n")
    result = run("check", "decks/a, b: 100%.md", "--format", "github")
    assert result.exit_code == 0
    assert result.stdout == (
        "::warning file=decks/a%2C b%3A 100%25.md,line=1,endLine=1,col=6,endColumn=20,title=missing-image::"
        "there is no picture 100%2525,gone.png%0Ahint: looked for decks/100%25,gone.png\n"
    )
    assert result.stderr == "1 warning\n"


def test_github_paths_count_from_the_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    lines = run("check", "--format", "github", "--strict").stdout.splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"::warning file={project.name}/decks/talk.md,line=") for line in lines)


def test_sarif_holds_a_rule_for_every_code_and_a_result_for_every_finding(project: Path) -> None:
    result = run("check", "--format", "sarif", "--strict")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    assert (log["version"], log["$schema"].endswith("sarif-schema-2.1.0.json")) == ("2.1.0", True)
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"note", "warning", "error"}
    assert len(only["results"]) == 4
    for item in only["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]
        assert item["level"] == "warning"
        assert item["message"]["text"]
        (place,) = item["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "decks/talk.md"
        region = place["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
    (change,) = only["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 3},
            "insertedContent": {"text": "."},
        }
    ]


def test_sarif_of_a_good_deck_has_no_results(project: Path) -> None:
    (project / "decks/talk.md").write_text("# Good\n\n![A plot](../img/Plot.png)\n")
    assert json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"] == []


@pytest.mark.parametrize(
    "arguments",
    [["-", "--fix"], ["--json", "--format", "sarif"], ["--diff", "--fix"], ["--format", "xml"]],
    ids=" ".join,
)
def test_what_does_not_go_together_is_wrong_usage(project: Path, arguments: list[str]) -> None:
    assert run("check", *arguments).exit_code == 2


def test_every_code_says_what_it_means_in_one_line() -> None:
    for code, (_, meaning) in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert meaning
        assert "\n" not in meaning


def test_fix_repairs_what_a_link_leads_to(project: Path) -> None:
    deck = project / "decks/talk.md"
    deck.rename(project / "real.md")
    deck.symlink_to(project / "real.md")
    run("check", str(deck), "--fix", "--root", str(project))
    assert deck.is_symlink()
    assert (project / "real.md").read_text() == MENDED.replace("../img/Plot", "../img/plot")
