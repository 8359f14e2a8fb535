"""Where formulas are in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.passes.math_find import find_formulas


def found(text: str) -> list[str | None]:
    return [formula.tex for formula in find_formulas(text)]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", ["x"]),
        ("a $x$, $y$-th", ["x", "y"]),
        ("$$x$$ and $y$", ["x", "y"]),
        ("$$ x $$", [" x "]),
        ("$x\ny$", ["x\ny"]),
        (r"\(x\) and \[y\]", ["x", "y"]),
        (r"$\text{costs $x$}$", [r"\text{costs $x$}"]),
        (r"$$\text{a $x$ b}$$", [r"\text{a $x$ b}"]),
        (r"$a \$ b$", [r"a \$ b"]),
        (r"$\{x$", [r"\{x"]),
        (r"\$x$", [None]),
        (r"\begin{align}a&=$b$\end{align} $c$", [r"\begin{align}a&=$b$\end{align}", "c"]),
        (
            r"\begin{array}{c}\begin{array}{c}x\end{array}\end{array}.",
            [r"\begin{array}{c}\begin{array}{c}x\end{array}\end{array}"],
        ),
        (r"by \eqref{a} or \ref{b}", [r"\eqref{a}", r"\ref{b}"]),
    ],
)
def test_formula(text, formulas):
    assert found(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $6",
        "5$ and 6$",
        "$ x$",
        "$x $",
        "$x$1",
        "$$",
        "$$$$",
        "$a${b}",
        "echo $c{$",
        "$x}$",
        "$x\n\ny$",
        "$x",
        "$$x",
        r"\(x",
        r"\begin{align}x",
        r"\begin{document}x\end{document}",
        r"\begin{align}x\end{align*}",
        "$" + "x" * 2000 + "$",
    ],
)
def test_no_formula(text):
    assert found(text) == []


def test_display_formula_knows_that_it_is_one():
    assert [(f.tex, f.display) for f in find_formulas(r"$$a$$ $b$ \[c\] \(d\)")] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", False),
    ]


@given(st.text(alphabet="$\\{}()[] \na1", max_size=80))
def test_formulas_lie_in_order_and_hold_their_text(text):
    at = 0
    for formula in find_formulas(text):
        assert at <= formula.start < formula.end <= len(text)
        assert formula.tex is None or formula.tex in text[formula.start : formula.end]
        at = formula.end
