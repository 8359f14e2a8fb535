"""What `slidebuild doctor` finds out: is all there that printing needs, and what to do where it is not."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from slidebuild import __version__
from slidebuild.browser.driver import driver_fault
from slidebuild.browser.errors import INSTALL_HINT, BrowserError, BrowserNotFound
from slidebuild.browser.find import BrowserChoice, find_browser
from slidebuild.browser.fonts import Fonts, find_fonts
from slidebuild.browser.start import needs_driver
from slidebuild.records import dataclass

LIBRARIES: Final = (
    "playwright",
    "pikepdf",
    "selectolax",
    "jinja2",
    "markdown-it-py",
    "pygments",
    "math-core",
    "pillow",
    "fonttools",
)
"""Those whose versions shape the output."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing or does not work."""

    what: str
    """One sentence, no full stop."""
    remedy: str
    """What to do about it."""
    is_serious: bool
    """Whether PDFs can't be made because of it."""


@dataclass(frozen=True, slots=True)
class BrowserReport:
    """The browser that would be used."""

    path: str
    found: str
    """How: `asked for`, `playwright` or `system`."""
    where: str
    """Where it was found: `PATH`, a folder, the option that names it."""
    version: str | None
    """None when it does not run."""
    is_sandboxed: bool | None
    """None when it does not start."""
    why_no_sandbox: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `slidebuild doctor` says."""

    slidebuild: str
    python: str
    system: str
    libraries: tuple[tuple[str, str | None], ...]
    """Name and version; None when not installed."""
    browser: BrowserReport | None
    fonts: tuple[str, ...]
    """Families of text fonts."""
    emoji_font: str | None
    faults: tuple[Fault, ...]

    @property
    def is_fit(self) -> bool:
        """Whether PDFs can be made."""
        return not any(fault.is_serious for fault in self.faults)

    def as_json(self) -> dict[str, object]:
        """The report as JSON values."""
        values = asdict(self)
        return values | {"libraries": dict(self.libraries), "is_fit": self.is_fit}


def examine(explicit: str | None, environ: Mapping[str, str] = os.environ) -> Report:
    """Look at everything; the browser is really started. Raises nothing: what is wrong stands in the report."""
    faults: list[Fault] = []
    libraries = tuple((name, _version(name)) for name in LIBRARIES)
    for name, found in libraries:
        if found is None:
            faults.append(Fault(f"the library {name} is not installed", "pip install slidebuild", is_serious=True))
    browser = _examine_browser(explicit, environ, faults)
    fonts = find_fonts(environ)
    _examine_fonts(fonts, faults)
    return Report(
        slidebuild=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        libraries=libraries,
        browser=browser,
        fonts=tuple(family for family in fonts.families if family != fonts.emoji),
        emoji_font=fonts.emoji,
        faults=tuple(faults),
    )


def draw_report(report: Report) -> list[str]:
    """The report as lines of plain text."""
    libraries = ", ".join(f"{name} {found or 'missing'}" for name, found in report.libraries)
    lines = [
        f"slidebuild  {report.slidebuild}",
        f"Python      {report.python}",
        f"system      {report.system}",
        f"libraries   {libraries}",
    ]
    browser = report.browser
    if browser is None:
        lines.append("browser     none")
    else:
        lines.append(f"browser     {browser.version or 'does not run'} at {browser.path}")
        lines.append(f"            {_found_by(browser)}")
        if browser.is_sandboxed is not None:
            reason = f"off: {browser.why_no_sandbox} (started with --no-sandbox)"
            lines.append(f"sandbox     {'on' if browser.is_sandboxed else reason}")
    lines.append(f"text fonts  {_few(report.fonts)}")
    lines.append(f"emoji font  {report.emoji_font or 'none'}")
    if not report.faults:
        return [*lines, "", "All is well."]
    for fault in report.faults:
        lines += ["", f"{'error' if fault.is_serious else 'warning'}: {fault.what}", f"  = {fault.remedy}"]
    return lines


def _examine_browser(explicit: str | None, environ: Mapping[str, str], faults: list[Fault]) -> BrowserReport | None:
    try:
        choice = find_browser(explicit, environ)
    except BrowserNotFound as error:
        faults.append(
            Fault(str(error), "name another one, or leave --browser and SLIDEBUILD_BROWSER out", is_serious=True)
        )
        return None
    if choice is None:
        faults.append(Fault("there is no Chromium, Chrome or Edge: no PDFs", INSTALL_HINT, is_serious=True))
        return None
    fault = driver_fault(environ) if needs_driver(choice) else None
    if fault is not None:
        remedy = (
            f"sudo apt-get install {fault.package}" if fault.package else "pip install --force-reinstall playwright"
        )
        faults.append(Fault(fault.what, remedy, is_serious=True))
        return BrowserReport(str(choice.path), choice.found, choice.where, choice.read_version(), None, None)
    return _start(choice, faults)


def _start(choice: BrowserChoice, faults: list[Fault]) -> BrowserReport:
    from slidebuild.browser.session import Session

    path, found, where = str(choice.path), choice.found, choice.where
    try:
        with Session(choice) as session:
            started = session.started
    except BrowserError as error:
        remedy = f"try another one with --browser, or {INSTALL_HINT}"
        faults.append(Fault(str(error), remedy, is_serious=True))
        return BrowserReport(path, found, where, choice.read_version(), None, None)
    if not started.is_sandboxed:
        remedy = "run as an ordinary user" if "root" in (started.why_not or "") else _namespaces_remedy()
        faults.append(Fault(f"the browser runs without its sandbox: {started.why_not}", remedy, is_serious=False))
    return BrowserReport(path, found, where, started.version, started.is_sandboxed, started.why_not)


def _namespaces_remedy() -> str:
    """What keeps user namespaces from ordinary users: two switches of Linux kernels, or a container."""
    for name, wanted in (("apparmor_restrict_unprivileged_userns", "0"), ("unprivileged_userns_clone", "1")):
        try:
            with open(f"/proc/sys/kernel/{name}") as file:  # noqa: PTH123
                if file.read().strip() != wanted:
                    return f"allow user namespaces: sudo sysctl kernel.{name}={wanted}"
        except OSError:
            continue
    return "in a container, allow user namespaces (Docker: --security-opt seccomp=unconfined) or leave it so"


def _examine_fonts(fonts: Fonts, faults: list[Fault]) -> None:
    if not fonts.has_text:
        faults.append(Fault("there is no text font", "sudo apt-get install fonts-dejavu-core", is_serious=False))
    if fonts.emoji is None:
        faults.append(Fault("there is no emoji font: emoji print as boxes", INSTALL_HINT, is_serious=False))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _found_by(browser: BrowserReport) -> str:
    match browser.found:
        case "asked for":
            return f"named by {browser.where}"
        case "playwright":
            return f"Playwright's own, in {browser.where}"
        case _:
            return f"the system's own, in {browser.where}"


def _few(families: tuple[str, ...]) -> str:
    shown = ", ".join(families[:6])
    return f"{shown} and {len(families) - 6} more" if len(families) > 6 else shown or "none"
