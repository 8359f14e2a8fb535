r"""Numbers of equations: which rows of a formula bear one, and the `\tag`s that show them.

The rules are LaTeX's, as MathJax's option `tags` has them: `ams` numbers each row of `equation`, `align`, `gather` …
that neither says `\notag` nor has a `\tag` of its own, starred environments not; `all` other display formulas, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from slidebuild.passes.math_environments import loose_rows
from slidebuild.passes.math_macros import defined_labels, labels_of_row
from slidebuild.passes.math_scan import split_rows
from slidebuild.patterns import regex
from slidebuild.records import dataclass

Tags: TypeAlias = Literal["none", "ams", "all"]

_BEGIN: Final = regex(r"\\begin\s*\{(?P<name>(?:equation|align|alignat|flalign|gather|multline|eqnarray)\*?)\}")
_ONE_NUMBER: Final = frozenset(("equation", "multline"))
_BEFORE: Final = regex(
    r"\s*(?:\\(?:(?:re)?newcommand|providecommand|def|DeclareMathOperator|label|require)(?![A-Za-z]).*)?", re.S
)
"""What may stand before an environment that is still a whole formula: definitions."""
_AFTER: Final = regex(r"[\s.,;]*")
_UNNUMBERED: Final = regex(r"\\(?:notag|nonumber|tag\*?)(?![A-Za-z])")
_NOTHING: Final = regex(r"\s*(?:\[[^\]]*\])?\s*(?:\\hline\s*)*")
"""What follows the last line break of a table without being a row."""
_DEFINES: Final = regex(r"\\(?:(?:re)?newcommand|providecommand|def|DeclareMathOperator)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of an equation: a stretch of its TeX."""

    start: int
    end: int
    """Before the line break."""
    has_number: bool


def is_equation(tex: str, tags: Tags) -> bool:
    """Whether a display formula bears numbers or labels, so that the deck has to know of it."""
    return "\\label" in tex or count_numbers(tex, tags) > 0


def count_numbers(tex: str, tags: Tags) -> int:
    """How many numbers a display formula takes."""
    if tags == "none":
        return 0
    return sum(row.has_number for row in _rows(tex, tags))


def with_numbers(tex: str, numbers: Sequence[str], tags: Tags) -> str:
    r"""`\begin{align}a\\b\end{align}` and `1`, `2` -> `\begin{align}a\tag{1}\\b\tag{2}\end{align}`."""
    if not numbers or tags == "none":
        return tex
    rows = [row for row in _rows(tex, tags) if row.has_number]
    if _environment(tex) is None:
        return rf"{loose_rows(tex)}\tag{{{numbers[0]}}}"
    for row, number in reversed(list(zip(rows, numbers, strict=False))):
        tex = rf"{tex[: row.end]}\tag{{{number}}}{tex[row.end :]}"
    return tex


def labels(tex: str, numbers: Sequence[str], tags: Tags) -> dict[str, str]:
    r"""Labels of a display formula and the tags that they stand for: `{"label:eq:a": "1"}`."""
    numbered = with_numbers(tex, numbers, tags)
    if _environment(numbered) is None and not numbers:
        return defined_labels(numbered)
    found: dict[str, str] = {}
    for row in _rows(numbered, "all"):
        found |= labels_of_row(numbered[row.start : row.end])
    return found


def _environment(tex: str) -> tuple[str, int, int] | None:
    """The environment that a formula consists of, and where its body is; None where it is none or only a part."""
    begin = _BEGIN.search(tex)
    if begin is None or not _BEFORE.fullmatch(tex, 0, begin.start()):
        return None
    end = tex.rfind(rf"\end{{{begin['name']}}}")
    behind = end + len(rf"\end{{{begin['name']}}}")
    return (begin["name"], begin.end(), end) if end >= 0 and _AFTER.fullmatch(tex, behind) else None


def _rows(tex: str, tags: Tags) -> Iterator[_Row]:
    environment = _environment(tex)
    if environment is None:
        is_numbered = tags == "all" and not (_BEGIN.search(tex) or _UNNUMBERED.search(tex) or _only_defines(tex))
        yield _Row(0, len(tex), is_numbered)
        return
    name, start, end = environment
    is_starred = name.endswith("*")
    if name.rstrip("*") in _ONE_NUMBER:
        yield _Row(start, end, not is_starred and not _UNNUMBERED.search(tex, start, end))
        return
    rows = split_rows(tex[start:end])
    for place, cells in enumerate(rows):
        text = "&".join(cells)
        is_last = place == len(rows) - 1
        row = _Row(start, start + len(text) - (0 if is_last else 2), not is_starred and not _UNNUMBERED.search(text))
        start += len(text)
        if not (is_last and place > 0 and _NOTHING.fullmatch(text)):
            yield row


def _only_defines(tex: str) -> bool:
    """Whether nothing would be shown of a formula."""
    from slidebuild.passes.math_tex import convert

    if not _DEFINES.search(tex):
        return False
    mathml = convert(tex, display=True).mathml
    return mathml is not None and not re.sub("<[^>]*>", "", mathml).strip()
