"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Literal, TypeAlias, TypeVar

from slidebuild.diagnostics import CODES, Diagnostics, Severity
from slidebuild.records import dataclass

T = TypeVar("T")

Need: TypeAlias = Literal["deck", "project", "browser", "web", "dictionary"]
"""What a rule looks at: a compiled deck, all files of the project, slides as drawn, the web, a dictionary."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One thing that `slidebuild check` looks for."""

    code: str
    """Of its findings, in `CODES`."""
    need: Need
    sees: str
    """What it looks at, in a few words."""
    reason: str
    """Why that matters, in one line."""
    look: Callable[[T, Diagnostics], None]
    """Reports what it finds."""
    is_off: bool = False
    """Whether it is off unless the setting `check` says otherwise."""

    @property
    def severity(self) -> Severity | None:
        """How bad its findings are unless the setting `check` says otherwise; None when it is off."""
        return None if self.is_off else CODES[self.code][0]
