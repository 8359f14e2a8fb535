"""One TeX formula to MathML: rewrites what math-core does not know into what it does, converts, tidies the result.

MathML Core is what Chromium, Firefox and Safari lay out themselves, so slides with formulas need no script at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from slidebuild.passes import math_environments as environments
from slidebuild.passes.math_limits import refusal
from slidebuild.passes.math_mathml import tidied
from slidebuild.passes.math_scan import argument, group_end, rewrite, uses

if TYPE_CHECKING:
    from math_core import LatexToMathML

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


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a formula could not be typeset as it stands."""

    message: str
    """What the converter said, without its offset (which counts in the rewritten TeX)."""
    command: str | None
    """The command it stumbled over, backslash included."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A formula as MathML, or why not, or both: an unknown command is then shown in red amid the rest."""

    mathml: str | None
    problem: Problem | None


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


def text_boxes(tex: str) -> str:
    r"""`\mbox{a}` -> `\text{a}`; `\hbox` and `\textnormal` too."""
    return rewrite(tex, "mbox|hbox|textnormal|textup", 1, lambda a: rf"\text{{{a[0]}}}")


def formulas_in_text(tex: str) -> str:
    r"""`\text{a $x$ b}` -> `{\text{a }{x}\text{ b}}`."""

    def split(found: Sequence[str]) -> str:
        parts = re.split(r"(?<!\\)\$", found[0])
        if len(parts) % 2 == 0:
            return rf"\text{{{found[0]}}}"
        pieces = [f"{{{part}}}" if at % 2 else rf"\text{{{part}}}" if part else "" for at, part in enumerate(parts)]
        return f"{{{''.join(pieces)}}}"

    return rewrite(tex, "text", 1, split)


def stacked_limits(tex: str) -> str:
    r"""`\substack{i<n\\j<m}` -> `{\begin{subarray}{c}i<n\\j<m\end{subarray}}`."""
    return rewrite(tex, "substack", 1, lambda a: rf"{{\begin{{subarray}}{{c}}{a[0]}\end{{subarray}}}}")


def named_operators(tex: str) -> str:
    r"""`\mathop{\mathrm{argmin}}_x` -> `\operatorname*{argmin}_x`, so that limits go below it."""
    return _UPRIGHT_OPERATOR.sub(r"\\operatorname*{\1}", tex)


_UPRIGHT_OPERATOR: Final = re.compile(
    r"\\mathop\s*\{\s*\\(?:mathrm|rm|text|textrm|operatorname)\s*\{((?:[A-Za-z ]|\\[,;: !])+)\}\s*\}(?:\s*\\limits)?"
)


def coloured_arguments(tex: str) -> str:
    r"""`\color{blue}{D}=1` -> `\textcolor{blue}{D}=1`, as MathJax has it; `{\color{blue} D}` stays."""
    return re.sub(r"\\color\s*(\{[^{}]*\})\s*(?=\{)", r"\\textcolor\1", tex)


def web_colours(tex: str) -> str:
    r"""`\color{steelblue}` -> `\color[HTML]{4682B4}`: CSS colours, as in MathJax; the names of xcolor and dvips stay.

    `\textcolor{steelblue}{x}` -> `{\color[HTML]{4682B4}x}`.
    """
    tex = rewrite(tex, "textcolor", 2, lambda a: rf"{{{_colour(a[0])} {a[1]}}}")
    return re.sub(r"\\color\s*\{([^{}\\]*)\}", lambda m: _colour(m[1]), tex)


def _colour(name: str) -> str:
    from PIL import ImageColor

    name = name.strip()
    try:
        red, green, blue = ImageColor.getrgb(name if name.startswith("#") or name.islower() else "")[:3]
    except ValueError:
        return rf"\color{{{name}}}"
    return f"\\color[HTML]{{{red:02X}{green:02X}{blue:02X}}}"


def labels(tex: str) -> str:
    r"""`x\label{eq:a}\nonumber` -> `x`: nothing is numbered and nothing is referred to."""
    return re.sub(r"\\(?:nonumber|notag)(?![A-Za-z])", "", rewrite(tex, "label|require", 1, lambda _: ""))


def decorations(tex: str) -> str:
    r"""`\href{https://x.org}{y}` -> `{y}`; `\class`, `\cssId`, `\style`, `\bbox[…]`, `\colorbox` … too."""
    tex = rewrite(tex, "href|class|cssId|style|htmlClass|data", 2, lambda a: f"{{{a[1]}}}")
    tex = rewrite(tex, "colorbox", 2, lambda a: rf"\text{{{a[1]}}}")
    return rewrite(tex, "bbox", 1, lambda a: f"{{{a[0]}}}", option=True)


def unicode_characters(tex: str) -> str:
    r"""`\unicode{x3bb}` -> `λ`."""

    def character(found: Sequence[str]) -> str:
        code = found[0].strip().lower()
        try:
            number = int(code[1:], 16) if code.startswith("x") else int(code)
            return chr(number) if number > 0x9F and not 0xD800 <= number < 0xE000 else ""
        except (ValueError, OverflowError):
            return ""

    return rewrite(tex, "unicode", 1, character, option=True)


