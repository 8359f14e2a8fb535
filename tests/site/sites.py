"""A small project with some decks, and ways to build it."""

from __future__ import annotations

import json
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from slidebuild.cli import main

DECKS = {
    "decks/one.md": """---
title: Light
date: 2026-02-01
keywords: [optics, waves]
description: What light does
---
name: start
# Light
![prism](../img/prism.svg)
--
refraction
---
## Prism
See [sound](../two/index.html#echo).
???
Say it.
""",
    "decks/two.md": """---
title: Sound & noise
date: 2026-01-01
---
# Sound
---
name: echo
## Echo
resonance $x^2$
""",
    "decks/2025/three.md": "# Untitled\n[home](../../one/) and [gone](../../four/index.html)\n",
}
PRISM = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 3 2 0l2 3z"/></svg>'


@dataclass(frozen=True)
class Talks:
    """A project on disk."""

    root: Path

    @staticmethod
    def make(root: Path, settings: str = "site: {title: Talks, url: 'https://talks.example.org/'}\n") -> Talks:
        for path, text in {**DECKS, "img/prism.svg": PRISM, "slidebuild.yml": settings}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return Talks(root)

    def run(self, command: str, *options: str, code: int = 0, **environment: str) -> dict[str, Any]:
        """What a command prints with `--json`."""
        with chdir(self.root):
            done = CliRunner().invoke(main, [command, "--json", *options], env=environment)
        assert done.exit_code == code, done.output
        found: dict[str, Any] = {} if code == 2 else json.loads(done.stdout)
        return found

    def build(self, *options: str, code: int = 0, pdf: bool = False, **environment: str) -> dict[str, Any]:
        return self.run("build", *(() if pdf else ("--no-pdf",)), "--jobs", "1", *options, code=code, **environment)

    def states(self, *options: str) -> dict[str, str]:
        """What became of each deck."""
        return {deck["deck"]: deck["state"] for deck in self.build(*options)["decks"]}

    def output(self, path: str) -> str:
        return (self.root / "dist" / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.output("manifest.json"))
        return found

    @property
    def files(self) -> dict[str, bytes]:
        """All outputs."""
        base = self.root / "dist"
        return {file.relative_to(base).as_posix(): file.read_bytes() for file in base.rglob("*") if file.is_file()}
