"""TeX environments that math-core 0.9 does not know, or numbers although MathJax by default does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from slidebuild.passes.math_scan import group_end, split_rows
from slidebuild.patterns import regex

_PLAIN: Final = MappingProxyType(
    {
        "align": "aligned",
        "align*": "aligned",
        "flalign": "aligned",
        "flalign*": "aligned",
        "split": "aligned",
        "gather": "gathered",
        "gather*": "gathered",
        "multline": "gathered",
        "multline*": "gathered",
        "equation": "",
        "equation*": "",
        "displaymath": "",
        "math": "",
    }
)
"""Environment -> the unnumbered one that is as wide as its contents; empty: only the contents stay."""

_TAGGED: Final = MappingProxyType(
    {"align": "align*", "flalign": "align*", "flalign*": "align*", "split": "aligned", "gather": "gather*"}
    | {"multline": "multline*", "equation": "equation*", "displaymath": "equation*", "math": "equation*"}
)
"""The same where a `\\tag` needs an environment as wide as the slide."""

_ENVIRONMENT: Final = regex(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_ROW_LENGTH: Final = regex(r"(\\\\)(?:\*|\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|px|mu|in|bp|pc)\s*\])")
_VERTICAL_OPTION: Final = regex(r"(\\begin\s*\{(?:aligned|gathered|alignedat|array|split)\})\s*\[[tcb]\]")
_STARRED_MATRIX: Final = regex(r"\\(begin|end)\s*\{([pbBvV]?matrix)\*\}(?:\s*\[[lcr]\])?")
_REPEATED_COLUMN: Final = regex(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}")
_COLUMN_EXTRA: Final = regex(r"[@!<>]\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_WIDE_COLUMN: Final = regex(r"[pmb]\s*\{[^{}]*\}|X")


def plain_environments(tex: str) -> str:
    r"""`\begin{align}a&=b\end{align}` -> `\begin{aligned}a&=b\end{aligned}`; `split`, `gather` … likewise."""
    names = _TAGGED if r"\tag" in tex else _PLAIN

    def rename(match: re.Match[str]) -> str:
        new = names.get(match[2])
        if new is None:
            return match[0]
        return f"\\{match[1]}{{{new}}}" if new else ""

    return _ENVIRONMENT.sub(rename, tex)


def _rewrite_bodies(tex: str, names: str, make: Callable[[str], str]) -> str:
    """Replace each environment (a pattern of names) by what `make` makes of its body, the last one first."""
    for begin in reversed(list(re.finditer(rf"\\begin\s*\{{({names})\}}", tex))):
        end = re.compile(rf"\\end\s*\{{{re.escape(begin[1])}\}}").search(tex, begin.end())
        if end is not None:
            tex = tex[: begin.start()] + make(tex[begin.end() : end.start()]) + tex[end.end() :]
    return tex


def equation_arrays(tex: str) -> str:
    r"""`\begin{eqnarray}a&=&b\end{eqnarray}` -> `\begin{align}a&=b\end{align}`: the second `&` of a row goes."""

    def align(body: str) -> str:
        rows = ["&".join([*row[:1], "".join(row[1:])]) if len(row) > 1 else row[0] for row in split_rows(body)]
        return r"\begin{align}" + "".join(rows) + r"\end{align}"

    return _rewrite_bodies(tex, r"eqnarray\*?", align)


def aligned_at(tex: str) -> str:
    r"""`\begin{alignat}{2}a&=b\end{alignat}` -> `\begin{align}a&=b\end{align}`."""
    return re.sub(r"\\(begin|end)\s*\{align(ed)?at\*?\}(\s*\{\d+\})?", lambda m: rf"\{m[1]}{{align{m[2] or ''}}}", tex)


def small_matrices(tex: str) -> str:
    r"""`\begin{smallmatrix}a&b\end{smallmatrix}` -> `\begin{subarray}{cc}a&b\end{subarray}`."""

    def subarray(body: str) -> str:
        columns = max(len(row) for row in split_rows(body))
        return rf"\begin{{subarray}}{{{'c' * columns}}}{body}\end{{subarray}}"

    return _rewrite_bodies(tex, "smallmatrix", subarray)


def starred_matrices(tex: str) -> str:
    r"""`\begin{pmatrix*}[r]a\end{pmatrix*}` -> `\begin{pmatrix}a\end{pmatrix}`."""
    return _STARRED_MATRIX.sub(r"\\\1{\2}", tex)


def plain_columns(tex: str) -> str:
    r"""`\begin{array}{@{}l*{2}{r}p{2cm}}` -> `\begin{array}{lrrl}`; `l c r | :` stay."""
    for begin in reversed(list(re.finditer(r"\\begin\s*\{array\}\s*(?=\{)", tex))):
        end = group_end(tex, begin.end())
        if end is not None:
            columns = tex[begin.end() + 1 : end - 1]
            columns = _REPEATED_COLUMN.sub(lambda m: m[2] * int(m[1]), columns)
            columns = _WIDE_COLUMN.sub("l", _COLUMN_EXTRA.sub("", columns))
            tex = f"{tex[: begin.end()]}{{{columns}}}{tex[end:]}"
    return tex


def vertical_options(tex: str) -> str:
    r"""`\begin{aligned}[t]` -> `\begin{aligned}`."""
    return _VERTICAL_OPTION.sub(r"\1", tex)


def row_lengths(tex: str) -> str:
    r"""`a\\[1ex]b` -> `a\\b`, which would show the brackets; `\\*` likewise."""
    return _ROW_LENGTH.sub(r"\1", tex)


def between_rows(tex: str) -> str:
    r"""`a\\\intertext{so}b` -> `a\\\text{so}\\b`."""
    return re.sub(r"\\(?:short)?intertext\s*(\{[^{}]*\})", r"\\text\1\\\\", tex)


def signs_after_alignment(tex: str) -> str:
    r"""`\begin{aligned}a&=b\\&+c\end{aligned}` -> `\begin{aligned}a&=b\\&{}+c\end{aligned}`: spaces of a sum."""

    def sum_signs(body: str) -> str:
        rows = (
            "&".join("{}" + cell if at % 2 and cell.lstrip()[:1] in ("+", "-") else cell for at, cell in enumerate(row))
            for row in split_rows(body)
        )
        return r"\begin{aligned}" + "".join(rows) + r"\end{aligned}"

    return _rewrite_bodies(tex, "aligned", sum_signs)


def loose_rows(tex: str) -> str:
    r"""`a\\b` -> `\begin{gathered}a\\b\end{gathered}` outside of every environment, as MathJax shows it."""
    rows = split_rows(tex)
    if len(rows) == 1 or (len(rows) == 2 and not "".join(rows[1]).strip()):
        return tex
    inner = "aligned" if any(len(row) > 1 for row in rows) else "gathered"
    return rf"\begin{{{inner}}}{tex}\end{{{inner}}}"


def lone_tag(tex: str) -> str:
    r"""`x\tag{1}` -> `\begin{equation*}x\tag{1}\end{equation*}`; a tag inside an environment stays."""
    if r"\tag" not in tex or re.search(r"\\begin\s*\{(?:align|gather|equation|multline)\*\}", tex):
        return tex
    return rf"\begin{{equation*}}{tex}\end{{equation*}}"


def single_rules(tex: str) -> str:
    r"""`\hline\hline a` -> `\hline a`: two rules above each other are one."""
    return re.sub(r"\\hline\s*(?=\\hline(?![A-Za-z]))", "", tex)
