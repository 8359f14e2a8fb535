"""Files asked for in other capitals."""

from __future__ import annotations

from pathlib import Path

import pytest

from slidebuild.project import FileLoader
from slidebuild.source import DictLoader, Loader, similar_path


@pytest.fixture(params=["disk", "dictionary"])
def loader(request: pytest.FixtureRequest, tmp_path: Path) -> Loader:
    names = ["img/Plot.png", "img/a.png", "img/A.png", "Figures/Été.svg"]
    if request.param == "dictionary":
        return DictLoader(dict.fromkeys(names, b""))
    root = tmp_path / "root"
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")
    return FileLoader(root)


@pytest.mark.parametrize(
    ("asked", "real"),
    [
        ("img/plot.PNG", "img/Plot.png"),
        ("figures/été.svg", "Figures/Été.svg"),
        ("img/Plot.png", None),
        ("img/other.png", None),
        ("none/plot.png", None),
        ("img", None),
        ("IMG", None),
    ],
)
def test_the_only_file_of_that_name_is_told(loader: Loader, asked: str, real: str | None) -> None:
    assert similar_path(loader, asked) == real


def test_of_two_candidates_none_is_told(tmp_path: Path) -> None:
    loader = DictLoader({"img/plot.png": b"", "img/PLOT.png": b""})
    assert similar_path(loader, "img/Plot.png") is None


def test_nothing_outside_the_root_is_told(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "Secret.txt").write_text("x")
    (tmp_path / "root" / "Out").symlink_to(tmp_path)
    loader = FileLoader(tmp_path / "root")
    assert similar_path(loader, "../secret.txt") is None
    assert similar_path(loader, "out/secret.txt") is None


def test_a_loader_need_not_know_names() -> None:
    class Plain:
        def read(self, path: str) -> bytes | None:
            return None

    assert similar_path(Plain(), "img/plot.png") is None
