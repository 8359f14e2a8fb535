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
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.fsync", refuse)
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


GOOD = "# Good\n\n![A plot](../img/Plot.png)\n"


def write(project: Path, text: str) -> None:
    (project / "decks/talk.md").write_text(text)


def test_picture_that_nothing_uses_is_told_when_all_decks_are_checked(project: Path) -> None:
    write(project, GOOD)
    for name in ("old.png", "named.png", "built.svg", "in-css.png", "excluded.png"):
        (project / "img" / name).write_bytes(b"x")
    (project / "notes.txt").write_bytes(b"x")
    (project / "README.md").write_text("![](img/named.png)\n")
    (project / "figures.py").write_text("save('img/built')\n")
    (project / "decks/_style.css").write_text("p { background: url(../img/in-css.png) }\n")
    (project / "decks/more.md").write_text("exclude: true\n\n![x](../img/excluded.png)\n---\n# More\n")
    result = run("check")
    assert [line for line in result.stderr.splitlines() if "unused-picture" in line] == [
        "img/old.png: notice: nothing in the project uses this picture [unused-picture]"
    ]
    assert "unused-picture" not in run("check", "decks/talk.md").stderr
    (project / "slidebuild.yml").write_text("theme: remark\ncheck: {unused-picture: error}\n")
    assert run("check").exit_code == 1
    (project / "slidebuild.yml").write_text("theme: remark\ncheck: {unused-picture: off}\n")
    assert run("check").stderr == ""


def test_levels_decide_about_the_exit_code(project: Path) -> None:
    write(project, "---\ncheck: {missing-image: error}\n---\n# A\n\n![x](gone.png)\n")
    assert run("check", "decks/talk.md").exit_code == 1
    write(project, "---\ncheck: {missing-image: notice}\n---\n# A\n\n![x](gone.png)\n")
    assert run("check", "decks/talk.md", "--strict").exit_code == 0


def test_what_is_waived_is_not_repaired(project: Path) -> None:
    waived = "# A\n\n..red[x] <!-- slidebuild-ignore-line: suspicious-class-dots: two dots are meant -->\n\n..red[y]\n"
    write(project, waived)
    assert "1 repair made" in run("check", "--fix", "decks/talk.md").stdout
    assert (project / "decks/talk.md").read_text() == waived.replace("..red[y]", ".red[y]")


def test_baseline_keeps_what_is_there_and_only_what_is_new_is_told(project: Path) -> None:
    write(project, "# A\n\n![x](gone.png)\n")
    first = run("check", "--baseline", "known.json", "--write-baseline", "--strict")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines()[-1] == "known.json: 2 findings that will not be told again"
    again = run("check", "--baseline", "known.json", "--strict")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "decks/talk.md: 1 finding of the baseline left out (1 slide)" in again.stdout
    write(project, "# New\n---\n# A\n\n![x](gone.png)\n\n![x](too.png)\n")
    new = run("check", "--baseline", "known.json", "--json", "--strict")
    data = json.loads(new.stdout)
    assert new.exit_code == 1
    assert [item["message"] for item in data["diagnostics"]] == ["there is no picture too.png"]
    assert data["decks"][0]["known"] == 1


def test_baseline_hides_nothing_that_stops_a_build(project: Path) -> None:
    write(project, "name: a\ntemplate: b\n---\nname: b\ntemplate: a\n\nx\n")
    assert run("check", "--baseline", "known.json", "--write-baseline").exit_code == 1
    assert run("check", "--baseline", "known.json").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--baseline", "gone.json"], "write it first"),
        (["--baseline", "slidebuild.yml"], "it is no baseline"),
        (["--write-baseline"], "needs --baseline FILE"),
        (["--pdf", "slidebuild.yml", "--render"], "no other kind of check"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_says_what_is_right(project: Path, arguments: list[str], says: str) -> None:
    result = run("check", *arguments)
    assert (result.exit_code, says in result.stderr) == (2, True)


def test_gitlab_gets_a_code_quality_report(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(project.parent))
    found = json.loads(run("check", "decks/talk.md", "--format", "gitlab").stdout)
    assert {"description", "check_name", "fingerprint", "severity", "location"} == set(found[0])
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    (dots,) = (entry for entry in found if entry["check_name"] == "suspicious-class-dots")
    assert dots["location"] == {"path": f"{project.name}/decks/talk.md", "lines": {"begin": 3, "end": 3}}
    assert dots["severity"] == "minor"


def test_junit_has_a_suite_for_each_deck_and_a_failure_for_each_warning(project: Path) -> None:
    from xml.etree import ElementTree

    (project / "decks/good.md").write_text(GOOD)
    (project / "decks/odd.md").write_text("# A\n\n<img src=../img/Plot.png>\n\n![\x0b](gone.png)\n")
    root = ElementTree.fromstring(run("check", "--format", "junit").stdout)
    counts = {suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in root}
    assert counts == {"decks/good.md": ("1", "0"), "decks/odd.md": ("3", "1"), "decks/talk.md": ("4", "4")}
    assert (root.get("tests"), root.get("failures")) == ("8", "5")
    case = root.find("testsuite[@name='decks/odd.md']/testcase[failure]")
    assert case is not None
    assert (case.get("file"), case.get("line")) == ("decks/odd.md", "5")
    assert "hint: looked for decks/gone.png" in (case.findtext("failure") or "")


def test_sarif_knows_findings_again(project: Path) -> None:
    def marks() -> list[str]:
        log = json.loads(run("check", "decks/talk.md", "--format", "sarif").stdout)
        return [result["partialFingerprints"]["slidebuild/v1"] for result in log["runs"][0]["results"]]

    before = marks()
    write(project, f"# New\n---\n{ODD}")
    assert sorted(marks()) == sorted(before)


def test_language_without_a_dictionary_is_something_missing_on_this_machine(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    result = run("check", "decks/talk.md", "--spell")
    assert result.exit_code == 3
    assert "no dictionary of “en” was found" in result.stderr


@pytest.mark.browser
def test_render_measures_slides(project: Path) -> None:
    items = "\n".join("- item" for _ in range(40))
    write(project, f"# Long\n\n{items}\n\nthe last words\n")
    result = run("check", "decks/talk.md", "--render", "--strict")
    assert result.exit_code == 1
    assert "decks/talk.md:44:1: warning: slide 1: “the last words” ends" in result.stderr
