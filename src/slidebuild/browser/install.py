"""`slidebuild doctor --install`: a browser, an emoji font, where needed what Playwright's driver lacks; all shown."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final

from slidebuild.browser.driver import driver_fault
from slidebuild.browser.find import find_browser
from slidebuild.browser.fonts import find_fonts
from slidebuild.browser.start import needs_driver
from slidebuild.records import dataclass

EMOJI_PACKAGE: Final = "fonts-noto-color-emoji"
BROWSER_PACKAGES: Final = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Debian's names (the first without windows), then Ubuntu's, which may be a mere pointer to a snap; then Playwright's
download comes next."""

Show = Callable[[str], None]


@dataclass(slots=True)
class Installer:
    """Runs the commands, one after the other."""

    show: Show
    """Gets each command and each line it prints."""
    environ: Mapping[str, str]
    is_updated: bool = field(default=False, init=False)

    def run(self, command: Sequence[str], extra: Mapping[str, str] | None = None) -> bool:
        """Run a command and show what it says; whether it succeeded."""
        self.show(f"$ {shlex.join(command)}")
        try:
            with subprocess.Popen(  # noqa: S603 (commands are our own)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**self.environ, **(extra or {})},
                text=True,
                encoding="utf-8",
                errors="replace",
            ) as process:
                for line in process.stdout or ():
                    self.show(f"  {line.rstrip()}")
        except OSError as error:
            self.show(f"  {error.strerror or error}")
            return False
        if process.returncode != 0:
            self.show(f"  failed (exit {process.returncode})")
        return process.returncode == 0

    def which(self, program: str) -> str | None:
        """Where a program is."""
        return shutil.which(program, path=self.environ.get("PATH", ""))

    def apt(self, package: str) -> bool:
        """Install a Debian package as root or by `sudo -n` (never asking for a password)."""
        if self.which("apt-get") is None:
            return False
        prefix = self._root_prefix()
        if prefix is None:
            self.show(f"apt-get needs root; to install it yourself: sudo apt-get install {package}")
            return False
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        if not self.is_updated:
            self.is_updated = self.run([*prefix, "apt-get", "update"], quiet)
        return self.run([*prefix, "apt-get", "install", "-y", "--no-install-recommends", package], quiet)

    def _root_prefix(self) -> list[str] | None:
        if is_root():
            return []
        sudo = self.which("sudo")
        if sudo is None:
            return None
        probe = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)  # noqa: S603
        return ["sudo", "-n"] if probe.returncode == 0 else None


def install(explicit: str | None, environ: Mapping[str, str], show: Show) -> bool:
    """Install what is missing; whether there is a browser in the end. Failures are shown, never raised.

    Raises BrowserNotFound when `explicit` or SLIDEBUILD_BROWSER names a browser that is not there.
    """
    installer = Installer(show, environ)
    browser = find_browser(explicit, environ)
    if browser is not None:
        show(f"there is a browser already: {browser.path}")
    elif not _install_browser(installer):
        show("no browser could be installed; install Chromium, Chrome or Edge by hand")
    found = find_browser(explicit, environ)
    if found is None or needs_driver(found):
        _mend_driver(installer)
    if find_fonts(environ).emoji is None and not _install_emoji(installer):
        show("no emoji font could be installed; emoji will print as boxes")
    return find_browser(explicit, environ) is not None


def is_root() -> bool:
    """Whether we are the superuser (never on Windows)."""
    return sys.platform != "win32" and os.geteuid() == 0


def _install_browser(installer: Installer) -> bool:
    for step in (_by_apt, _by_brew, _by_playwright):
        if step(installer) and find_browser(None, installer.environ) is not None:
            return True
    return False


def _by_apt(installer: Installer) -> bool:
    return any(installer.apt(package) and find_browser(None, installer.environ) for package in BROWSER_PACKAGES)


def _by_brew(installer: Installer) -> bool:
    return installer.which("brew") is not None and installer.run(["brew", "install", "--cask", "chromium"])


def _by_playwright(installer: Installer) -> bool:
    """Playwright's own download; as root together with the system libraries it needs."""
    command = [sys.executable, "-m", "playwright", "install"]
    if sys.platform == "linux" and is_root() and installer.run([*command, "--with-deps", "chromium"]):
        return True
    return installer.run([*command, "chromium"])


def _mend_driver(installer: Installer) -> None:
    fault = driver_fault(installer.environ)
    if fault is not None and not (fault.package and installer.apt(fault.package)):
        installer.show(fault.what)


def _install_emoji(installer: Installer) -> bool:
    if not installer.apt(EMOJI_PACKAGE):
        return False
    if installer.which("fc-cache") is not None:
        installer.run(["fc-cache", "-f"])
    return Path("/usr/share/fonts").is_dir()
