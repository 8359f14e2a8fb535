"""What has changed since a revision: contents are compared, so that a file that was touched only has not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from slidebuild.project.revision import RevisionFolder
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of the project in a revision."""

    base: RevisionFolder
    _digests: dict[str, str | None] = field(default_factory=dict)

    @staticmethod
    def since(name: str, root: Path) -> Changes:
        """What has changed in the project at a root since a revision. Raises RevisionError."""
        return Changes(RevisionFolder.open(name, root))

    def touch(self, inputs: Mapping[str, str | None]) -> bool:
        """Whether one of a deck's inputs (path below the root -> SHA-256) is another one now. Raises RevisionError."""
        return any(self._digest(path) != digest for path, digest in inputs.items())

    def _digest(self, path: str) -> str | None:
        if path not in self._digests:
            data = self.base.read(path)
            self._digests[path] = None if data is None else hashlib.sha256(data).hexdigest()
        return self._digests[path]
