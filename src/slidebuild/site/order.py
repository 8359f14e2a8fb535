"""What a build was asked for, in a form that goes to another process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.diagnostics import Diagnostics
from slidebuild.project import Project
from slidebuild.project.cache import FolderCache
from slidebuild.project.project import command_line_layer, read_settings
from slidebuild.project.revision import RevisionFolder
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How the decks of a project are to be built."""

    root: Path
    output: Path
    config: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the command line; None means not given."""
    revision: str | None = None
    """The commit that trusted files come from, with `--untrusted`."""
    since: str | None = None
    """Build only what has changed since this revision."""
    cache: Path | None = None
    browser: Path | None = None
    environment: str = ""
    """What tells programs, libraries and fonts from others, see `environment_key`."""
    timeout: float = 60.0
    has_pdf: bool = True

    def as_json(self) -> str:
        """For `from_json`."""
        texts = {name: str(path) if (path := getattr(self, name)) else None for name in _PATHS}
        more = {"options": self.options, "revision": self.revision, "since": self.since, "timeout": self.timeout}
        more |= {"has_pdf": self.has_pdf, "environment": self.environment}
        return json.dumps(texts | more)

    @staticmethod
    def from_json(text: str) -> Order:
        """The order of another process."""
        data = json.loads(text)
        return Order(**data | {name: Path(data[name]) if data[name] else None for name in _PATHS})

    @property
    def key(self) -> str:
        """What makes other outputs of the same files."""
        config = self.config.read_bytes() if self.config is not None else b""
        where = str(self.output.relative_to(self.root)) if self.output.is_relative_to(self.root) else str(self.output)
        options = json.dumps(self.options, sort_keys=True, default=str)
        return entry_key("order", self.environment, options, config, self.revision or "", where, str(self.has_pdf))

    def open_cache(self) -> Cache:
        """Where records and what takes long to make are kept."""
        return FolderCache(self.cache) if self.cache is not None else NO_CACHE

    def open_project(self, diagnostics: Diagnostics) -> Project:
        """The project, with the settings of the command line over it. Raises RevisionError."""
        layers = [read_settings(self.config, str(self.config), diagnostics)] if self.config else []
        base = RevisionFolder.open(self.revision, self.root) if self.revision is not None else None
        project = Project.open(self.root, diagnostics, base).override(*layers, command_line_layer(self.options))
        return replace(project, cache=self.open_cache())


_PATHS = ("root", "output", "config", "cache", "browser")
