"""What the file system says of a file: as long as that stays, its content does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

SETTLED: Final = 2_000_000_000
"""Nanoseconds after which a file's time tells a later change: file systems count in ticks of up to two seconds."""


class FileState(NamedTuple):
    """Size, times of the last change (of content, of anything; in nanoseconds) and number of a file."""

    size: int
    modified: int
    changed: int
    number: int
    device: int

    def is_settled(self, time_ns: int) -> bool:
        """Whether a change at that time or later would show."""
        return max(self.modified, self.changed) < time_ns - SETTLED


def file_state(file: Path) -> FileState | None:
    """The state of a file; None if there is none."""
    try:
        status = os.stat(file)  # noqa: PTH116 (once for each picture)
    except (OSError, ValueError):
        return None
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
