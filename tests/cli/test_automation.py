"""`slidebuild init --ci` and `--container`: what they write is understood, and calls commands that there are."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from slidebuild.cli import COMMANDS, main
from slidebuild.project.automation import HOSTS, container_files, workflow_files

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_new_folder_gets_both_talks_and_workflow(here: Path) -> None:
    assert run("init", "talks", "--ci", "github", "--container").exit_code == 0
    assert {"slidebuild.yml", "decks/welcome.md", ".github/workflows/slides.yml", "Dockerfile"} <= files(here / "talks")


@pytest.mark.parametrize("begun", ["slidebuild.yml", "decks/talk.md"])
@pytest.mark.parametrize("host", HOSTS)
def test_folder_of_talks_gets_the_workflow_and_nothing_else(here: Path, host: str, begun: str) -> None:
    (here / begun).parent.mkdir(exist_ok=True)
    (here / begun).write_text("")
    result = run("init", "--ci", host)
    (written,) = files(here) - {begun}
    assert result.stdout == f"{written}\n"
    again = run("init", "--ci", host)
    assert (again.exit_code, "[would-overwrite]" in again.stderr) == (1, True)


def commands(text: str) -> Iterator[list[str]]:
    """Words of each call of slidebuild."""
    for line in text.splitlines():
        found = re.search(r"(?:^|[\s;])(slidebuild (?!-)[a-z]+.*)", line)
        if found and not line.lstrip().startswith("#"):
            yield shlex.split(found[1].partition(">")[0])


def assert_is_known(words: list[str]) -> None:
    module, _, name = COMMANDS[words[1]].partition(":")
    command = getattr(importlib.import_module(module), name)
    assert isinstance(command, click.Command)
    with click.Context(command) as context:
        parser = command.make_parser(context)
        parser.ignore_unknown_options = False
        parser.parse_args([word for word in words[2:] if not word.startswith("$")])


@pytest.mark.parametrize("host", HOSTS)
def test_workflow_checks_builds_and_publishes_with_commands_that_there_are(host: str) -> None:
    (text,) = (data.decode() for data in workflow_files(host).values())  # type: ignore[arg-type]
    yaml.safe_load(text)
    calls = list(commands(text))
    assert [words[1] for words in calls] == ["doctor", "check", "build"]
    for words in calls:
        assert_is_known(words)


def test_an_option_that_does_not_exist_would_be_noticed() -> None:
    with pytest.raises(click.UsageError):
        assert_is_known(["slidebuild", "check", "--rendr"])


def test_container_runs_a_command_that_there_is() -> None:
    text = container_files()["Dockerfile"].decode()
    assert re.search(r'^ENTRYPOINT \["slidebuild"\]\nCMD \["build"\]$', text, re.MULTILINE)
    assert "build" in COMMANDS


@pytest.mark.skipif(not (ROOT / "decks").is_dir(), reason="the source distribution has only what the package needs")
def test_hooks_call_commands_that_there_are_for_decks_only() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["slidebuild-check", "slidebuild-fix"]
    for hook in hooks:
        assert_is_known(shlex.split(hook["entry"]))
        chosen = [
            path
            for path in ("decks/a.md", "decks/2026/b.md", "decks/_part.md", "decks/a.css", "README.md")
            if re.search(hook["files"], path) and not re.search(hook["exclude"], path)
        ]
        assert chosen == ["decks/a.md", "decks/2026/b.md"]
