"""What the preview says in the terminal: a line for each build, and each finding when it first appears."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import field

from slidebuild.diagnostics import Diagnostic
from slidebuild.preview.live import State
from slidebuild.records import dataclass
from slidebuild.report import draw, summary


@dataclass(slots=True)
class Terminal:
    """Remembers what it has said of each deck."""

    say: Callable[[str], None]
    colour: bool = False
    _shown: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    _measured: dict[str, frozenset[str]] = field(default_factory=dict)

    def built(self, path: str, state: State) -> None:
        """Tell of a build. A finding that stays, even on another line, is not told again until it was gone."""
        outcome = "no new page" if state.failed else "built"
        findings = summary(state.diagnostics)
        took = f"in {state.seconds * 1000:.0f} ms"
        self.say(f"{time.strftime('%H:%M:%S')} {path} {outcome} {took}{', ' if findings else ''}{findings}")
        before = self._shown.get(path, frozenset())
        for item in state.diagnostics:
            if _identity(item) not in before:
                self.say(draw(item, colour=self.colour))
        self._shown[path] = frozenset(_identity(item) for item in state.diagnostics)
        if state.crash:
            self.say(state.crash.rstrip())

    def measured(self, path: str, findings: Sequence[str]) -> None:
        """Tell what a browser measured, each finding once until it was gone; `findings` are all that there are."""
        told = {_unplaced(finding) for finding in findings}
        for finding in findings:
            if _unplaced(finding) not in self._measured.get(path, frozenset()):
                self.say(finding)
        self._measured[path] = frozenset(told)


def _unplaced(finding: str) -> str:
    return finding.partition(" ")[2]


def _identity(item: Diagnostic) -> tuple[str, str]:
    return item.code, item.message
