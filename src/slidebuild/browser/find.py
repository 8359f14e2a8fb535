"""Finding a browser: the one asked for, Playwright's own, then one of the system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from slidebuild.browser.errors import BrowserNotFound
from slidebuild.installed import user_caches
from slidebuild.patterns import regex
from slidebuild.records import dataclass

Found = Literal["asked for", "playwright", "system"]

COMMANDS: Final = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
"""Names on PATH, best first: Chromium without windows (it starts in half the time), Chromium, Chrome, Edge."""

MACOS_APPS: Final = ("Chromium", "Google Chrome", "Microsoft Edge")

WINDOWS_PLACES: Final = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)

_PLAYWRIGHT_PROGRAMS: Final = (
    "chrome-headless-shell*/chrome-headless-shell*",
    "chrome-*/headless_shell*",
    "chrome-linux*/chrome",
    "chrome-mac*/*.app/Contents/MacOS/*",
    "chrome-win*/chrome.exe",
)

_WRAPPER: Final = regex(r'#! ?/bin/sh(?: -e)?\s+(?:exec )?(/[^\s"$;&|]+) "\$@"\s*')

_VERSION: Final = regex(r"\b(\d+(?:\.\d+){3})\b")


@dataclass(frozen=True, slots=True)
class BrowserChoice:
    """A browser to use."""

    path: Path
    """The program."""
    found: Found
    where: str
    """How it was found, in words: `--browser`, `PATH`, a folder."""

    def read_version(self) -> str | None:
        """What the program says about itself (`156.0.8078.79`); None when it does not run."""
        return read_version(self.path)


def find_browser(explicit: str | None, environ: Mapping[str, str]) -> BrowserChoice | None:
    """The browser to use, or None if there is none.

    In this order: `explicit` (`--browser`), `SLIDEBUILD_BROWSER`, Playwright's own Chromium, a Chromium, Chrome or
    Edge of the system. Raises BrowserNotFound when one is asked for by name and is not there: no other is taken then.
    """
    for asked, where in ((explicit, "--browser"), (environ.get("SLIDEBUILD_BROWSER"), "SLIDEBUILD_BROWSER")):
        if asked:
            return BrowserChoice(_asked_for(asked, environ), "asked for", where)
    return next(iter([*_playwright(environ), *_system(environ)]), None)


def need_browser(explicit: str | None, environ: Mapping[str, str]) -> BrowserChoice:
    """As `find_browser`, but raises BrowserNotFound when there is none."""
    choice = find_browser(explicit, environ)
    if choice is None:
        raise BrowserNotFound("there is no Chromium, Chrome or Edge on this machine")
    return choice


def read_version(program: Path) -> str | None:
    """The version a browser prints for `--version`, whatever else it prints; None when it does not run.

    On Windows a browser opens a window instead, so nothing is asked there.
    """
    if sys.platform == "win32":
        return None
    try:
        run = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(run.stdout.decode("utf-8", "replace"))
    return found[1] if found and run.returncode == 0 else None


def playwright_folder(environ: Mapping[str, str]) -> Path:
    """Where Playwright keeps the browsers it downloads (https://playwright.dev/python/docs/browsers)."""
    given = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if given == "0":
        return playwright_package() / "driver" / "package" / ".local-browsers"
    if given:
        return Path(given)
    return user_caches(environ) / "ms-playwright"


def playwright_package() -> Path:
    """The folder of the installed Playwright. Raises BrowserNotFound."""
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        raise BrowserNotFound("Playwright is not installed")
    return Path(spec.origin).parent


def _playwright(environ: Mapping[str, str]) -> Iterator[BrowserChoice]:
    """Browsers of just the revisions this Playwright wants, the small headless one first; no driver is started."""
    folder = playwright_folder(environ)
    if not folder.is_dir():
        return
    table = json.loads((playwright_package() / "driver" / "package" / "browsers.json").read_text("utf-8"))
    revisions = {entry["name"]: entry["revision"] for entry in table["browsers"]}
    for name in ("chromium-headless-shell", "chromium"):
        place = folder / f"{name.replace('-', '_')}-{revisions.get(name)}"
        if not (place / "INSTALLATION_COMPLETE").exists():
            continue
        for pattern in _PLAYWRIGHT_PROGRAMS:
            for program in sorted(place.glob(pattern)):
                if program.is_file() and os.access(program, os.X_OK):
                    yield BrowserChoice(program, "playwright", str(folder))


def _system(environ: Mapping[str, str]) -> Iterator[BrowserChoice]:
    for command in COMMANDS:
        program = shutil.which(command, path=environ.get("PATH", ""))
        if program is not None and not _is_snap_stub(Path(program)):
            yield BrowserChoice(_unwrapped(Path(program)), "system", "PATH")
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path(environ.get("HOME", "/")) / "Applications"):
            for app in MACOS_APPS:
                program_in_app = folder / f"{app}.app" / "Contents" / "MacOS" / app
                if program_in_app.exists():
                    yield BrowserChoice(program_in_app, "system", str(folder))
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            for place in WINDOWS_PLACES:
                program_file = Path(environ.get(variable, "C:\\")) / place
                if program_file.exists():
                    yield BrowserChoice(program_file, "system", f"%{variable}%")


def _unwrapped(program: Path) -> Path:
    """What a script runs that does nothing else, as Debian's for the browser without windows, which outlives it."""
    try:
        with program.open("rb") as file:
            found = _WRAPPER.fullmatch(file.read(4096).decode("utf-8", "replace"))
    except OSError:
        return program
    inner = Path(found[1]) if found is not None else program
    return inner if os.access(inner, os.X_OK) else program


def _is_snap_stub(program: Path) -> bool:
    """Whether this is Ubuntu's script that only tells how to install the snap.

    The snap itself may not read pages or write files outside the home folder, and cannot be driven through pipes
    from everywhere; it is left alone too.
    """
    try:
        real = program.resolve()
        if real.name == "snap" or "/snap/" in str(program):
            return True
        with real.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return True
    return head.startswith(b"#!") and b"snap install" in head


def _asked_for(asked: str, environ: Mapping[str, str]) -> Path:
    path = Path(asked).expanduser()
    if path.suffix == ".app" and path.is_dir():
        path = path / "Contents" / "MacOS" / path.stem
    if path.is_file() and os.access(path, os.X_OK):
        return path.absolute()
    on_path = shutil.which(asked, path=environ.get("PATH", "")) if os.sep not in asked else None
    if on_path is None:
        raise BrowserNotFound(f"there is no browser {asked!r} that can be run")
    return Path(on_path)
