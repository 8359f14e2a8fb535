"""Playwright's driver, for browsers that we don't drive ourselves: a Node.js of its own, which may lack libraries."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Final

from slidebuild.browser.find import playwright_package
from slidebuild.installed import user_caches
from slidebuild.patterns import regex
from slidebuild.records import dataclass

_PACKAGES: Final = {"libatomic.so.1": "libatomic1", "libstdc++.so.6": "libstdc++6"}
"""Library that Node.js loads -> Debian package. Debian's and Ubuntu's smallest systems have no libatomic."""

_MISSING: Final = regex(r"loading shared libraries: (\S+?):")


@dataclass(frozen=True, slots=True)
class DriverFault:
    """Why the driver does not run."""

    what: str
    """What the system says, one line."""
    package: str | None
    """The Debian package that would mend it, where that is known."""


def driver_fault(environ: Mapping[str, str]) -> DriverFault | None:
    """What keeps the driver's Node.js from running; None when it runs. Raises BrowserNotFound without Playwright."""
    bundled = playwright_package() / "driver" / ("node.exe" if sys.platform == "win32" else "node")
    program = Path(environ.get("PLAYWRIGHT_NODEJS_PATH") or bundled)
    try:
        run = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return DriverFault(f"{program} does not run: {error}", None)
    if run.returncode == 0:
        return None
    said = run.stderr.decode("utf-8", "replace").strip()
    missing = _MISSING.search(said)
    what = (
        f"Playwright's Node.js lacks {missing[1]}"
        if missing
        else f"{program} does not run: {said.partition(chr(10))[0]}"
    )
    return DriverFault(what, _PACKAGES.get(missing[1]) if missing else None)


def keep_bytecode(environ: MutableMapping[str, str]) -> None:
    """Let the driver keep what it compiles, as Python does with its modules: it starts in three quarters of the time.

    https://nodejs.org/api/module.html#module-compile-cache. A folder of the user's choice goes before ours.
    """
    environ.setdefault("NODE_COMPILE_CACHE", str(user_caches(environ) / "slidebuild" / "driver"))
