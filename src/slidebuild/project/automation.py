"""Files by which other programs check and build a folder of talks: workflows of code hosts, a container."""

from __future__ import annotations

from importlib import resources
from typing import Final, Literal, TypeAlias, get_args

Host: TypeAlias = Literal["github", "gitlab", "forgejo"]
HOSTS: Final[tuple[Host, ...]] = get_args(Host)

_WORKFLOWS: Final[dict[Host, str]] = {
    "github": ".github/workflows/slides.yml",
    "gitlab": ".gitlab-ci.yml",
    "forgejo": ".forgejo/workflows/slides.yml",
}
"""Where each host looks for it."""


def workflow_files(host: Host) -> dict[str, bytes]:
    """A workflow that checks all decks, builds the site and publishes it."""
    return {_WORKFLOWS[host]: _scaffold(f"{host}.yml")}


def container_files() -> dict[str, bytes]:
    """A container with slidebuild, a browser, fonts and a dictionary."""
    return {"Dockerfile": _scaffold("Dockerfile")}


def _scaffold(name: str) -> bytes:
    return (resources.files("slidebuild") / "scaffolds" / "ci" / name).read_bytes()
