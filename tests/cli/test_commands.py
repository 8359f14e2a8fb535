"""The commands as a user runs them: outputs, what is said, exit codes."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import COMMANDS, SUMMARIES, main
from slidebuild.cli.cycles import ROOM


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin, catch_exceptions=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n")
    (tmp_path / "decks" / "talk.md").write_text("# Hello\n\n![x](gone.png)\n---\n# Bye\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_html_writes_the_page_and_says_so(project: Path) -> None:
    result = run("html", "decks/talk.md")
    assert result.exit_code == 0
    page = (project / "dist/talk/index.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "index.html  (2 slides)" in result.stdout
    assert "decks/talk.md:3:6: warning: there is no picture gone.png [missing-image]" in result.stderr
    assert "1 warning" in result.stderr


def test_strict_turns_warnings_into_exit_code_1_but_still_builds(project: Path) -> None:
    assert run("html", "decks/talk.md", "--strict").exit_code == 1
    assert (project / "dist/talk/index.html").exists()


def test_json_tells_outputs_and_diagnostics(project: Path) -> None:
    data = json.loads(run("html", "--json").stdout)
    assert data["ok"] is True
    assert data["decks"] == [{"deck": "decks/talk.md", "outputs": [str(project / "dist/talk/index.html")], "slides": 2}]
    (found,) = data["diagnostics"]
    assert (found["code"], found["path"], found["line"], found["column"]) == ("missing-image", "decks/talk.md", 3, 6)


def test_without_a_deck_all_of_the_project_are_built(project: Path) -> None:
    (project / "decks/b.md").write_text("# B")
    assert run("html").exit_code == 0
    assert (project / "dist/talk/index.html").exists()
    assert (project / "dist/b/index.html").exists()


def test_one_file_to_hand_out(project: Path) -> None:
    (project / "decks/gone.png").write_bytes(b"not gone")
    assert run("html", "decks/talk.md", "--assets", "inline", "-o", "out.html").exit_code == 0
    assert sorted(p.name for p in project.iterdir() if p.name[0] != ".") == ["decks", "out.html", "slidebuild.yml"]
    assert "data:image/png;base64," in (project / "out.html").read_text()


def test_a_deck_from_standard_input(project: Path) -> None:
    result = run("html", "-", "-o", "out.html", stdin="# From a pipe\n\n![](decks/none.png)")
    assert result.exit_code == 0
    assert "From a pipe" in (project / "out.html").read_text()
    assert "-:3:5: warning" in result.stderr


def test_settings_of_config_go_over_those_of_the_deck(project: Path) -> None:
    (project / "options.json").write_text('{"ratio": "16:9", "slideNumberFormat": "%current%!"}')
    assert run("html", "decks/talk.md", "--config", "options.json").exit_code == 0
    page = (project / "dist/talk/index.html").read_text()
    assert 'data-sb-ratio="16:9"' in page
    assert '<div class="remark-slide-number">1!</div>' in page


BROKEN = {
    "settings": (b"---\ntitle: a: b\n---\n# x", "bad-settings"),
    "binary": (b"\x89PNG\r\n\0\0\0", "binary-file"),
    "template cycle": (b"name: a\ntemplate: b\n---\nname: b\ntemplate: a\n", "template-cycle"),
    "include cycle": (b"include: talk.md\n", "include-cycle"),
    "missing include": (b"include: none.md\n", "missing-include"),
}


@pytest.mark.parametrize(("data", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_an_error_writes_nothing_and_leaves_the_last_good_page(project: Path, data: bytes, code: str) -> None:
    run("html", "decks/talk.md")
    before = (project / "dist/talk/index.html").read_bytes()
    (project / "decks/talk.md").write_bytes(data)
    result = run("html", "decks/talk.md")
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert "Traceback" not in result.output
    assert (project / "dist/talk/index.html").read_bytes() == before


ODD = {
    "empty file": b"",
    "one long line": b"word " * 200_000,
    "nested brackets": b".a[" * 5000 + b"]" * 5000,
    "nested elements": b"<div>" * 5000,
    "nested quotes": b">" * 5000 + b"x",
    "unclosed class": b".red[open",
    "unknown template": b"template: none\nx",
    "only excluded": b"exclude: true\nx",
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
def test_odd_decks_are_built_with_a_warning(project: Path, data: bytes) -> None:
    (project / "decks/talk.md").write_bytes(data)
    result = run("html", "decks/talk.md")
    assert result.exit_code == 0
    assert (project / "dist/talk/index.html").exists()


def test_a_deck_that_is_not_there_is_an_error_with_the_nearest_name(project: Path) -> None:
    result = run("html", "decks/tlak.md")
    assert result.exit_code == 1
    assert "decks/tlak.md: error: cannot be read: No such file or directory [unreadable-file]" in result.stderr
    assert "did you mean decks/talk.md?" in result.stderr


def test_an_output_that_cannot_be_written_is_an_error(project: Path) -> None:
    (project / "dist").write_text("a file in the way")
    result = run("html", "decks/talk.md")
    assert result.exit_code == 1
    assert "[unwritable-output]" in result.stderr


def test_decks_that_would_write_the_same_page_are_refused(project: Path) -> None:
    (project / "talk.md").write_text("# other")
    result = run("html", "decks/talk.md", "talk.md")
    assert result.exit_code == 1
    assert "[output-clash]" in result.stderr
    assert not (project / "dist").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["html", "decks"],
        ["html", "-", "-"],
        ["html", "decks/talk.md", "decks/b.md", "-o", "x.html"],
        ["html", "--assets", "some"],
        ["htlm"],
        ["html", "decks/talk.md", "--root", "/usr"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(project: Path, arguments: list[str]) -> None:
    (project / "decks/b.md").write_text("# B")
    assert run(*arguments).exit_code == 2


def test_a_mistyped_command_gets_a_hint() -> None:
    assert "Did you mean 'html'?" in run("htlm").stderr


def test_check_writes_nothing(project: Path) -> None:
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "[missing-image]" in result.stderr
    assert not (project / "dist").exists()


def test_check_is_content_with_a_good_deck(project: Path) -> None:
    (project / "decks/talk.md").write_text("# Good")
    result = run("check")
    assert result.exit_code == 0
    assert "nothing to complain about" in result.stdout


def test_check_repairs_mojibake_and_nothing_else(project: Path) -> None:
    good = "# École d'été\r\n\r\n.red[x]  \r\n"
    (project / "decks/talk.md").write_bytes(good.encode().decode("mac_roman").encode())
    assert "[mojibake]" in run("check").stderr
    assert "1 repair made" in run("check", "--fix").stdout
    assert (project / "decks/talk.md").read_bytes() == good.encode()


def test_every_command_has_a_summary_and_examples() -> None:
    assert COMMANDS.keys() == SUMMARIES.keys()
    for command in COMMANDS:
        text = run(command, "--help").stdout
        assert "Examples:" in text
        assert f"slidebuild {command}" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    assert "_SLIDEBUILD_COMPLETE" in run("completion", shell).stdout


def test_what_was_said_and_what_was_asked_for_the_end_are_done_before_the_process_ends_at_once() -> None:
    code = (
        "import atexit, sys\natexit.register(print, 'last')\nsys.argv[1:] = ['--version']\n"
        "from slidebuild.__main__ import run\nrun()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("slidebuild, version")
    assert done.stdout.endswith("last\n")


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    code = (
        "import sys\nfrom slidebuild.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=cwd)
    return set(done.stdout.split())


def test_the_version_is_told_without_loading_the_compiler(project: Path) -> None:
    assert not loaded_by("--version", cwd=project) & {"slidebuild.compiler", "jinja2", "yaml", "playwright"}


def test_html_never_loads_playwright_nor_what_the_deck_does_not_need(project: Path) -> None:
    heavy = {"playwright", "pikepdf", "math_core", "pygments.lexers", "starlette", "ftfy", "segno", "PIL"}
    assert not loaded_by("html", "decks/talk.md", "-q", cwd=project) & heavy


@pytest.mark.parametrize("command", ["html", pytest.param("pdf", marks=pytest.mark.browser)])
def test_an_edited_deck_loads_little(project: Path, command: str) -> None:
    deck = project / "decks/talk.md"
    loaded_by(command, "decks/talk.md", "-q", cwd=project)
    deck.write_text(deck.read_text().replace("Bye", "Bye, R&D"))
    seldom = {"email", "fontTools", "http.server", "importlib.resources", "lxml", "PIL", "playwright", "ssl"}
    if command == "html":
        seldom |= {"fractions", "jinja2", "pikepdf", "shutil"}
    assert loaded_by(command, "decks/talk.md", "-q", cwd=project) & seldom == set()


def test_cycles_are_seldom_looked_for_while_the_program_is_loaded() -> None:
    code = "import gc, slidebuild.cli; print(gc.get_threshold()[0], 'click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(ROOM), "True"]


def test_cycles_are_not_looked_for_as_the_process_ends(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_end: list[object] = []
    monkeypatch.setattr("atexit.register", at_the_end.append)
    run("html", "decks/talk.md")
    assert at_the_end == [gc.freeze]


def test_many_diagnostics_of_a_kind_are_cut_short(project: Path) -> None:
    (project / "decks/talk.md").write_text("".join(f"![](gone{number}.png)\n" for number in range(30)))
    result = run("html", "decks/talk.md")
    assert result.stderr.count("[missing-image]") == 20
    assert "… and 10 more missing-image (-v shows all)" in result.stderr
    assert "30 warnings" in result.stderr
    assert run("html", "decks/talk.md", "-v").stderr.count("[missing-image]") == 30
