from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from slidebuild.browser.doctor import BrowserReport, Fault, Report, draw_report, examine
from slidebuild.browser.errors import INSTALL_HINT
from slidebuild.browser.fonts import find_fonts


def report(**changes: object) -> Report:
    browser = BrowserReport("/usr/bin/chromium", "system", "PATH", "156.0.8078.79", True, None)
    values = {
        "slidebuild": "0.1.0",
        "python": "3.11.7",
        "system": "Linux",
        "libraries": (("playwright", "1.65"),),
        "browser": browser,
        "fonts": tuple(f"Font {n}" for n in range(8)),
        "emoji_font": "Noto Color Emoji",
        "faults": (),
    }
    return Report(**(values | changes))  # type: ignore[arg-type]


def test_report_of_a_fit_machine_says_so() -> None:
    lines = draw_report(report())
    assert lines[-1] == "All is well."
    assert "browser     156.0.8078.79 at /usr/bin/chromium" in lines
    assert "sandbox     on" in lines
    assert "text fonts  Font 0, Font 1, Font 2, Font 3, Font 4, Font 5 and 2 more" in lines


def test_report_names_each_fault_and_its_remedy() -> None:
    lines = draw_report(report(browser=None, faults=(Fault("no browser", "get one", is_serious=True),)))
    assert lines[-2:] == ["error: no browser", "  = get one"]
    assert "browser     none" in lines


def test_report_says_when_the_sandbox_is_off() -> None:
    browser = BrowserReport("/c", "asked for", "--browser", "1.2.3.4", False, "running as root")
    lines = draw_report(report(browser=browser))
    assert "sandbox     off: running as root (started with --no-sandbox)" in lines
    assert "            named by --browser" in lines


def test_machine_without_a_browser_is_not_fit(tmp_path: Path) -> None:
    found = examine(None, {"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert not found.is_fit
    assert found.browser is None
    assert any(fault.remedy == INSTALL_HINT for fault in found.faults)


def test_browser_asked_for_and_missing_stands_in_the_report(tmp_path: Path) -> None:
    found = examine("nonesuch", {"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert any("nonesuch" in fault.what for fault in found.faults)


@pytest.mark.browser
def test_examination_starts_the_browser_and_is_json() -> None:
    found = examine(None, os.environ)
    assert found.browser is not None
    assert found.browser.version
    assert found.is_fit
    again = json.loads(json.dumps(found.as_json()))
    assert again["browser"]["version"] == found.browser.version
    assert again["libraries"]["pikepdf"]


def test_fonts_are_found_in_folders_where_there_is_no_fontconfig(tmp_path: Path) -> None:
    folder = tmp_path / ".local/share/fonts"
    folder.mkdir(parents=True)
    (folder / "MyOwnEmoji.ttf").touch()
    found = find_fonts({"PATH": "", "HOME": str(tmp_path)})
    assert "MyOwnEmoji" in found.families
    assert found.emoji is not None
