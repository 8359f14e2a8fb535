"""Stars that mark a line of code (`highlightLines`) and stars that are code: the same sign at the same place.

With `highlightLines` a `*` in the first column marks the line and vanishes (gnab/remark#192, #559). Where the line
reads as code of its language with the star, it may not have been meant as a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from slidebuild.patterns import regex

_POINTER: Final = regex(
    r"\*/|\*+\w+(?:\[[^\]]*\]|(?:->|\.)\w+)*\s*(?:[-+*/%&|^]?=(?!=)|\+\+|--)|\*+\([^)]*\)[^;{]*=(?!=)"
)
"""`*p = 1`, `**p++`, `*(p + 1) = 2`, and the end of a comment."""
_UNPACKING: Final = regex(r"\*{1,2}\w+\s*(?:,|\)|$)")
"""`*args,`, `**options)`, `*first, last = values`."""
_LIST: Final = regex(r"\* \S")
_CSS: Final = regex(r"\*\s*(?:\{|,|::?[a-z-]+|[>+~])")

_C: Final = ("c", "h", "cpp", "c++", "cc", "hpp", "objectivec", "objc", "go", "golang", "rust", "rs", "d")
_STARS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        **dict.fromkeys(_C, _POINTER),
        **dict.fromkeys(("python", "py", "python3"), _UNPACKING),
        **dict.fromkeys(("markdown", "md", "rst", "asciidoc", "org"), _LIST),
        **dict.fromkeys(("css", "scss", "less"), _CSS),
    }
)
"""Language -> what a line with its star looks like when the star may be code."""
_FENCE: Final = regex(r"\*? {0,3}(`{3,}|~{3,})")


def doubtful_stars(language: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that a star at their beginning marks, but in which it may be code; `lines` come with their stars.

    Code inside Markdown code is no list, so a star there marks.
    """
    pattern = _STARS.get(language.lower())
    if pattern is None:
        return
    fence = ""
    for line in lines:
        marks = _FENCE.match(line) if pattern is _LIST else None
        if marks is None:
            if line.startswith("*") and not fence and pattern.match(line):
                yield line
        elif not fence:
            fence = marks[1]
        elif marks[1].startswith(fence):
            fence = ""
