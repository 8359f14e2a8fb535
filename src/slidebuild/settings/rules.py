"""What `check:` says about rules: which are off, and how bad what the others find is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slidebuild.diagnostics import CODES, Severity

LEVELS: Final[Mapping[str, Severity | None]] = {
    "off": None,
    "notice": Severity.NOTICE,
    "warn": Severity.WARNING,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
"""What may be said of a rule."""

EXPECTED: Final = "off, notice, warn or error"


def read_level(code: str, value: Any) -> str:
    """A level, `warning` as `warn`. ValueError says what is expected; what stops a build stays an error."""
    text = "off" if value is False else value
    if not isinstance(text, str) or text not in LEVELS:
        raise ValueError(EXPECTED)
    if CODES[code][0] is Severity.ERROR and text != "error":
        raise ValueError("error, since nothing can be built with it")
    return "warn" if text == "warning" else text
