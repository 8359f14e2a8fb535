"""Which equations bear numbers, and how their TeX shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.passes.math_numbers import count_numbers, is_equation, labels, with_numbers
from slidebuild.passes.math_tex import convert


def shown(tex: str, tags: str = "ams") -> str:
    """The formula with the numbers 1, 2 …"""
    numbers = [str(number + 1) for number in range(count_numbers(tex, tags))]  # type: ignore[arg-type]
    return with_numbers(tex, numbers, tags)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["align", "gather", "flalign", "eqnarray"])
def test_each_row_has_a_number(name: str) -> None:
    assert shown(rf"\begin{{{name}}}a\\b\end{{{name}}}") == rf"\begin{{{name}}}a\tag{{1}}\\b\tag{{2}}\end{{{name}}}"


@pytest.mark.parametrize("name", ["equation", "multline"])
def test_the_whole_environment_has_one(name: str) -> None:
    assert shown(rf"\begin{{{name}}}a\\b\end{{{name}}}") == rf"\begin{{{name}}}a\\b\tag{{1}}\end{{{name}}}"


@pytest.mark.parametrize("name", ["equation*", "align*", "gather*", "multline*", "aligned", "cases"])
@pytest.mark.parametrize("tags", ["ams", "all"])
def test_starred_environments_have_none(name: str, tags: str) -> None:
    tex = rf"\begin{{{name}}}a\\b\end{{{name}}}"
    assert (count_numbers(tex, tags) == 0) is (tags == "ams" or name.endswith("*"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tex", "numbered"),
    [
        (r"\begin{align}a\notag\\b\nonumber\\c\tag{x}\\d\end{align}", r"a\notag\\b\nonumber\\c\tag{x}\\d\tag{1}"),
        (r"\begin{align}a\\b\\ \end{align}", r"a\tag{1}\\b\tag{2}\\ "),
        (r"\begin{align}a\\[2ex]b\\[1ex]\end{align}", r"a\tag{1}\\[2ex]b\tag{2}\\[1ex]"),
        (r"\begin{align}\begin{split}a\\b\end{split}\\c\end{align}", r"\begin{split}a\\b\end{split}\tag{1}\\c\tag{2}"),
        (r"\begin{align}{a\\b}\\c\end{align}", r"{a\\b}\tag{1}\\c\tag{2}"),
        (r"\begin{alignat}{2}a&b\\c\end{alignat}", r"{2}a&b\tag{1}\\c\tag{2}"),
        (r"\newcommand{\R}{x}\begin{align}a\end{align}.", r"a\tag{1}"),
    ],
)
def test_what_counts_as_a_row(tex: str, numbered: str) -> None:
    assert numbered in shown(tex)
    assert shown(tex).count(r"\tag") == numbered.count(r"\tag")


@pytest.mark.parametrize(
    "tex", ["a", r"x\begin{align}a\end{align}", r"\begin{pmatrix}a\end{pmatrix}", r"\begin{align}a"]
)
def test_what_is_no_environment_of_its_own_has_no_number(tex: str) -> None:
    assert shown(tex) == tex


@pytest.mark.parametrize(
    ("tex", "numbered"),
    [
        ("a", r"a\tag{1}"),
        (r"a\\b", r"\begin{gathered}a\\b\end{gathered}\tag{1}"),
        (r"\begin{aligned}a\\b\end{aligned}", r"\begin{aligned}a\\b\end{aligned}\tag{1}"),
        (r"a\tag{x}", r"a\tag{x}"),
        (r"a\notag", r"a\notag"),
        (r"\newcommand{\R}{x}", r"\newcommand{\R}{x}"),
        (r"\newcommand{\R}{x}\R", r"\newcommand{\R}{x}\R\tag{1}"),
    ],
)
def test_with_all_every_display_formula_that_shows_something_has_one(tex: str, numbered: str) -> None:
    assert shown(tex, "all") == numbered


def test_without_tags_nothing_has() -> None:
    assert shown(r"\begin{align}a\end{align}", "none") == r"\begin{align}a\end{align}"
    assert count_numbers("a", "none") == 0


def test_labels_stand_for_the_number_of_their_row() -> None:
    tex = r"\begin{align}a\label{u}\\b\label{v}\tag{x}\\c\label{w}\\d\label{z}\notag\end{align}"
    assert labels(tex, ("7", "8"), "ams") == {"label:u": "7", "label:v": "x", "label:w": "8"}
    split = r"\begin{equation}\label{u}\begin{split}a\\b\end{split}\end{equation}"
    assert labels(split, ("3",), "ams") == {"label:u": "3"}
    assert labels(r"a\label{u}", ("4",), "all") == {"label:u": "4"}
    assert labels(r"a\label{u}", (), "ams") == {}


def test_a_label_alone_makes_an_equation_that_the_deck_has_to_know_of() -> None:
    assert is_equation(r"a\tag{1}\label{u}", "none")
    assert not is_equation(r"a\tag{1}", "ams")
    assert is_equation(r"\begin{equation}a\end{equation}", "ams")


@pytest.mark.parametrize("name", ["align", "gather", "flalign", "eqnarray", "equation", "multline"])
def test_numbers_are_shown_where_the_converter_puts_tags(name: str) -> None:
    tex = rf"\begin{{{name}}}a&=b\\c&=d\end{{{name}}}" if name != "gather" else r"\begin{gather}a\\c\end{gather}"
    tex = tex.replace("&", "") if name == "multline" else tex
    tex = r"\begin{equation}a\end{equation}" if name == "equation" else tex
    conversion = convert(shown(tex), display=True)
    assert conversion.problem is None
    assert (conversion.mathml or "").count("<mtext>(") == shown(tex).count(r"\tag")


@given(st.text(alphabet=st.sampled_from(list("\\{}&ab[]. \n")), max_size=30), st.sampled_from(["ams", "all"]))
def test_any_body_keeps_its_text(body: str, tags: str) -> None:
    tex = rf"\begin{{align}}{body}\end{{align}}"
    numbered = shown(tex, tags)
    count = count_numbers(tex, tags)  # type: ignore[arg-type]
    for number in range(count):
        numbered = numbered.replace(rf"\tag{{{number + 1}}}", "", 1)
    assert numbered == tex
