"""Sees that files changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

QUIET: Final = 20
"""Milliseconds without a further change after which changes are told: a save by an editor is several of them."""
LONGEST: Final = 200
"""Milliseconds after which they are told in any case."""
_FOLDERS: Final = frozenset(("node_modules", "__pycache__", "site-packages"))
_LITTER: Final = re.compile(r"~$|^#.*#$|^\.|\.sw[a-z]$|\.py[co]$|\.tmp$|^4913$")
"""Files editors put beside the one they save (4913 is Vim's probe of whether it may write)."""


def concerns_decks(path: Path, root: Path) -> bool:
    """Whether a path may matter to a deck: not output, not hidden, not an editor's litter."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
    if not parts or parts[0] == "dist" or _LITTER.search(parts[-1]):
        return False
    return not any(part in _FOLDERS or part.startswith(".") for part in parts[:-1])


async def watch(root: Path, changed: Callable[[Collection[Path]], None], stop: asyncio.Event) -> None:
    """Call `changed` with the files below `root` that changed, until `stop` is set.

    Falls back to looking again and again where the system has no notifications left to give (OSError).
    """
    from watchfiles import awatch

    for polling in (None, True):
        try:
            async for changes in awatch(
                root,
                watch_filter=lambda _, path: concerns_decks(Path(path), root),
                debounce=LONGEST,
                step=QUIET,
                stop_event=stop,
                force_polling=polling,
                recursive=True,
            ):
                changed({Path(path) for _, path in changes})
        except OSError:
            if polling:
                raise
        else:
            return
