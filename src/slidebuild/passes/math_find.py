"""Where the formulas of a text are: pandoc's rule for `$…$` together with MathJax's for braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from slidebuild.markdown.formulas import is_tex
from slidebuild.patterns import regex
from slidebuild.records import dataclass

_OPENING: Final = regex(
    r"\\begin\{(?P<environment>(?:equation|align|alignat|flalign|gather|multline|eqnarray)\*?|displaymath|math"
    r"|[pbBvV]?matrix\*?|smallmatrix|d?cases|array|aligned|gathered|split|subarray)\}"
    r"|\\(?:eq)?ref\{[^{}$\n]+\}|\\[\\$(\[]|\$\$?"
)
_DISPLAY_END: Final = regex(r"(?:[^\\$]|\\.|\$(?!\$))*+\$\$", re.S)
_STEP: Final = regex(r"\\.|[{}]|\$\$?|\n[ \t]*\n", re.S)

LONGEST_INLINE: Final = 1_000
"""Characters up to which the end of an inline formula is looked for; keeps the time linear on hostile text."""

LONGEST_ENVIRONMENT: Final = 10_000
"""The same for environments that stand in the text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A formula, or an escaped dollar, and where it is in the text."""

    start: int
    end: int
    tex: str | None
    """What stands between the delimiters; None for `\\$`, a dollar sign and no formula."""
    display: bool = False


def find_formulas(text: str) -> Iterator[Found]:
    r"""The formulas of a text, left to right.

    `$$…$$`, `\[…\]` and environments such as `\begin{align}…\end{align}` are display formulas; `$…$`, `\(…\)` and
    references (`\ref{…}`, `\eqref{…}`) inline ones. An inline `$` is followed by no blank, its partner has no blank
    before it, unless what stands between is plainly TeX. Behind it stand neither a digit nor `{` (`$5 and $6`, `$a${b}`
    are text). They stand in one paragraph, and the braces between them are balanced.
    """
    at = 0
    last = {"\\(": text.rfind("\\)"), "\\[": text.rfind("\\]")}
    while opening := _OPENING.search(text, at):
        is_open = opening.end() > last.get(opening[0], len(text))
        found = None if is_open else _from(text, opening)
        if found is not None:
            yield found
        at = found.end if found is not None else opening.end()


def _from(text: str, opening: re.Match[str]) -> Found | None:
    start, body = opening.span()
    if opening["environment"] is not None:
        end = _environment_end(text, body, re.escape(opening["environment"]))
        return None if end is None else Found(start, end, text[start:end], display=True)
    match opening[0]:
        case reference if reference.endswith("}"):
            return Found(start, body, reference)
        case "\\$":
            return Found(start, body, None)
        case "\\(" | "\\[":
            display = opening[0] == "\\["
            end = text.find("\\]" if display else "\\)", body)
            return None if end < 0 else Found(start, end + 2, text[body:end], display)
        case "$$":
            closing = _display_end(text, body)
            return None if closing is None else Found(start, closing + 2, text[body:closing], display=True)
        case "$":
            closing = _inline_end(text, body)
            if closing is None:
                return None
            has_blanks = text[body].isspace() or text[closing - 1].isspace()
            if has_blanks and not is_tex(text[body:closing]):
                return None
            after = text[closing + 1 : closing + 2]
            return None if after.isdigit() or after == "{" else Found(start, closing + 1, text[body:closing])
        case _:
            return None


def _display_end(text: str, at: int) -> int | None:
    """Where the next `$$` is; single dollars (`\\text{a $x$}`) and escaped ones do not matter."""
    closing = _DISPLAY_END.match(text, at)
    return closing.end() - 2 if closing and closing.end() - 2 > at else None


def _inline_end(text: str, at: int) -> int | None:
    """Where the `$` is that closes an inline formula, outside of all braces; None when there is no such."""
    depth = 0
    for step in _STEP.finditer(text, at, at + LONGEST_INLINE):
        match step[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
                if depth < 0:
                    return None
            case "$" if depth == 0:
                return step.start() if step.start() > at else None
            case "$$" if depth == 0:
                return None
            case token if token.startswith("\n"):
                return None
            case _:
                pass
    return None


def _environment_end(text: str, at: int, name: str) -> int | None:
    """Behind the `\\end` of an environment; such as have its name may stand inside."""
    depth = 1
    for token in re.finditer(rf"\\(begin|end)\{{{name}\}}", text[at : at + LONGEST_ENVIRONMENT]):
        depth += 1 if token[1] == "begin" else -1
        if depth == 0:
            return at + token.end()
    return None
