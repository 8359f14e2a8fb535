"""`--untrusted REV`: a fork that changes everything it can still runs nothing and writes nothing beyond the folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from slidebuild.cli import main
from slidebuild.project.cache import FolderCache

MACROS = "def who(call):\n    return 'macro of the base'\n"
EVIL = """import pathlib
pathlib.Path(__file__).with_name('PWNED').touch()
def who(call):
    return 'macro of the fork'
"""
THEME = "name: own\nparent: remark\nregions: [mark]\ncss: [own.css]\n"
MARK = "mark of the base"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
DECK = "# One\n![:who]\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "init.defaultBranch=main")
    run = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of a fork of a project whose branch `main` is its own; the current folder."""
    root = tmp_path / "checkout"
    root.mkdir()
    git(root, "init", "-q")
    write(
        root,
        {
            "slidebuild.yml": "theme: own\nmacros: talkmacros\n",
            "talkmacros.py": MACROS,
            "themes/own/theme.yml": THEME,
            "themes/own/own.css": "p { color: green }",
            "themes/own/templates/regions/mark.html.j2": MARK,
            "decks/talk.md": DECK,
        },
    )
    git(root, "add", ".")
    git(root, "commit", "-qm", "base")
    git(root, "switch", "-qc", "fork")
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry not in ("", str(Path.cwd()))])
    monkeypatch.delitem(sys.modules, "talkmacros", raising=False)
    return root


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def page(fork: Path, name: str = "talk") -> str:
    return (fork / "dist" / name / "index.html").read_text(encoding="utf-8")


def plant(fork: Path) -> None:
    """All that a fork can change of the trusted files."""
    write(
        fork,
        {
            "slidebuild.yml": "theme: evil\nmacros: [talkmacros, more]\npdf: {javascript: true}\ndecks: /**/*.md\n",
            "talkmacros.py": EVIL,
            "more.py": EVIL,
            "sitecustomize.py": EVIL,
            "themes/own/theme.yml": THEME + "layered: false\n",
            "themes/own/own.css": "p { color: red }",
            "themes/own/templates/regions/mark.html.j2": "mark of the fork",
            "themes/evil/theme.yml": "name: evil\nparent: default\n",
            "decks/slidebuild.yml": "macros: more\n",
            "decks/more.py": EVIL,
            "decks/more.md": "---\ntheme: evil\n---\n# Two\n",
        },
    )


def test_settings_themes_and_macros_are_those_of_the_revision(fork: Path) -> None:
    plant(fork)
    result = run("html", "decks/talk.md", "--untrusted", "main")
    assert result.exit_code == 0, result.output
    html = page(fork)
    assert "macro of the base" in html
    assert MARK in html
    assert "color: green" in html
    assert "of the fork" not in html
    assert "color: red" not in html
    assert list(fork.rglob("PWNED")) == []


def test_the_same_fork_without_the_option_runs_its_code(fork: Path) -> None:
    plant(fork)
    run("html", "decks/talk.md", "--root", str(fork))
    assert len(list(fork.rglob("PWNED"))) == 1


def test_theme_of_the_fork_is_not_there(fork: Path) -> None:
    plant(fork)
    result = run("check", "decks/more.md", "--untrusted", "main")
    assert "there is no theme `evil`" in result.stderr


def test_decks_and_what_they_show_are_those_of_the_fork(fork: Path) -> None:
    write(fork, {"decks/talk.md": "# Changed\n![:include python](new.py)\n", "decks/new.py": "answer = 42\n"})
    assert run("html", "--untrusted", "main").exit_code == 0
    assert "Changed" in page(fork)
    assert "42" in page(fork)


def test_a_repository_in_a_folder_of_the_fork_is_not_asked(fork: Path) -> None:
    hook = fork / "hook"
    write(fork, {"hook": "#!/bin/sh\ntouch PWNED\n"})
    hook.chmod(0o755)
    inner = fork / "decks" / "inner"
    git(fork, "clone", "-q", "--bare", str(fork), str(inner))
    git(inner, "config", "core.fsmonitor", str(hook))
    git(fork, "init", "-q", str(fork / "decks" / "sub"))
    write(fork, {"decks/sub/slidebuild.yml": "macros: evil\n", "decks/sub/evil.py": EVIL, "decks/sub/d.md": DECK})
    assert run("html", "decks/sub/d.md", "--untrusted", "main").exit_code == 0
    assert "macro of the base" in page(fork, "sub/d")
    assert list(fork.rglob("PWNED")) == []


