"""What `slidebuild init` writes for code hosts and containers is well made, as actionlint and hadolint look at it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from slidebuild.project.automation import HOSTS, Host, container_files, workflow_files

FORGES: tuple[Host, ...] = ("github", "forgejo")
CONTEXTS = frozenset(("github", "steps", "env", "runner", "secrets", "format"))


class Strict(yaml.SafeLoader):
    """YAML in which no key stands twice."""


def _mapping(loader: Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    assert len(keys) == len(set(keys)), keys
    return loader.construct_mapping(node)


Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def text_of(host: Host) -> str:
    (data,) = workflow_files(host).values()
    return data.decode()


def read(host: Host) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.load(text_of(host), Strict)
    return found


def scripts(value: Any) -> Iterator[str]:
    """What shells run."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("run", "script", "before_script"):
                yield inner if isinstance(inner, str) else "\n".join(inner)
            else:
                yield from scripts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scripts(inner)


def assert_is_shell(script: str) -> None:
    done = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_scripts_of_a_workflow_are_shell(host: Host) -> None:
    found = list(scripts(read(host)))
    assert len(found) >= 3
    for script in found:
        assert_is_shell(script)


@pytest.mark.parametrize("host", FORGES)
def test_steps_do_one_thing_and_actions_have_a_version(host: Host) -> None:
    jobs = read(host)["jobs"]
    for job in jobs.values():
        assert job["timeout-minutes"] <= 60
        assert {job.get("needs", "build")} <= set(jobs)
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), step
            assert "uses" not in step or re.fullmatch(r"[\w./:-]+@v\d+", step["uses"])
            assert "${{" not in step.get("run", ""), "what others choose reaches a shell by its environment only"


@pytest.mark.parametrize("host", FORGES)
def test_expressions_speak_of_what_there_is(host: Host) -> None:
    text = text_of(host)
    ids = set(re.findall(r"^\s*- id: (\w+)$", text, re.MULTILINE))
    expressions = re.findall(r"\$\{\{(.*?)\}\}", text)
    assert expressions
    for expression in expressions:
        bare = re.sub(r"'[^']*'", "", expression)
        assert set(re.findall(r"(?<![\w.])([a-z]\w*)", bare)) <= CONTEXTS, expression
        assert set(re.findall(r"steps\.(\w+)", bare)) <= ids
    assert text.count("${{") == text.count("}}") == len(expressions)


def test_only_the_job_that_publishes_may_write() -> None:
    workflow = read("github")
    assert workflow["permissions"] == {"contents": "read"}
    asked = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert asked == {"deploy": {"pages": "write", "id-token": "write"}}
    assert "pull_request_target" not in text_of("github")


def test_jobs_of_gitlab_belong_to_stages_and_publish_what_was_built() -> None:
    pipeline = read("gitlab")
    jobs = {name: job for name, job in pipeline.items() if isinstance(job, dict) and "script" in job}
    assert {job["stage"] for job in jobs.values()} == set(pipeline["stages"])
    assert {need for job in jobs.values() for need in job.get("needs", ())} <= set(jobs)
    assert jobs["build"]["artifacts"]["paths"] == jobs["pages"]["artifacts"]["paths"] == ["public"]
    report = jobs["check"]["artifacts"]["reports"]["codequality"]
    assert any(line.endswith(f"> {report}") for line in jobs["check"]["script"])


def instructions() -> list[tuple[str, str]]:
    """Of the container file: comments left out, lines joined."""
    text = re.sub(r"^\s*#.*\n", "", container_files()["Dockerfile"].decode(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, " ".join(rest.split())) for line in lines if line for name, _, rest in (line.partition(" "),)]


def test_container_is_made_of_known_instructions_in_order() -> None:
    names = [name for name, _ in instructions()]
    assert names == ["FROM", "RUN", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]
    found = dict(instructions())
    assert re.fullmatch(r"docker\.io/library/python:\d\.\d+-slim-\w+", found["FROM"])
    assert found["USER"].partition(":")[0] not in ("root", "0")
    assert found["WORKDIR"].startswith("/")
    assert json.loads(found["ENTRYPOINT"]) == ["slidebuild"]


def test_container_keeps_no_lists_and_no_caches() -> None:
    apt, pip = (rest for name, rest in instructions() if name == "RUN")
    for script in (apt, pip):
        assert_is_shell(script)
    steps = apt.split(" && ")
    assert steps[0] == "apt-get update"
    assert steps[1].startswith("apt-get install -y --no-install-recommends ")
    assert steps[-1] == "rm -rf /var/lib/apt/lists/*"
    assert "--no-cache-dir" in pip
