"""`slidebuild.lock`: what a project needs and does not hold itself, pinned by content.

Remote files that `slidebuild vendor` has stored, by address; builds take the stored copies and never the network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final
from urllib.parse import urldefrag

from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.source import Loader

LOCK_FILE: Final = "slidebuild.lock"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """The copy of a remote file."""

    path: str
    """Below the project root."""
    sha256: str
    """Of the copy."""
    origin: str
    """Where it was loaded from in the end, after redirections."""
    licence: str = ""
    """What the file says about itself, or what somebody wrote here; empty when nobody knows."""
    parts: tuple[str, ...] = ()
    """Addresses of files that a stylesheet needs; stored as well."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What is pinned."""

    files: Mapping[str, Stored] = field(default_factory=lambda: MappingProxyType({}))
    """By address, as decks write it, without fragment."""
    packages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Installed packages that bring themes or macros: name -> version."""

    def stored(self, address: str) -> Stored | None:
        """The copy of what an address names; None when there is none."""
        return self.files.get(plain(address)) if self.files else None

    def as_text(self) -> str:
        """The file, sorted; the same for the same content."""
        files = {
            address: {
                "path": stored.path,
                "sha256": stored.sha256,
                "origin": stored.origin,
                "licence": stored.licence,
                **({"parts": list(stored.parts)} if stored.parts else {}),
            }
            for address, stored in sorted(self.files.items())
        }
        data = {"lock": VERSION, "files": files, "packages": dict(sorted(self.packages.items()))}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


NO_LOCK: Final = Lock()


def plain(address: str) -> str:
    """An address as the lock names it: with a scheme, without fragment."""
    found = urldefrag(address.strip()).url
    return f"https:{found}" if found.startswith("//") else found


def read_lock(loader: Loader, diagnostics: Diagnostics) -> Lock:
    """The project's lock; an empty one (with an error) when it is damaged."""
    data = loader.read(LOCK_FILE)
    if data is None:
        return NO_LOCK
    try:
        found = json.loads(data)
        if found["lock"] != VERSION:
            raise ValueError(f"it was written by another version of slidebuild (lock {found['lock']})")
        files = {address: _stored(entry) for address, entry in found["files"].items()}
        return Lock(files, {str(name): str(version) for name, version in found.get("packages", {}).items()})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"{LOCK_FILE} cannot be read: {error}"
        diagnostics.add("bad-lock", message, path=LOCK_FILE, hint="`slidebuild vendor` writes it anew")
        return NO_LOCK


def _stored(entry: Mapping[str, object]) -> Stored:
    parts = entry.get("parts", ())
    return Stored(
        path=str(entry["path"]),
        sha256=str(entry["sha256"]),
        origin=str(entry["origin"]),
        licence=str(entry.get("licence") or ""),
        parts=tuple(map(str, parts)) if isinstance(parts, list) else (),
    )


def read_stored(stored: Stored, loader: Loader) -> bytes | None:
    """The copy's bytes; None when it is gone or another than the lock says."""
    data = loader.read(stored.path)
    return data if data is not None and hashlib.sha256(data).hexdigest() == stored.sha256 else None
