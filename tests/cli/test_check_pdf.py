"""`slidebuild check --pdf`: findings with page, slide and line; veraPDF's verdict."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pikepdf import Array, Dictionary, Name, String

from slidebuild.cli import main
from slidebuild.pdf.ua import RULES

DECK = """theme: remark

# One

---
name: two

# Two
--

more
---
# Last
"""
REPORT = """<?xml version="1.0" encoding="utf-8"?>
<report><jobs><job><validationReport isCompliant="{}"><details>
<rule specification="ISO 14289-1:2014" clause="7.1" testNumber="3" status="failed" failedChecks="1">
<description>Content shall be marked</description>
<check status="failed">
<context>root/document[0]/pages[1](7 0 obj PDPage)/contentStream[0]/content[3]{{mcid:0}}</context>
<errorMessage>Content is neither marked as Artifact nor tagged</errorMessage>
</check></rule>
<rule clause="7.2" testNumber="1" status="passed"/>
</details></validationReport></job></jobs></report>
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def write_pdf(path: Path, producer: str = "slidebuild 9") -> None:
    """Three pages; the second, of slide 2 and the step that finishes it, has content without a tag."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf = pikepdf.new()
    for content in (b"", b"0 0 9 9 re f", b""):
        pdf.add_blank_page(page_size=(100, 100)).Contents = pdf.make_stream(content)
    names = {"1": 0, "2": 1, "3": 1, "4": 2, "two": 1}
    leaves = [part for name, page in names.items() for part in (String(name), Array([pdf.pages[page].obj, Name.Fit]))]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(leaves)))
    pdf.docinfo[Name.Producer] = String(producer)
    pdf.save(path)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n")
    (tmp_path / "decks" / "talk.md").write_text(DECK)
    write_pdf(tmp_path / "dist" / "talk" / "talk.pdf")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def install_verapdf(project: Path, script: str) -> None:
    (project / "bin").mkdir()
    program = project / "bin" / "verapdf"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def untagged(result: Result) -> dict[str, object]:
    data = json.loads(result.stdout)
    (rule,) = [rule for rule in data["decks"][0]["rules"] if rule["checkpoint"] == "01-005"]
    (finding,) = rule["findings"]
    return dict(finding)


def test_finding_tells_page_slide_and_line_of_the_deck_found_by_its_place(project: Path) -> None:
    result = run("check", "--pdf", "dist/talk/talk.pdf", "--json")
    assert result.exit_code == 1
    assert untagged(result) == {
        "message": "path without a tag, and no artifact",
        "page": 2,
        "slide": "2",
        "path": "decks/talk.md",
        "line": 6,
    }
    data = json.loads(result.stdout)
    assert len(data["decks"][0]["rules"]) == len(RULES)
    assert data["decks"][0]["verapdf"] is None
    assert {item["code"] for item in data["diagnostics"]} == {"not-pdf-ua"}


def test_finding_is_drawn_with_the_line(project: Path) -> None:
    result = run("check", "--pdf", "dist/talk/talk.pdf")
    assert "decks/talk.md:6:1: error: talk.pdf, page 2, “Two”: path without a tag, and no artifact" in result.stderr
    assert "(Matterhorn 01-005) [not-pdf-ua]\n  6 | name: two\n" in result.stderr
    assert "talk.pdf: error: talk.pdf: the file has no tags (ISO 14289-1, 6.2) [not-pdf-ua]" in result.stderr
    assert "3 pages, 81 rules of PDF/UA-1, 6 broken" in result.stdout


def test_hand_out_and_named_deck_are_known_too(project: Path) -> None:
    write_pdf(project / "dist/talk/talk-4-up.pdf")
    write_pdf(project / "elsewhere.pdf")
    assert untagged(run("check", "--pdf", "dist/talk/talk-4-up.pdf", "--json"))["line"] == 6
    assert untagged(run("check", "--pdf", "elsewhere.pdf", "--json"))["line"] is None
    assert untagged(run("check", "--pdf", "elsewhere.pdf", "decks/talk.md", "--json"))["line"] == 6


def test_file_of_another_program_is_checked_by_page_alone(project: Path) -> None:
    write_pdf(project / "other.pdf", producer="Another 1")
    assert untagged(run("check", "--pdf", "other.pdf", "decks/talk.md", "--json"))["slide"] is None


def test_file_that_is_no_pdf_is_an_error(project: Path) -> None:
    result = run("check", "--pdf", "decks/talk.md")
    assert result.exit_code == 1
    assert "is no PDF that can be read" in result.stderr


def test_only_one_deck_and_no_repairs_go_with_a_pdf(project: Path) -> None:
    assert run("check", "--pdf", "dist/talk/talk.pdf", "--fix").exit_code == 2
    assert run("check", "--pdf", "dist/talk/talk.pdf", "decks/talk.md", "decks/talk.md").exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_findings_of_verapdf_are_reported_with_their_slides(project: Path) -> None:
    report = REPORT.format("false")
    asked = '[ "$1 $2 $3 $4" = "--flavour ua1 --format xml" ] || exit 9'
    install_verapdf(project, f"{asked}\n/bin/cat <<'END'\n{report}END\nexit 1")
    result = run("check", "--pdf", "dist/talk/talk.pdf")
    assert "“Two”: veraPDF: Content is neither marked as Artifact nor tagged (ISO 14289-1, 7.1-3)" in result.stderr
    assert "; veraPDF: broken" in result.stdout
    data = json.loads(run("check", "--pdf", "dist/talk/talk.pdf", "--json").stdout)
    assert data["decks"][0]["verapdf"] is False


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo no memory >&2; exit 3", "no memory"),
        ("echo '<report/>'", "its report holds no validation"),
        ("echo '<report><exceptionMessage>not a PDF</exceptionMessage></report>'", "not a PDF"),
    ],
)
def test_verapdf_without_a_verdict_is_a_warning(project: Path, script: str, said: str) -> None:
    install_verapdf(project, script)
    result = run("check", "--pdf", "dist/talk/talk.pdf")
    assert f"veraPDF gave no verdict on talk.pdf: {said} [verapdf-failed]" in result.stderr
