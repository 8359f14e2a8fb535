from __future__ import annotations

import json
from pathlib import Path

import pytest

from slidebuild.browser import find
from slidebuild.browser.errors import INSTALL_HINT, BrowserNotFound
from slidebuild.browser.find import find_browser, need_browser, read_version


def program(path: Path, text: str = "echo Chromium 156.0.8078.79\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A machine with nothing on it."""
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home")}


def playwright_browser(environ: dict[str, str], name: str, inside: str, *, is_complete: bool = True) -> Path:
    table = find.playwright_package() / "driver" / "package" / "browsers.json"
    entries = json.loads(table.read_text("utf-8"))["browsers"]
    revision = next(entry["revision"] for entry in entries if entry["name"] == name)
    place = find.playwright_folder(environ) / f"{name.replace('-', '_')}-{revision}"
    found = program(place / inside)
    if is_complete:
        (place / "INSTALLATION_COMPLETE").touch()
    return found


def test_nothing_found_is_none_and_an_error_with_a_hint_when_needed(environ: dict[str, str]) -> None:
    assert find_browser(None, environ) is None
    with pytest.raises(BrowserNotFound) as raised:
        need_browser(None, environ)
    assert raised.value.hint == INSTALL_HINT


def test_option_goes_before_variable_before_playwright_before_path(environ: dict[str, str], tmp_path: Path) -> None:
    on_path = program(tmp_path / "bin" / "chromium")
    choice = need_browser(None, environ)
    assert (choice.path, choice.found) == (on_path, "system")

    own = playwright_browser(environ, "chromium-headless-shell", "chrome-headless-shell-linux64/chrome-headless-shell")
    choice = need_browser(None, environ)
    assert (choice.path, choice.found) == (own, "playwright")

    by_variable = program(tmp_path / "one" / "browser")
    environ["SLIDEBUILD_BROWSER"] = str(by_variable)
    choice = need_browser(None, environ)
    assert (choice.path, choice.where) == (by_variable, "SLIDEBUILD_BROWSER")

    by_option = program(tmp_path / "two" / "browser")
    choice = need_browser(str(by_option), environ)
    assert (choice.path, choice.where) == (by_option, "--browser")


def test_browser_may_be_asked_for_by_its_command(environ: dict[str, str], tmp_path: Path) -> None:
    edge = program(tmp_path / "bin" / "microsoft-edge")
    assert need_browser("microsoft-edge", environ).path == edge


def test_browser_asked_for_and_missing_is_an_error_even_if_there_is_another(
    environ: dict[str, str], tmp_path: Path
) -> None:
    program(tmp_path / "bin" / "chromium")
    with pytest.raises(BrowserNotFound, match="nonesuch"):
        find_browser("nonesuch", environ)
    with pytest.raises(BrowserNotFound):
        find_browser(str(tmp_path), environ)


def test_half_downloaded_browser_of_playwright_is_left_alone(environ: dict[str, str]) -> None:
    playwright_browser(environ, "chromium", "chrome-linux/chrome", is_complete=False)
    assert find_browser(None, environ) is None


def test_chromium_without_windows_goes_before_chromium_before_chrome_before_edge(
    environ: dict[str, str], tmp_path: Path
) -> None:
    for name in ("microsoft-edge", "google-chrome", "chromium", "chromium-headless-shell"):
        newest = program(tmp_path / "bin" / name)
        assert need_browser(None, environ).path == newest


def test_script_that_only_runs_a_browser_stands_for_it(environ: dict[str, str], tmp_path: Path) -> None:
    inner = program(tmp_path / "lib" / "shell")
    wrapper = program(tmp_path / "bin" / "chromium", f'{inner} "$@"\n')
    assert need_browser(None, environ).path == inner
    wrapper.write_text(f'#!/bin/sh\nexport A=b\n{inner} "$@"\n', encoding="utf-8")
    assert need_browser(None, environ).path == wrapper


def test_snap_stub_of_ubuntu_is_no_browser(environ: dict[str, str], tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium-browser", 'echo "requires the snap: snap install chromium" >&2\nexit 1\n')
    assert find_browser(None, environ) is None


@pytest.mark.parametrize(
    ("script", "version"),
    [
        ("echo Chromium 156.0.8078.79 built on Debian\n", "156.0.8078.79"),
        ("echo '[0101/1.2:WARNING] dconf'; echo Google Chrome 140.0.7339.80\n", "140.0.7339.80"),
        ("echo no number\n", None),
        ("echo Chromium 156.0.8078.79; exit 1\n", None),
    ],
)
def test_version_is_read_between_other_lines(tmp_path: Path, script: str, version: str | None) -> None:
    assert read_version(program(tmp_path / "browser", script)) == version


def test_version_of_what_does_not_run_is_none(tmp_path: Path) -> None:
    assert read_version(tmp_path / "nothing") is None
