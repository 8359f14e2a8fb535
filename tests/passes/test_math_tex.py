"""TeX to MathML: what is rewritten, what is refused."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slidebuild.passes import math_environments, math_macros, math_tex
from slidebuild.passes.math_limits import refusal
from slidebuild.passes.math_macros import BUILT_IN_MACROS
from slidebuild.passes.math_tex import REWRITINGS, convert, rewritten


def text_of(tex: str, *, display: bool = True) -> str:
    """Text of the MathML of a formula that must be fine."""
    conversion = convert(tex, display=display)
    assert conversion.problem is None
    assert conversion.mathml is not None
    text = re.sub("<[^>]*>|&ApplyFunction;", "", conversion.mathml)
    return re.sub(r"[^\S ]", " ", text)


def examples() -> list[tuple[str, str, str]]:
    """Each rewriting with the example of its docstring: `before` -> `after`."""
    found = []
    for rewriting in REWRITINGS:
        example = re.search(r"`([^`]+)` -> `([^`]+)`", rewriting.__doc__ or "")
        if example:
            found.append((rewriting.__name__, example[1], example[2]))
    return found


@pytest.mark.parametrize(("name", "before", "after"), examples())
def test_rewriting_does_what_its_docstring_says(name, before, after):
    module = next(module for module in (math_tex, math_macros, math_environments) if hasattr(module, name))
    assert getattr(module, name)(before) == after


def test_every_rewriting_has_an_example():
    assert len(examples()) == len(REWRITINGS)


@pytest.mark.parametrize("name", sorted(BUILT_IN_MACROS))
def test_built_in_macro_is_understood(name):
    arguments = "{x}" * len(set(re.findall("#[1-9]", BUILT_IN_MACROS[name])))
    assert convert(f"\\{name}{arguments}", display=True).problem is None


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\begin{eqnarray} a &=& b \\ & + & c \nonumber \end{eqnarray}", "a=b+c"),
        (r"\begin{split}a&=b\\&=c\end{split}", "a=b=c"),
        (r"\begin{alignat}{2}a&=b\end{alignat}", "a=b"),
        (r"\begin{align}a&=b\label{eq:x}\end{align}", "a=b"),
        (r"\begin{equation}x\tag{7}\end{equation}", "x(7)"),
        (r"x\tag{7}", "x(7)"),
        (r"\begin{multline}\shoveleft{a}\\b\end{multline}", "ab"),
        (r"x\tag{$\ast$}", "x(∗)"),
        (r"x\tag*{né}", "xné"),
        (r"\begin{array}{c}\hline\hline a\\\hline\end{array}", "a"),
        ("a\\\nb", "a b"),
        (r"\sum_{\substack{i<n\\j<m}}x", "∑i&lt;nj&lt;mx"),
        (r"\bigl(\begin{smallmatrix}a&b\\c&d\end{smallmatrix}\bigr)", "(abcd)"),
        (r"\begin{pmatrix*}[r]a\\b\end{pmatrix*}", "(ab)"),
        (r"\begin{array}{@{}l*{2}{r}}a&b&c\\[1ex]\hline\end{array}", "abc"),
        (r"\text{if $x$ is}", "if x is"),
        (r"\mbox{if } x", "if x"),
        (r"\newcommand{\R}{\mathbb{R}}\R", "ℝ"),
        (r"\renewcommand\foo[1]{(#1)}\foo{x}", "(x)"),
        (r"\DeclareMathOperator*{\argsup}{arg\,sup}\argsup", "arg sup"),
        (r"\require{cancel}\cancel{x}", "x"),
        (r"\unicode{x3bb}", "λ"),
        (r"\verb|x_1|", "x_1"),
        (r"\left<x\right>", "⟨x⟩"),
        (r"\mathcal{L}", "ℒ"),
        (r"\textbf{A}\mathbf{\theta}", "𝐀𝛉"),
        (r"p_\vec{w}(y|x)", "pw⃗(y|x)"),
        (r"a\\b", "ab"),
        ("  ", ""),
    ],
)
def test_formula_is_typeset(tex, text):
    assert text_of(tex) == text


def test_colour_with_argument_colours_its_argument_only():
    mathml = convert(r"\color{blue}{D} = 1", display=False).mathml or ""
    assert re.fullmatch(r"<math><mrow style=\"color:#0000FF;\">.*?</mrow><mo.*", mathml)


@pytest.mark.parametrize("colour", ["steelblue", "#08c", "red", "RoyalBlue", "rgb(1,2,3)"])
def test_colours_of_css_and_dvips_are_known(colour):
    assert text_of(rf"\textcolor{{{colour}}}{{x}}") == "x"


def test_sign_at_the_start_of_a_cell_is_a_sign():
    mathml = convert(r"\begin{matrix}-x\end{matrix}", display=True).mathml or ""
    assert '<mtd><mo lspace="0" rspace="0">−</mo>' in mathml


def test_rule_below_an_array_takes_no_row_of_its_own():
    mathml = convert(r"\begin{array}{|c|}a\\\hline b\\\hline\end{array}", display=True).mathml or ""
    assert mathml.count("<mtr>") == 2
    assert 'border-left: 0.05em solid currentcolor;border-bottom: 0.05em solid currentcolor;"' in mathml


@pytest.mark.parametrize("tex", [r"\left(x_i^2\right)", r"\left|a\right|", r"\left[f(x)+1\right]"])
def test_brackets_around_what_is_flat_do_not_stretch(tex):
    assert "<mo>" + tex[5] not in (convert(tex, display=True).mathml or "")


@pytest.mark.parametrize("tex", [r"\left(\frac ab\right)", r"\left(\sum x\right)", r"\left(\int\right)"])
def test_brackets_around_what_is_tall_stretch(tex):
    assert "<mo>(" in (convert(tex, display=True).mathml or "")


@pytest.mark.parametrize(
    ("macros", "tex", "text"),
    [
        ({"RR": r"\mathbb{R}"}, r"\RR^n", "ℝn"),
        ({"E": r"\operatorname{E}\left[#1\right]"}, r"\E{x}", "E&ApplyFunction;[x]"),
        ({"argsup": r"\mathop{\mathrm{arg\,sup}}"}, r"\argsup_x", "arg\u2009supx"),
        ({"Q": "q"}, r"\Q", "q"),
    ],
)
def test_macros_of_a_deck_are_understood(macros, tex, text):
    conversion = convert(tex, display=True, macros=macros)
    assert conversion.problem is None
    assert re.sub("<[^>]*>", "", conversion.mathml or "") == text


@pytest.mark.parametrize(("command", "strokes"), [("cancel", 1), ("bcancel", 1), ("xcancel", 2), ("boxed", 0)])
def test_strokes_are_elements_that_print_sharp(command, strokes):
    mathml = convert(rf"\{command}{{x}}", display=False).mathml or ""
    assert mathml.count('<mrow class="sb-strike-') == strokes


def test_limits_go_below_a_named_operator():
    assert "<munder>" in (convert(r"\mathop{\mathrm{argmin}}_x", display=True).mathml or "")


@pytest.mark.parametrize(
    ("tex", "command"), [(r"a + \nosuch{x}", r"\nosuch"), (r"\begin{nosuch}\end{nosuch}", r"\begin{nosuch}")]
)
def test_problem_names_what_is_unknown(tex, command):
    problem = convert(tex, display=False).problem
    assert problem is not None
    assert problem.command == command


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 60 + "}" * 60,
        r"\sqrt" * 300 + " x",
        "(" * 40,
        "{(}" * 40,
        "[" * 20 + r"\{" * 20,
        r"\left(" * 60,
        "x" * 6000,
        r"\substack{" * 2000,
    ],
)
def test_hostile_formula_is_refused(tex):
    conversion = convert(tex, display=True)
    assert conversion.mathml is None
    assert conversion.problem is not None


@pytest.mark.parametrize("tex", ["x + [0, 1[", "(" * 30 + "x" + ")" * 30, r"\alpha\beta\gamma" * 20, r"\|x\|" * 30])
def test_common_formula_is_not_refused(tex):
    assert refusal(tex) is None


_PIECES = [
    *"{}()[]&^_'ab1 |$%#~-",
    r"\\",
    r"\frac",
    r"\text",
    r"\left",
    r"\right",
    r"\begin{aligned}",
    r"\end{aligned}",
]
_PIECES += [r"\begin{eqnarray}", r"\end{eqnarray}", r"\newcommand", r"\def\a", r"\a", r"\color", r"\substack", r"\bbox"]
_PIECES += [r"\begin{array}", r"\end{array}", r"\tag", r"\mathop", r"\limits", r"\verb|", r"\unicode", r"\sum", "\\"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join), st.booleans())
def test_nothing_raises_and_what_comes_is_one_element(tex, display):
    conversion = convert(tex, display=display)
    assert conversion.mathml or conversion.problem
    if conversion.mathml:
        assert conversion.mathml.startswith("<math")
        assert conversion.mathml.endswith("</math>")


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_rewriting_ends(tex):
    assert isinstance(rewritten(tex), str)


def test_circled_signs_are_small_in_every_browser():
    mathml = convert(r"a\odot b\oplus c\bigodot d", display=True).mathml or ""
    assert re.findall('largeop="false">(.)', mathml) == ["⊙", "⊕"]
