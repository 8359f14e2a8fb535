"""One TeX formula to MathML: rewrites what math-core does not know into what it does, converts, tidies the result.

MathML Core is what Chromium, Firefox and Safari lay out themselves, so slides with formulas need no script at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from slidebuild.passes import math_environments as environments
from slidebuild.passes.math_boxes import colour_boxes
from slidebuild.passes.math_limits import LONGEST, refusal
from slidebuild.passes.math_macros import (
    BUILT_IN_MACROS,
    NO_MACROS,
    STAND_IN,
    definitions,
    operator_definitions,
    references,
    written_tags,
)
from slidebuild.passes.math_mathml import tidied
from slidebuild.passes.math_scan import rewrite
from slidebuild.patterns import regex
from slidebuild.records import dataclass

if TYPE_CHECKING:
    from math_core import LatexToMathML


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


_UPRIGHT_OPERATOR: Final = regex(
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
    r"""`x\label{eq:a}\nonumber` -> `x`: nothing is numbered, and labels have been read."""
    return re.sub(r"\\(?:nonumber|notag)(?![A-Za-z])", "", rewrite(tex, "label|require", 1, lambda _: ""))


def decorations(tex: str) -> str:
    r"""`\href{https://x.org}{y}` -> `{y}`; `\class`, `\cssId`, `\style` … too."""
    tex = rewrite(tex, "href|class|cssId|style|htmlClass|data", 2, lambda a: f"{{{a[1]}}}")
    return rewrite(tex, "bbox|shoveleft|shoveright", 1, lambda a: f"{{{a[0]}}}", option=True)


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


def control_spaces(tex: str) -> str:
    r"""`a\
b` -> `a\ b`: a line end behind a single backslash is a blank, as in TeX."""
    return re.sub(r"\\(?:(\n)|.)", lambda m: r"\ " if m[1] else m[0], tex, flags=re.S)


REWRITINGS: Final[tuple[Callable[[str], str], ...]] = (
    control_spaces,
    definitions,
    operator_definitions,
    verbatim,
    text_boxes,
    colour_boxes,
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
    environments.single_rules,
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


_COMMAND: Final = regex(r"\\[A-Za-z]+\*?|\\.")
_MATH_TAG: Final = regex("</?math[^>]*>")
_ENVIRONMENT: Final = regex(r'environment "([^"]*)"')


@lru_cache(maxsize=4096)
def _convert(tex: str, macros: tuple[tuple[str, str], ...], *, display: bool) -> Conversion:
    refused = refusal(tex)
    if refused is not None:
        return Conversion(None, Problem(refused, None))
    from math_core import LatexError

    numbered, tags = written_tags(tex)
    source = rewritten(numbered)
    problem = _problem_of_macros(tex, dict(macros))
    try:
        converted = _converter(macros, lenient=False).convert_with_local_state(source, displaystyle=display)
        return Conversion(_with_tags(tidied(converted), tags, macros), problem)
    except LatexError as error:
        problem = _problem(str(error), dict(macros))
    try:
        shown = _converter(macros, lenient=True).convert_with_local_state(source, displaystyle=display)
    except LatexError:
        return Conversion(None, problem)
    return Conversion(_with_tags(tidied(shown), tags, macros), problem)


def _with_tags(mathml: str, tags: Sequence[str], macros: tuple[tuple[str, str], ...]) -> str:
    """The tags that `written_tags` has taken out, typeset, back in their places."""
    for place, tag in enumerate(tags):
        conversion = _convert(rf"\text{{{tag}}}", macros, display=False)
        inner = _MATH_TAG.sub("", conversion.mathml or "<mtext>?</mtext>")
        for before, after in (("(", ")"), ("", "")):
            stand_in = f"<mtext>{before}{STAND_IN}{place}{after}</mtext>"
            around = [f"<mtext>{mark}</mtext>" if mark else "" for mark in (before, after)]
            mathml = mathml.replace(stand_in, f"<mrow>{around[0]}{inner}{around[1]}</mrow>")
    return mathml


def convert(
    tex: str, *, display: bool, macros: Mapping[str, str] = NO_MACROS, labels: Mapping[str, str] = NO_MACROS
) -> Conversion:
    r"""TeX to MathML (`<math>…</math>`, well-formed HTML). Never raises on any TeX.

    `macros`: names without their backslash and what they stand for (`{"R": r"\mathbb{R}", "v": r"\mathbf{#1}"}`);
    `labels`: those of equations with the tags that they stand for (`defined_labels`).
    """
    if len(tex) > LONGEST:
        return _convert(tex, (), display=display)
    referring, unknown = references(tex, labels)
    conversion = _convert(referring, tuple(sorted(macros.items())), display=display)
    if unknown is None or conversion.mathml is None:
        return conversion
    return Conversion(conversion.mathml, Problem(f"No numbered equation has the label {unknown}", unknown))


@lru_cache(maxsize=16)
def _converter(macros: tuple[tuple[str, str], ...], *, lenient: bool) -> LatexToMathML:
    from math_core import LatexToMathML

    known = dict(BUILT_IN_MACROS)
    for name, body in macros:
        if _fault(name, plain := _macro(body)) is None:
            known[name] = plain
    return LatexToMathML(
        macros=known, allow_unreliable_rendering=True, fancy_error=False, ignore_unknown_commands=lenient
    )


@lru_cache(maxsize=1024)
def _fault(name: str, body: str) -> str | None:
    """Why math-core does not take a macro: one that it does not understand would spoil every formula."""
    from math_core import LatexError, LatexToMathML

    try:
        LatexToMathML(macros={**BUILT_IN_MACROS, name: body}, allow_unreliable_rendering=True, fancy_error=False)
    except LatexError as error:
        return _said(str(error))
    return None


def _macro(body: str) -> str:
    """A macro's body as math-core understands it. Whole formulas are wrapped by the last rewritings, parts are not."""
    for rewriting in REWRITINGS:
        if rewriting not in (environments.loose_rows, environments.lone_tag):
            body = rewriting(body)
    return body


def _said(error: str) -> str:
    """math-core's `12: Unknown command "\\foo".` without place and full stop."""
    return re.sub(r"^(?:\w+:)?\d+: ", "", error).removesuffix(".")


def _problem(error: str, macros: Mapping[str, str]) -> Problem:
    message = _said(error)
    environment = _ENVIRONMENT.search(message)
    if environment:
        return Problem(message, rf"\begin{{{environment[1]}}}")
    found = _COMMAND.search(message)
    return _problem_of_macros(found[0] if found else "", macros) or Problem(message, found[0] if found else None)


def _problem_of_macros(tex: str, macros: Mapping[str, str]) -> Problem | None:
    """What is wrong with the first macro that a formula uses and math-core does not take."""
    for command in _COMMAND.findall(tex) if macros else ():
        body = macros.get(command[1:])
        fault = _fault(command[1:], _macro(body)) if body is not None else None
        if fault is not None:
            return Problem(f"The macro {command} is not understood: {fault[:1].lower()}{fault[1:]}", command)
    return None
