"""What is installed, without asking importlib.metadata in vain."""

from __future__ import annotations

import importlib
import sys
from importlib import metadata
from pathlib import Path

import pytest

from slidebuild import installed


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "talkthemes-2.5.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: talkthemes\nVersion: 2.5\n")
    (folder / "entry_points.txt").write_text("[slidebuild.themes]\nfancy = talkthemes.fancy\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    return folder


def test_entry_points_of_a_package_are_found(package: Path) -> None:
    assert [(point.name, point.module) for point in installed.entry_points("slidebuild.themes")] == [
        ("fancy", "talkthemes.fancy")
    ]
    assert installed.entry_points("slidebuild.nothing") == ()


def test_versions_are_those_of_the_folders(package: Path) -> None:
    assert "talkthemes-2.5.dist-info" in installed.distributions()
    assert any(name.startswith("click-") for name in installed.distributions())


def test_it_finds_every_group_that_the_library_finds() -> None:
    for group in ("console_scripts", "pygments.lexers", "pytest11"):
        assert installed.entry_points(group) == tuple(metadata.entry_points(group=group))


def test_the_library_is_asked_where_it_may_know_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    archive.write_bytes(b"")
    assert not installed._may_have("slidebuild.nothing", tuple(sys.path))
    assert installed._may_have("slidebuild.nothing", (*sys.path, str(archive)))
