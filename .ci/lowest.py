"""Prints pip constraints that pin each requirement of pyproject.toml to the oldest version it allows."""

import re
import sys
import tomllib
from pathlib import Path

REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?>=([\w.]+)")


def main() -> None:
    """Read pyproject.toml of the current folder; requirements without a lower bound stay free."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    for requirement in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        if found := REQUIREMENT.match(requirement):
            sys.stdout.write(f"{found[1]}=={found[2]}\n")


if __name__ == "__main__":
    main()
