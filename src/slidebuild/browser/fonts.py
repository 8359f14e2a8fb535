"""Fonts of the machine: those that a deck falls back to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Fonts:
    """What is installed."""

    families: tuple[str, ...]
    """Sorted; empty where there is no way to ask."""
    emoji: str | None
    """A font with emoji."""

    @property
    def has_text(self) -> bool:
        """Whether there is any font for text, as far as can be known."""
        return any("emoji" not in family.lower() for family in self.families)


def find_fonts(environ: Mapping[str, str]) -> Fonts:
    """Ask fontconfig where there is one, else look into the usual folders. macOS and Windows bring an emoji font."""
    if sys.platform == "darwin":
        return Fonts(("Apple system fonts",), "Apple Color Emoji")
    if sys.platform == "win32":
        return Fonts(("Windows system fonts",), "Segoe UI Emoji")
    families = _from_fontconfig(environ)
    if families is None:
        families = _from_folders(environ)
    return Fonts(families, next((family for family in families if "emoji" in family.lower()), None))


def _from_fontconfig(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    program = shutil.which("fc-list", path=environ.get("PATH", ""))
    if program is None:
        return None
    try:
        run = subprocess.run([program, ":", "family"], capture_output=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    if run.returncode != 0:
        return None
    lines = run.stdout.decode("utf-8", "replace").splitlines()
    return tuple(sorted({line.split(",")[0].strip() for line in lines if line.strip()}))


def _from_folders(environ: Mapping[str, str]) -> tuple[str, ...]:
    home = Path(environ.get("HOME", "/"))
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")
    kinds = (".ttf", ".otf", ".ttc")
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    return tuple(sorted({path.stem for path in found if path.suffix.lower() in kinds}))
