"""YAML values to settings. Each reader raises ValueError saying what is expected (`a number`)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from math import gcd
from typing import Any, TypeAlias

from slidebuild.patterns import regex
from slidebuild.settings.model import Ratio

Reader: TypeAlias = Callable[[Any], Any]
"""Turns a YAML value into a setting; ValueError says what is expected (`a number`)."""


def text(value: Any) -> str:
    """A text, or a number as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError("a text")


def texts(value: Any) -> tuple[str, ...]:
    """One text or several."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ValueError("a text or a list of texts")


def rules(value: Any) -> dict[str, Any]:
    """A mapping of rules of `slidebuild check` to what is said of them."""
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return value
    raise ValueError("a mapping of rules (`check: {missing-alt: off}`)")


def keywords(value: Any) -> tuple[str, ...]:
    """Texts, or one with commas between them."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return texts(value)


def truth(value: Any) -> bool:
    """True or false; 1 and 0 count, as in JavaScript."""
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    raise ValueError("true or false")


def math(value: Any) -> dict[str, Any]:
    """The fields of `MathSettings` that `true`, `false` and `code` stand for."""
    if isinstance(value, bool):
        return {"enabled": value, "in_code": False}
    if value == "code":
        return {"enabled": True, "in_code": True}
    raise ValueError("true, false, code, katex, mathjax, or a mapping (`math: {macros: …}`)")


_MACRO_NAME = regex(r"\\?([A-Za-z]+|[^A-Za-z\\{}#$%&_^~\s])")
_MACRO_TOKEN = regex(r"\\.|[{}]", re.DOTALL)


def tex_macros(value: Any) -> tuple[tuple[str, str], ...]:
    """Names, with or without backslash, and TeX; KaTeX's and MathJax's way of `[TeX, number of arguments]` is known."""
    if not isinstance(value, dict):
        raise ValueError("a mapping of names to TeX (`{RR: '\\mathbb{R}'}`)")
    macros = {}
    for name, body in value.items():
        found = _MACRO_NAME.fullmatch(str(name))
        if found is None:
            raise ValueError(f"a mapping of names to TeX; `{name}` can't be the name of a command")
        if isinstance(body, list) and len(body) == 2 and isinstance(body[1], int):
            body = body[0]
        if not isinstance(body, str | int | float) or isinstance(body, bool) or not _is_balanced(str(body)):
            raise ValueError(f"a mapping of names to TeX with balanced braces, and that of `{name}` is not")
        macros[found[1]] = str(body)
    return tuple(sorted(macros.items()))


def _is_balanced(tex: str) -> bool:
    depth = 0
    for token in _MACRO_TOKEN.finditer(tex):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth < 0:
            return False
    return depth == 0


def one_of(*allowed: str) -> Reader:
    """A reader that takes one of some texts."""

    def read(value: Any) -> str:
        if value in allowed:
            return str(value)
        raise ValueError("one of " + ", ".join(allowed))

    return read


def ratio(value: Any) -> Ratio:
    """Two numbers with a colon between them; neither more than five times the other."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[:/]\s*(\d+(?:\.\d+)?)\s*", str(value), re.ASCII)
    if found:
        parts = [number.partition(".") for number in found.groups()]
        places = max(len(decimals) for _, _, decimals in parts)
        width, height = (int(whole + decimals.ljust(places, "0")) for whole, _, decimals in parts)
        if 0 < height <= 5 * width <= 25 * height:
            shared = gcd(width, height)
            return Ratio(width // shared, height // shared)
    raise ValueError("a ratio such as 4:3 or 16:9")


def language(value: Any) -> str:
    """A language tag (BCP 47)."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
        return value
    raise ValueError("a language tag such as en or pt-BR")


def date(value: Any) -> str:
    """An ISO date."""
    if isinstance(value, str):
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise ValueError("a date such as 2026-11-23")


def spans(value: Any) -> bool | str:
    """True, false, or a pattern in JavaScript's dialect."""
    if isinstance(value, bool):
        return value
    pattern = value.get("$regexp") if isinstance(value, dict) else value
    if isinstance(pattern, str):
        return pattern  # JavaScript's dialect: the code pass reads it and reports what it can't
    raise ValueError("true, false or a regular expression")


def address(value: Any) -> str:
    """An http(s) address."""
    if isinstance(value, str) and re.match(r"https?://[^\s/]+", value):
        return value
    raise ValueError("an address that begins with http:// or https://")


def dpi(value: Any) -> int:
    """Pixels an inch."""
    if isinstance(value, int) and not isinstance(value, bool) and 36 <= value <= 2400:
        return value
    raise ValueError("a whole number from 36 to 2400, or null to leave pictures alone")


def minutes(value: Any) -> float:
    """A number above 0, at most a day."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1440:
        return float(value)
    raise ValueError("a number of minutes above 0")


def megabytes(value: Any) -> float:
    """A number above 0."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6:
        return float(value)
    raise ValueError("a number of megabytes above 0")
