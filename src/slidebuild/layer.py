"""Settings as one place has written them, before anyone checks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from slidebuild.records import dataclass
from slidebuild.source import Span

Where: TypeAlias = Callable[[str], Span | None]
"""Finds the place of a key (dotted for nested ones: `pdf.steps`) in the file that a mapping came from."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings from one place, as they were written."""

    values: Mapping[str, Any]
    where: Where = lambda _key: None
    path: str | None = None
    """The file, for what is said without a place."""
    is_trusted: bool = True
    """Whether it may set everything: front matter may not."""