def sizes(tex: str) -> str:
    r"""`\Large x` -> `x`: a formula has the size of its text."""
    return re.sub(r"\\(?:tiny|scriptsize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])\s*", "", tex)


def verbatim(tex: str) -> str:
    r"""`\verb|x_1|` -> `\texttt{x\_1}`."""
    return re.sub(
        r"\\verb\*?([^A-Za-z\s*])(.*?)\1",
        lambda m: r"\texttt{" + re.sub(r"([#$%&_{}])", r"\\\1", m[2].replace("\\", "")) + "}",
        tex,
    )


def angle_fences(tex: str) -> str:
    r"""`\left<x\right>` -> `\left\langle x\right\rangle `."""
    tex = re.sub(r"\\(left|bigl?|Bigl?|biggl?|Biggl?|middle)\s*<", r"\\\1\\langle ", tex)
    return re.sub(r"\\(right|bigr?|Bigr?|biggr?|Biggr?|middle)\s*>", r"\\\1\\rangle ", tex)


def braced_primes(tex: str) -> str:
    r"""`f^{'}` -> `f'`, which would become a superscript of a superscript."""
    return re.sub(r"\^\s*\{\s*('+)\s*\}", r"\1", tex)


REWRITINGS: Final[tuple[Callable[[str], str], ...]] = (
    definitions,
    operator_definitions,
    verbatim,
    text_boxes,
    formulas_in_text,
    stacked_limits,
    named_operators,
    coloured_arguments,
    web_colours,
    labels,
    decorations,
    unicode_characters,
    sizes,
    angle_fences,
    braced_primes,
    environments.row_lengths,
    environments.between_rows,
    environments.equation_arrays,
    environments.aligned_at,
    environments.small_matrices,
    environments.starred_matrices,
    environments.plain_columns,
    environments.vertical_options,
    environments.plain_environments,
    environments.signs_after_alignment,
    environments.loose_rows,
    environments.lone_tag,
)
"""What is done to a formula's TeX before it is converted, in this order."""


def rewritten(tex: str) -> str:
    """TeX as math-core understands it."""
    for rewriting in REWRITINGS:
        tex = rewriting(tex)
    return tex


_COMMAND: Final = re.compile(r"\\[A-Za-z]+\*?|\\.")
_ENVIRONMENT: Final = re.compile(r'environment "([^"]*)"')


@lru_cache(maxsize=4096)
def _convert(tex: str, macros: tuple[tuple[str, str], ...], *, display: bool) -> Conversion:
    refused = refusal(tex)
    if refused is not None:
        return Conversion(None, Problem(refused, None))
    from math_core import LatexError

    source = rewritten(tex)
    try:
        return Conversion(
            tidied(_converter(macros, lenient=False).convert_with_local_state(source, displaystyle=display)), None
        )
    except LatexError as error:
        problem = _problem(str(error))
    try:
        shown = _converter(macros, lenient=True).convert_with_local_state(source, displaystyle=display)
    except LatexError:
        return Conversion(None, problem)
    return Conversion(tidied(shown), problem)


def convert(tex: str, *, display: bool, macros: Mapping[str, str] = NO_MACROS) -> Conversion:
    r"""TeX to MathML (`<math>…</math>`, well-formed HTML). Never raises on any TeX.

    `macros`: names without their backslash and what they stand for (`{"R": r"\mathbb{R}", "v": r"\mathbf{#1}"}`).
    """
    return _convert(tex, tuple(sorted(macros.items())), display=display)


@lru_cache(maxsize=16)
def _converter(macros: tuple[tuple[str, str], ...], *, lenient: bool) -> LatexToMathML:
    from math_core import LatexToMathML

    known = dict(BUILT_IN_MACROS)
    for name, body in macros:
        if _is_usable(name, body):
            known[name] = body
    return LatexToMathML(
        macros=known, allow_unreliable_rendering=True, fancy_error=False, ignore_unknown_commands=lenient
    )


def _is_usable(name: str, body: str) -> bool:
    """Whether math-core takes a macro: one that it does not understand would spoil every formula."""
    from math_core import LatexError, LatexToMathML

    try:
        LatexToMathML(macros={**BUILT_IN_MACROS, name: body}, allow_unreliable_rendering=True, fancy_error=False)
    except LatexError:
        return False
    return True


def _problem(said: str) -> Problem:
    """math-core's `12: Unknown command "\\foo".` as a problem."""
    message = re.sub(r"^(?:\w+:)?\d+: ", "", said).removesuffix(".")
    environment = _ENVIRONMENT.search(message)
    if environment:
        return Problem(message, rf"\begin{{{environment[1]}}}")
    command = _COMMAND.search(message)
    return Problem(message, command[0] if command else None)


_DEFINITION: Final = re.compile(r"\\def\s*\\([A-Za-z]+)((?:#[1-9])*)(?=\{)")


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
