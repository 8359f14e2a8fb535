"""What the preview says in the terminal: a line for each build, and each finding when it first appears."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from slidebuild.diagnostics import Diagnostic
from slidebuild.preview.live import State


@dataclass(slots=True)
class Terminal:
    """Remembers what it has said of each deck."""

    say: Callable[[str], None]
    _shown: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def built(self, path: str, state: State) -> None:
        """Tell of a build. A finding that stays, even on another line, is not told again until it was gone."""
        outcome = "no new page" if state.failed else "built"
        counts = Counter(str(item.severity) for item in state.diagnostics)
        findings = ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in counts.items())
        took = f"in {state.seconds * 1000:.0f} ms"
        self.say(f"{time.strftime('%H:%M:%S')} {path} {outcome} {took}{', ' if findings else ''}{findings}")
        before = self._shown.get(path, frozenset())
        for item in state.diagnostics:
            if _identity(item) not in before:
                self.say(_text(item))
        self._shown[path] = frozenset(_identity(item) for item in state.diagnostics)
        if state.crash:
            self.say(state.crash.rstrip())


def _identity(item: Diagnostic) -> tuple[str, str]:
    return item.code, item.message


def _text(item: Diagnostic) -> str:
    place = f"{item.span}" if item.span else item.path or "project"
    hint = f"\n    {item.hint}" if item.hint else ""
    return f"  {place}: {item.severity}: {item.message} [{item.code}]{hint}"
