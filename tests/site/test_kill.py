"""A build that is killed at any moment leaves old or new outputs, and a cache that serves nothing wrong."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sites import Talks

KILLS = 50


def variant(talks: Talks, number: int) -> None:
    """Change something on every deck."""
    for path in ("decks/one.md", "decks/two.md", "decks/2025/three.md"):
        file = talks.root / path
        head = file.read_text(encoding="utf-8").partition("\n<!-- variant")[0]
        file.write_text(f"{head}\n<!-- variant -->\n\nVariant {number}\n", encoding="utf-8")


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "slidebuild", "build", "--quiet", "--jobs", "2", *options]


def without_assets(files: dict[str, bytes]) -> dict[str, bytes]:
    """Outputs whose names don't tell their content."""
    return {path: data for path, data in files.items() if "/assets/" not in path}


@pytest.mark.long
@pytest.mark.parametrize("options", [("--no-pdf",), ()], ids=["pages", "PDFs"])
def test_outputs_are_old_or_new_whenever_a_build_is_killed(tmp_path: Path, options: tuple[str, ...]) -> None:
    source = random.Random(1)
    talks = Talks.make(tmp_path / "talks")
    fresh: list[dict[str, bytes]] = []
    for number in (0, 1):  # what either variant comes out as
        variant(talks, number)
        subprocess.run(command("--no-cache", *options), cwd=talks.root, check=True)
        fresh.append(without_assets(talks.files))
    start = time.monotonic()
    variant(talks, 0)
    subprocess.run(command(*options), cwd=talks.root, check=True)
    usual = time.monotonic() - start
    for number in range(KILLS if options else KILLS // 5):
        variant(talks, (number + 1) % 2)
        build = subprocess.Popen(command(*options), cwd=talks.root, start_new_session=True)
        time.sleep(source.uniform(0, usual))
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        for path, data in without_assets(talks.files).items():
            is_temporary = Path(path).name.startswith(".")
            assert is_temporary or data in (fresh[0].get(path), fresh[1].get(path)), path
    variant(talks, 0)
    subprocess.run(command(*options), cwd=talks.root, check=True)
    left = {path: data for path, data in without_assets(talks.files).items() if not Path(path).name.startswith(".")}
    assert left == fresh[0]


@pytest.mark.long
def test_a_damaged_cache_serves_nothing_wrong(tmp_path: Path) -> None:
    source = random.Random(2)
    talks = Talks.make(tmp_path / "talks")
    talks.build()
    good = talks.files
    for _ in range(KILLS):
        for file in (talks.root / ".slidebuild/cache").rglob("*"):
            if not file.is_file() or source.random() < 0.5:
                continue
            data = bytearray(file.read_bytes())
            match source.randrange(4):
                case 0:
                    file.unlink()
                case 1:
                    file.write_bytes(data[: source.randrange(len(data) + 1)])
                case 2 if data:
                    data[source.randrange(len(data))] ^= 1 << source.randrange(8)
                    file.write_bytes(data)
                case _:
                    file.write_bytes(b"")
        variant(talks, 1)
        talks.build()
        for path in ("decks/one.md", "decks/two.md", "decks/2025/three.md"):
            file = talks.root / path
            file.write_text(file.read_text(encoding="utf-8").partition("\n<!-- variant")[0], encoding="utf-8")
        talks.build()
        assert talks.files == good
