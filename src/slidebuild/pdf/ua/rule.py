"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from slidebuild.pdf.ua.subject import Subject
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a rule is broken."""

    message: str
    """What is wrong there, as a sentence without full stop."""
    page: int | None = None
    """0-based; None for the file as a whole."""


Check: TypeAlias = Callable[[Subject], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition that a machine can check."""

    checkpoint: str
    """Of the Matterhorn Protocol 1.1 (`13-004`); for what it leaves out, the clause alone."""
    clause: str
    """Of ISO 14289-1."""
    asks: str
    """What must be, in a few words."""
    check: Check


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the rule that it breaks."""

    rule: Rule
    fault: Fault