def test_neither_filters_nor_monitors_nor_the_environment_are_obeyed(
    fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(fork, {".gitattributes": "* filter=evil diff=evil\n", "touch.sh": "#!/bin/sh\ntouch PWNED\ncat\n"})
    (fork / "touch.sh").chmod(0o755)
    for key in ("filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "core.fsmonitor", "core.pager"):
        git(fork, "config", key, str(fork / "touch.sh"))
    monkeypatch.setenv("GIT_DIR", str(fork / "nowhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(fork / "touch.sh"))
    assert run("html", "--untrusted", "main").exit_code == 0
    assert "macro of the base" in page(fork)
    assert list(fork.rglob("PWNED")) == []


def test_symlinks_and_submodules_of_the_revision_are_not_read(fork: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside.css": "p { color: blue }"})
    (fork / "themes/own/own.css").unlink()
    (fork / "themes/own/own.css").symlink_to(tmp_path / "outside.css")
    git(fork, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},themes/sub")
    git(fork, "add", "themes/own")
    git(fork, "commit", "-qm", "links")
    result = run("html", "--untrusted", "fork")
    assert "there is no stylesheet" in result.stderr or "the stylesheet own.css does not exist" in result.stderr
    assert "color: blue" not in page(fork)


def test_the_cache_in_the_root_is_neither_read_nor_written(fork: Path, tmp_path: Path) -> None:
    write(fork, {"slidebuild.yml": "theme: remark\n", "decks/talk.md": "# One\n"})
    git(fork, "commit", "-qam", "no macros: such pages are kept")
    assert run("html").exit_code == 0
    assert FolderCache(fork / ".slidebuild" / "cache").usage().entries
    for file in (fork / ".slidebuild/cache").rglob("*"):
        if file.is_file() and len(file.parent.name) == 2:
            file.write_bytes(b"planted")
    result = run("html", "--untrusted", "fork", "-v")
    assert "comes from the cache" not in result.stderr
    assert {file.read_bytes() for file in (fork / ".slidebuild/cache").glob("??/*")} == {b"planted"}
    assert run("html", "--untrusted", "fork", "--cache-dir", ".slidebuild/cache").exit_code == 0
    assert {file.read_bytes() for file in (fork / ".slidebuild/cache").glob("??/*")} == {b"planted"}
    assert run("html", "--untrusted", "fork", "--cache-dir", str(tmp_path / "own")).exit_code == 0
    assert (tmp_path / "own").is_dir()


@pytest.mark.parametrize("planted", ["dist", "dist/talk", "dist/talk/assets", "dist/talk/index.html"])
def test_nothing_is_written_through_a_planted_link(fork: Path, tmp_path: Path, planted: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere, {"index.html": "precious", "kept.12345678.css": "precious"})
    link = fork / planted
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere / "index.html" if planted.endswith(".html") else elsewhere)
    result = run("html", "--untrusted", "main")
    assert result.exit_code == 1
    assert "unwritable-output" in result.stderr
    assert sorted(file.name for file in elsewhere.iterdir()) == ["index.html", "kept.12345678.css"]
    assert (elsewhere / "index.html").read_text(encoding="utf-8") == "precious"


def test_a_folder_outside_the_checkout_can_be_written(fork: Path, tmp_path: Path) -> None:
    assert run("html", "--untrusted", "main", "-o", str(tmp_path / "public")).exit_code == 0
    assert (tmp_path / "public/talk/index.html").is_file()


def test_decks_read_neither_hidden_files_nor_git_nor_what_links_lead_to(fork: Path, tmp_path: Path) -> None:
    write(fork, {".env": "TOKEN=secret", "sub/.npmrc": "token=secret", "decks/.git-credentials": "secret"})
    git(fork, "config", "http.extraheader", "secret")
    write(tmp_path, {"out.md": "secret"})
    (fork / "decks/link.md").symlink_to(tmp_path / "out.md")
    (fork / "decks/folder").symlink_to(tmp_path)
    (fork / "decks/config.md").symlink_to(fork / ".git/config")
    calls = ["/.env", "../.git/config", "../.GIT/config", "/sub/.npmrc", ".git-credentials", "link.md", "folder/out.md"]
    text = "".join(f"![:include python]({name})\n\n---\ninclude: {name}\n\n---\n" for name in calls)
    write(fork, {"decks/talk.md": text})
    result = run("html", "--untrusted", "main", "--json")
    assert result.exit_code == 1
    assert {item["code"] for item in json.loads(result.stdout)["diagnostics"]} >= {"missing-include", "unreadable-file"}
    assert all("secret" not in file.read_text(encoding="utf-8") for file in fork.glob("dist/**/*.html"))
    assert "secret" not in result.output


def test_scripts_and_patterns_of_a_fork_are_off(fork: Path) -> None:
    write(
        fork,
        {"decks/talk.md": f"---\nhighlightSpans: '((a+)+)b'\npdf: {{javascript: true}}\n---\n```\n{'a' * 60}\n```\n"},
    )
    result = run("check", "--untrusted", "main")
    assert result.exit_code == 1
    assert result.stderr.count("[forbidden-setting]") == 2


def test_engine_for_formulas_of_a_fork_is_not_loaded(fork: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    write(fork, {"decks/talk.md": "$x$", "vendor/katex/katex.min.js": "evil"})
    settings = tmp_path_factory.mktemp("trusted") / "settings.yml"
    settings.write_text("math: katex", encoding="utf-8")
    assert run("html", "--config", str(settings)).exit_code == 0
    assert "katex" in page(fork)
    assert run("html", "--config", str(settings), "--untrusted", "main").exit_code == 0
    assert "katex" not in page(fork)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--untrusted", "nowhere"], "there is no revision nowhere"),
        (["--untrusted", "--help"], "there is no revision --help"),
        (["--untrusted", "main:decks"], "there is no revision main:decks"),
        (["--untrusted", "main", "--config", "slidebuild.yml"], "lies in the work tree"),
    ],
)
def test_wrong_usage_is_told(fork: Path, arguments: list[str], said: str) -> None:
    assert (fork / "slidebuild.yml").is_file()
    result = run("html", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_modules_in_the_work_tree_are_refused(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(fork)])
    result = run("html", "--untrusted", "main")
    assert result.exit_code == 2
    assert "is not trusted" in result.stderr


def test_git_of_the_work_tree_is_refused(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(fork, {"bin/git": "#!/bin/sh\ntouch PWNED\n"})
    (fork / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{fork / 'bin'}{os.pathsep}{os.environ['PATH']}")
    result = run("html", "--untrusted", "main")
    assert result.exit_code == 2
    assert "is a file of the work tree" in result.stderr
    assert not (fork / "PWNED").exists()


def test_outside_a_repository_there_is_nothing_to_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"decks/talk.md": DECK})
    monkeypatch.chdir(tmp_path)
    result = run("html", "--untrusted", "main")
    assert result.exit_code == 2
    assert "is in no Git repository" in result.stderr


def test_a_project_below_the_top_of_the_repository(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = "title: of the base\ntheme: remark\n"
    write(fork, {"talks/slidebuild.yml": settings, "talks/decks/a.md": "A", "talks/deep/x": ""})
    git(fork, "add", "talks")
    git(fork, "commit", "-qm", "talks")
    write(fork, {"talks/slidebuild.yml": "title: of the fork\n", "talks/deep/slidebuild.yml": "title: of the fork\n"})
    monkeypatch.chdir(fork / "talks" / "deep")
    assert run("html", "--untrusted", "fork").exit_code == 0
    html = (fork / "talks/dist/a/index.html").read_text(encoding="utf-8")
    assert "<title>of the base</title>" in html


def test_repairs_are_not_made_in_a_fork(fork: Path) -> None:
    assert fork.is_dir()
    assert run("check", "--untrusted", "main", "--fix").exit_code == 2


@pytest.mark.browser
def test_pdf_and_pictures_of_a_fork_use_what_is_trusted(fork: Path) -> None:
    plant(fork)
    write(fork, {"slidebuild.yml": "theme: evil\nmacros: more\npdf: {javascript: true}\n"})
    write(fork, {"decks/talk.md": DECK + "<img src='x.svg' onload='document.body.remove()'>", "decks/x.svg": SVG})
    for command in ("pdf", "png"):
        result = run(command, "decks/talk.md", "--untrusted", "main")
        assert result.exit_code == 0, result.output
    with pypdfium2.PdfDocument(fork / "dist/talk/talk.pdf") as pdf:
        assert "macro of the base" in pdf[0].get_textpage().get_text_range()
    assert (fork / "dist/talk/png/001.png").is_file()
    assert list(fork.rglob("PWNED")) == []
    assert not (fork / ".slidebuild").exists()
    (fork / "dist/talk/talk.pdf").unlink()
    (fork / "dist/talk/talk.pdf").symlink_to(fork / "decks/talk.md")
    result = run("pdf", "decks/talk.md", "--untrusted", "main")
    assert result.exit_code == 1
    assert "unwritable-output" in result.stderr
    assert (fork / "decks/talk.md").read_text(encoding="utf-8").startswith("# One")
