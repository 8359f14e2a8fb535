"""What the converter is never asked to do: math-core recurses on nesting and tries 2ⁿ ways for n brackets left open."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.patterns import regex

LONGEST: Final = 5_000
"""Characters of a formula; real ones of whole derivations have some 1,500."""

DEEPEST: Final = 50
"""Groups within groups; each may become several elements, and browsers stop at 512."""

MOST_UNCLOSED: Final = 12
"""Brackets that are opened and not closed (`[0, 1[` has two); 20 take a tenth of a second, 30 two minutes."""

_NESTING: Final = regex(r"\\(?:begin|left)(?![A-Za-z])|\\(?:end|right)(?![A-Za-z])|\\.|[{}]", re.S)
_STEPS: Final = {"{": 1, r"\begin": 1, r"\left": 1, "}": -1, r"\end": -1, r"\right": -1}
_CHAIN: Final = regex(r"(?:\\[A-Za-z]+\s*){200}|(?:\\[A-Za-z]+\s*[\^_]\s*){50}")
_BRACKET: Final = regex(
    r"(?P<open>\\(?:\{|(?:l(?:brace|brack|paren|angle|ang|floor|ceil|vert|Vert|group|lbracket|Brace|moustache)"
    r"|[ul]lcorner)(?![A-Za-z]))|[(\[⟨⌊⌈⟦⟪])"
    r"|(?P<close>\\(?:\}|(?:r(?:brace|brack|paren|angle|ang|floor|ceil|vert|Vert|group|rbracket|Brace|moustache)"
    r"|[ul]rcorner)(?![A-Za-z]))|[)\]⟩⌋⌉⟧⟫])|\\.",
    re.S,
)


def refusal(tex: str) -> str | None:
    """Why a formula is not converted at all; None for all that people write."""
    if len(tex) > LONGEST:
        return f"A formula of {len(tex):,} characters is too long (at most {LONGEST:,})"
    depth = 0
    for token in _NESTING.finditer(tex):
        depth = max(0, depth + _STEPS.get(token[0], 0))
        if depth > DEEPEST:
            return f"Groups are nested more than {DEEPEST} deep"
    if _CHAIN.search(tex):
        return "Too many commands in a row"
    unclosed = 0
    for bracket in _BRACKET.finditer(tex):
        if bracket["open"]:
            unclosed += 1
        elif bracket["close"] and unclosed:
            unclosed -= 1
    return "More than a dozen brackets are not closed" if unclosed > MOST_UNCLOSED else None
