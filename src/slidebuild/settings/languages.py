"""What the setting `lang` tells besides the language."""

from __future__ import annotations

from typing import Final, Literal

RIGHT_TO_LEFT: Final = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
"""Languages written from right to left."""


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """How a language is written, as the attribute `dir` has it."""
    return "rtl" if lang.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"
