"""Coloured boxes in formulas."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.passes.math_boxes import boxes, colour_boxes
from slidebuild.passes.math_tex import convert


def styles(tex: str) -> list[str]:
    """Of the coloured boxes of a formula that nothing is wrong with."""
    conversion = convert(tex, display=False)
    assert conversion.problem is None
    assert not re.search("sbground|sbframe", conversion.mathml or "")
    return re.findall('<menclose notation="none" class="sb-box" style="([^"]*)">', conversion.mathml or "")


@pytest.mark.parametrize(
    ("tex", "style"),
    [
        (r"\colorbox{yellow}{so $x^2$ is}", "background:#FFFF00;"),
        (r"\colorbox{#ff0}{a}", "background:#FFFF00;"),
        (r"\colorbox{Apricot}{$x$}", "background:#FFB882;"),
        (r"\fcolorbox{red}{gold}{$\frac{1}{2}$}", "background:#FFD700;border:0.06em solid #FF0000;"),
        (r"\bbox[yellow]{-x}", "background:#FFFF00;"),
        (r"\bbox[gold, 5px, border: 2px solid red]{x+y}", "background:#FFD700;border:0.06em solid #FF0000;"),
        (r"\bbox[5px,border:1pt solid blue]x", "border:0.06em solid #0000FF;"),
    ],
)
def test_a_box_has_its_colours(tex: str, style: str) -> None:
    assert styles(tex) == [style]


def test_boxes_within_boxes_keep_their_own() -> None:
    assert styles(r"\bbox[yellow]{\bbox[red]{x}+\boxed{y}}") == ["background:#FFFF00;", "background:#FF0000;"]
    assert '<menclose notation="box"><mi>y</mi></menclose>' in (
        convert(r"\bbox[yellow]{x+\boxed{y}}", display=False).mathml or ""
    )


@pytest.mark.parametrize("tex", [r"\bbox{x}", r"\bbox[5px]{x}", r"\bbox[]{x}"])
def test_a_box_without_colours_is_none(tex: str) -> None:
    assert styles(tex) == []
    assert ">x<" in (convert(tex, display=False).mathml or "")


def test_a_colour_that_nobody_knows_is_told() -> None:
    problem = convert(r"\colorbox{nosuch}{x}", display=False).problem
    assert problem is not None
    assert "nosuch" in problem.message


def test_what_lacks_its_argument_stays_for_the_converter_to_complain_about() -> None:
    assert colour_boxes(r"\bbox[red]") == r"\bbox[red]"
    assert convert(r"\colorbox{red}", display=False).problem is not None


def test_boxes_of_others_stay() -> None:
    assert boxes('<menclose notation="box"><mrow><mtext>sbground</mtext></mrow></menclose>') == (
        '<menclose notation="box"><mrow><mtext>sbground</mtext></mrow></menclose>'
    )


@given(st.lists(st.sampled_from(["\\bbox", "\\colorbox", "\\fcolorbox", "red", *"[]{}, ax$"]), max_size=30))
def test_no_sign_is_left_of_any_text(parts: list[str]) -> None:
    assert not re.search("sbground|sbframe", convert("".join(parts), display=True).mathml or "")
