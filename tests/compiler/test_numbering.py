"""Numbers of equations, figures and tables through a deck."""

from __future__ import annotations

import re
from typing import Any

import pytest

from slidebuild.compiler import Compiled, Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile

A = r"$$\begin{equation}a\label{q}\end{equation}$$"
B = r"$$\begin{equation}b\label{q}\end{equation}$$"
E = r"$$\begin{equation}%s\end{equation}$$"


def compiled(deck: str, *said: str, files: dict[str, bytes] | None = None, **options: Any) -> Compiled:
    diagnostics = Diagnostics()
    layer = Layer({"theme": "remark", "math": {"tags": "ams"}, "figures": {"numbering": True}, **options})
    inputs = Inputs(DictLoader(files or {}), stronger=(layer,), assets="link")
    found = compile_deck(SourceFile("decks/talk.md", deck), inputs, diagnostics)
    assert sorted(item.code for item in diagnostics) == sorted(said)
    return found


def numbers(deck: str, *said: str, **options: Any) -> list[str]:
    """Of each slide, the numbers of its equations in order."""
    return [
        " ".join(re.findall(r"<mtext>\((.*?)\)</mtext>", slide.content))
        for slide in compiled(deck, *said, **options).slides
    ]


def test_equations_are_counted_through_the_deck() -> None:
    assert numbers(f"{E % 'a'}\n---\nnone\n---\n{E % 'b'}\n\n{E % 'c'}") == ["1", "", "2 3"]


def test_equal_equations_written_twice_are_two() -> None:
    assert numbers(f"{E % 'a'}\n\n{E % 'a'}\n---\n{E % 'a'}") == ["1 2", "3"]


@pytest.mark.parametrize("dialect", ["remark", "commonmark"])
def test_steps_repeat_their_numbers(dialect: str) -> None:
    deck = "\n--\n\n".join((r"$$\begin{align}a\_1\\\\b\_2\end{align}$$", "text", E % "c", "- $x$", E % "c"))
    if dialect == "commonmark":
        deck = deck.replace(r"\\\\", r"\\").replace(r"\_", "_")
    deck += f"\n---\n{E % 'd'}"
    assert numbers(deck, markdown=dialect) == ["1 2", "1 2", "1 2 3", "1 2 3", "1 2 3 4", "5"]


def test_steps_of_code_repeat_their_numbers() -> None:
    deck = f"{E % 'a'}\n\n```python {{1|2}}\nx = 1\ny = 2\n```\n---\n{E % 'b'}"
    assert numbers(deck) == ["1", "1", "2"]


def test_an_equation_of_a_layout_or_template_has_one_number() -> None:
    deck = f"layout: true\n{E % 'l'}\n---\n{E % 'a'}\n---\n{E % 'b'}\n---\nlayout: false\nname: t\n{E % 't'}\n---\n"
    assert numbers(f"{deck}template: t\n{E % 'c'}") == ["1 2", "1 3", "4", "4 5"]


def test_slides_that_are_not_shown_count_nothing() -> None:
    assert numbers(f"exclude: true\n{E % 'a'}\n---\n{E % 'b'}") == ["1"]


def test_equations_in_notes_and_code_count_nothing() -> None:
    assert numbers(f"```\n{E % 'a'}\n```\n{E % 'a'}\n???\n{E % 'n'}\n---\n{E % 'b'}") == ["1", "2"]


def test_what_a_variable_says_differs_from_slide_to_slide() -> None:
    deck = f"name: t\nk: a\n{E % '{{k}}'}\n---\ntemplate: t\nk: b\n---\ntemplate: t\nk: b\n--\nmore"
    assert numbers(deck) == ["1", "2", "2", "2"]


def test_what_is_included_has_its_place_in_the_other_file() -> None:
    files = {"decks/b.md": (E % "b").encode()}
    assert numbers(f"{E % 'a'}\n---\ninclude: b.md\n---\n{E % 'c'}", files=files) == ["1", "2", "3"]


def test_references_lead_to_the_first_slide_that_shows_the_equation() -> None:
    deck = f"one\n---\nname: here\ntext\n--\n\n{A}\n--\n\nmore\n---\n\\eqref{{q}}\n???\n\\ref{{q}}"
    last = compiled(deck).slides[-1]
    assert re.findall('class="sb-ref" href="([^"]*)"', last.content + last.notes) == ["#3", "#3"]


def test_a_name_goes_before_the_index() -> None:
    deck = f"\\ref{{q}}\n---\nname: here\n{A}"
    assert 'href="#here"' in compiled(deck).slides[0].content


def test_a_reference_to_an_equation_with_a_tag_of_its_own_is_a_link_without_numbering_too() -> None:
    deck = "\\eqref{q}\n---\n$$a\\tag{x}\\label{q}$$"
    assert 'href="#2"' in compiled(deck, math=True, figures={}).slides[0].content


def test_a_label_of_two_equations_is_told_where_the_later_one_is() -> None:
    diagnostics = Diagnostics()
    layer = Layer({"theme": "remark", "math": {"tags": "ams"}})
    deck = f"{A}\n--\n\n{B}\n\n\\ref{{q}}"
    inputs = Inputs(DictLoader({}), stronger=(layer,))
    found = compile_deck(SourceFile("decks/talk.md", deck), inputs, diagnostics)
    (diagnostic,) = diagnostics
    assert diagnostic.code == "duplicate-label"
    assert str(diagnostic.span) == "decks/talk.md:4:20"
    assert "#1" in (diagnostic.hint or "")
    assert ">2</a>" in found.slides[1].content


def test_a_reference_is_text_unless_its_tag_is_a_formula_and_no_link_in_a_link() -> None:
    deck = f"\\eqref{{q}}, [\\ref{{q}}](#1), \\ref{{s}}\n\n{A}\n\n$$b\\tag{{$\\ast$}}\\label{{s}}$$"
    content = compiled(deck).slides[0].content
    assert '<a class="sb-ref" href="#1" data-tex="\\eqref{q}">(1)</a>, <a href="#1">1</a>, ' in content
    assert '<a class="sb-ref" href="#1"><span class="sb-math" data-tex="\\ref{s}"><math' in content


def test_an_engine_is_given_the_numbers() -> None:
    slide = compiled(E % "a", math={"tags": "ams", "engine": "mathjax"}).slides[0]
    assert r'data-tagged="\begin{equation}a\tag{1}\end{equation}"' in slide.content
    assert "data-tagged" not in compiled(E % "a").slides[0].content


def test_figures_and_tables_are_counted_apart_and_in_the_decks_language() -> None:
    figure = '<figure><img src="data:,{0}" alt="a"><figcaption>*C*</figcaption></figure>\n'
    table = "<div><table></table>.caption[T]</div>\n"
    deck = "\n---\n".join((figure.format(1) + table, figure.format(2) + "\n--\n\nmore", table))
    found = [re.findall('"sb-number">(.*?)</span>', slide.content) for slide in compiled(deck, lang="de").slides]
    assert found == [["Abbildung 1:", "Tabelle 1:"], ["Abbildung 2:"], ["Abbildung 2:"], ["Tabelle 2:"]]


def test_figures_are_not_numbered_unless_the_deck_asks_for_it() -> None:
    deck = '<figure><img src="data:," alt="a"><figcaption>C</figcaption></figure>'
    assert "sb-number" not in compiled(deck, figures={}).slides[0].content
