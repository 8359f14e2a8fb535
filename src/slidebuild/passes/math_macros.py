"""Macros of formulas: those there are, those a deck defines, and names for tagged equations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from slidebuild.passes.counted import LABEL
from slidebuild.passes.math_scan import argument, group_end, rewrite, split_rows, uses
from slidebuild.patterns import regex

NO_MACROS: Final[Mapping[str, str]] = MappingProxyType({})

BUILT_IN_MACROS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Q": r"\mathbb{Q}",
        "C": r"\mathbb{C}",
        "pmb": r"\boldsymbol{#1}",
        "mathbfit": r"\boldsymbol{#1}",
        "mathds": r"\mathbb{#1}",
        "mathbbm": r"\mathbb{#1}",
        "scr": r"\mathscr{#1}",
        "mathup": r"\mathrm{#1}",
        "mathnormal": r"\mathit{#1}",
        "ensuremath": r"{#1}",
        "vcenter": r"{#1}",
        "smash": r"{#1}",
        "rlap": r"{#1}",
        "llap": r"{#1}",
        "mathllap": r"{#1}",
        "mathrlap": r"{#1}",
        "mathclap": r"{#1}",
        "cancelto": r"\overset{#1}{\cancel{#2}}",
        "overunderset": r"\overset{#1}{\underset{#2}{#3}}",
        "nicefrac": r"{}^{#1}\!/_{#2}",
        "sfrac": r"{}^{#1}\!/_{#2}",
        "varinjlim": r"\underrightarrow{\lim}",
        "varprojlim": r"\underleftarrow{\lim}",
        "varliminf": r"\underline{\lim}",
        "varlimsup": r"\overline{\lim}",
        "dotsb": r"\cdots",
        "dotsm": r"\cdots",
        "dotsi": r"\cdots",
        "dotso": r"\ldots",
        "hdots": r"\ldots",
        "enskip": r"\enspace",
        "centerdot": r"\cdot",
        "sdot": r"\cdot",
        "smallsetminus": r"\setminus",
        "thicksim": r"\sim",
        "smallint": r"\int",
        "hfil": r"\quad",
        "hfill": r"\quad",
        "strut": r"\mathstrut",
        "TeX": r"\text{TeX}",
        "LaTeX": r"\text{LaTeX}",
    }
)
"""Commands of MathJax and KaTeX that math-core 0.9 lacks, as its macros. A deck's own definitions win."""


def definitions(tex: str) -> str:
    r"""`\newcommand{\R}[1]{x#1}` -> `\def\R#1{x#1}`, which does not mind whether `\R` exists; renew and provide too."""

    def as_def(found: Sequence[str]) -> str:
        return rf"\def{found[0].strip()}{{{found[1]}}}"

    names = r"(?:re)?newcommand\*?|providecommand\*?"
    for start, end in uses(tex, names):
        name = argument(tex, end)
        count = re.compile(r"\s*\[([1-9])\]").match(tex, name[1]) if name else None
        body = argument(tex, count.end() if count else name[1]) if name else None
        if name and body:
            parameters = "".join(f"#{n}" for n in range(1, int(count[1]) + 1 if count else 1))
            tex = f"{tex[:start]}\\def{name[0].strip()}{parameters}{{{body[0]}}}{tex[body[1] :]}"
    return tex


def operator_definitions(tex: str) -> str:
    r"""`\DeclareMathOperator*{\foo}{foo}` -> `\def\foo{\operatorname*{foo}}`."""
    for star in (r"\*", ""):
        tex = rewrite(
            tex,
            f"DeclareMathOperator{star}",
            2,
            lambda a, s=star[1:]: rf"\def{a[0].strip()}{{\operatorname{s}{{{a[1]}}}}}",  # type: ignore[misc]
        )
    return tex


_DEFINITION: Final = regex(r"\\def\s*\\([A-Za-z]+)((?:#[1-9])*)(?=\{)")


def defined_macros(tex: str) -> dict[str, str]:
    r"""What a formula defines: `\newcommand{\R}{\mathbb{R}}` -> `{"R": r"\mathbb{R}"}`; `\def`, operators too."""
    if "\\def" not in tex and "command" not in tex and "\\Declare" not in tex:
        return {}
    plain = operator_definitions(definitions(tex))
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(plain):
        end = group_end(plain, match.end())
        if end is not None:
            found[match[1]] = plain[match.end() + 1 : end - 1]
    return found


STAND_IN: Final = "sbtag"

_LABEL: Final = regex(r"\\label\s*\{([^{}]*)\}")
_TAGGED: Final = regex(r"\\tag\s*(\*?)\s*(?=\{)")


def defined_labels(tex: str) -> dict[str, str]:
    r"""Labels of equations with a tag: `x\tag{1}\label{eq:a}` -> `{"label:eq:a": "1"}`, each row for itself."""
    found: dict[str, str] = {}
    if r"\label" not in tex or r"\tag" not in tex:
        return found
    inside = re.sub(r"\\(?:begin|end)\s*\{[A-Za-z]+\*?\}", "", tex)
    for row in split_rows(inside):
        found |= labels_of_row("&".join(row))
    return found


def labels_of_row(tex: str) -> dict[str, str]:
    """The label of one row of an equation with the tag that it stands for; nothing where it has no label or no tag."""
    label, tag = _LABEL.search(tex), _TAGGED.search(tex)
    end = group_end(tex, tag.end()) if tag else None
    return {LABEL + label[1].strip(): tex[tag.end() + 1 : end - 1]} if label and tag and end is not None else {}


_REFERENCE: Final = regex(r"\s*\\(?:eq)?ref\s*\{([^{}]+)\}\s*")


def reference_of(tex: str) -> str:
    r"""The label in `\ref{…}` or `\eqref{…}`; empty for a formula that is more than this."""
    found = _REFERENCE.fullmatch(tex)
    return found[1].strip() if found else ""


def references(tex: str, macros: Mapping[str, str]) -> tuple[str, str | None]:
    r"""`\eqref{eq:a}` -> `\text{(1)}`, `\ref{eq:a}` -> `\text{1}`; `???` and the first label that none has."""
    missing: list[str] = []

    def number(found: Sequence[str]) -> str:
        tag = macros.get(LABEL + found[0].strip())
        if tag is None:
            missing.insert(0, found[0].strip())
        return "???" if tag is None else tag

    if "ref" in tex:
        tex = rewrite(tex, "eqref", 1, lambda a: rf"\text{{({number(a)})}}")
        tex = rewrite(tex, "ref", 1, lambda a: rf"\text{{{number(a)}}}")
    return tex, missing[0] if missing else None


def written_tags(tex: str) -> tuple[str, tuple[str, ...]]:
    r"""`x\tag{$\ast$}` -> `x\tag{sbtag0}`, for math-core takes only plain text there; and the tags taken out."""
    taken: list[str] = []
    for found in reversed(list(_TAGGED.finditer(tex))):
        end = group_end(tex, found.end())
        text = tex[found.end() + 1 : end - 1] if end is not None else ""
        if end is not None and (not text.isascii() or set("\\$'{}^_~") & set(text)):
            tex = f"{tex[: found.end()]}{{{STAND_IN}{len(taken)}}}{tex[end:]}"
            taken.append(text)
    return tex, tuple(taken)
