"""What the browser made of some slides."""

from __future__ import annotations

from collections.abc import Callable

from slidebuild.pdf.survey import Survey
from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """What the browser printed, and what has to be known of it."""

    data: bytes
    slides: tuple[int, ...]
    """The slides that the pages are."""
    survey: Survey
    """Of the whole deck; slides that were not printed are empty."""
    relative: Callable[[str], str | None]
    """Tells addresses of the printed page itself, as for `LinkRules`."""
