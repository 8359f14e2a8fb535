"""Formulas in the text of slides become MathML."""

from html.entities import html5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild import dom
from slidebuild.deck import ResolvedSlide, Run, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes import may_hold_formulas
from slidebuild.passes.math import formula_macros, typeset_math
from slidebuild.slides import Slide
from slidebuild.source import SourceFile


def slide_of(html: str, source: str = "", notes: str = "") -> Slide:
    span = SourceFile("decks/talk.md", source).span(0, len(source))
    content = (Text((Run(source, span),)),)
    resolved = ResolvedSlide(0, 1, None, content, (), {}, continues=False, is_counted=True, span=span)
    return Slide(resolved, dom.parse(html), dom.parse(notes))


def typeset(html: str, **macros: str) -> dom.Node:
    """The tree after the pass; it must not have anything to say."""
    slide, diagnostics = slide_of(html), Diagnostics()
    typeset_math(slide, diagnostics, macros)
    assert list(diagnostics) == []
    return slide.content


def formulas(html: str) -> list[str]:
    return [dom.attribute(node, "data-tex") or "" for node in dom.select(typeset(html), ".sb-math")]


def shown(tree: dom.Node) -> str:
    """What formulas show, without their annotations."""
    return "".join(dom.text(row) for row in dom.select(tree, "semantics > mrow"))


def complaints(html: str, source: str = "") -> tuple[Diagnostics, dom.Node]:
    slide, diagnostics = slide_of(html, source), Diagnostics()
    typeset_math(slide, diagnostics)
    return diagnostics, slide.content


def test_inline_formula_becomes_mathml_in_a_span():
    assert dom.inner_html(typeset("<p>so $x$ is</p>")) == (
        '<p>so <span class="sb-math" data-tex="x"><math alttext="x"><semantics><mrow><mi>x</mi></mrow>'
        '<annotation encoding="application/x-tex">x</annotation></semantics></math></span> is</p>'
    )


def test_display_formula_is_marked_as_such():
    (span,) = dom.select(typeset("<p>$$ a<b $$</p>".replace("<b", "&lt;b")), "span")
    assert dom.classes(span) == ["sb-math", "sb-math-display"]
    assert dom.attribute(span, "data-display") == "true"
    assert dom.attribute(span, "data-tex") == " a<b "
    (math,) = dom.select(span, "math")
    assert dom.attribute(math, "display") == "block"
    assert dom.attribute(math, "alttext") == "a<b"


def test_text_without_formulas_is_left_as_it_was():
    html = "<p>costs $5 and $6,<br>a &amp; b &nbsp;c</p><!-- $x$ --><ul><li>x</li></ul>"
    assert dom.inner_html(typeset(html)) == html


@pytest.mark.parametrize(
    "html",
    [
        "<code>$x$</code>",
        "<pre>$x$</pre>",
        "<kbd>$x$</kbd>",
        "<script>$x$</script>",
        "<style>$x$</style>",
        "<textarea>$x$</textarea>",
        "<svg><text>$x$</text></svg>",
        '<p class="no-math">$x$ <b>$y$</b></p>',
        '<div class="a tex2jax_ignore">$x$</div>',
    ],
)
def test_text_that_is_no_prose_is_left_alone(html):
    assert formulas(html + "<p>$y$</p>") == ["y"]


def test_formula_may_reach_over_a_line_break():
    tree = typeset('<p>a<br>$$x\n+<br class="q">y$$ b<br>c</p>')
    (span,) = dom.select(tree, ".sb-math")
    assert dom.attribute(span, "data-tex") == "x\n+\ny"
    assert len(dom.select(tree, "br")) == 2
    assert dom.inner_html(tree).endswith("</span> b<br>c</p>")


def test_formula_does_not_reach_over_an_element():
    assert formulas("<p>$x <em>y</em> z$</p>") == []


def test_escaped_dollar_is_a_dollar():
    tree = typeset(r"<p>from \$5 to \$6, $x = \$7$</p>")
    assert dom.inner_html(tree).startswith("<p>from $5 to $6, <span")
    assert dom.attribute(dom.select(tree, ".sb-math")[0], "data-tex") == r"x = \$7"


def test_notes_are_typeset_too():
    slide = slide_of("", notes="<p>$x$</p>")
    assert typeset_math(slide, Diagnostics())
    assert len(dom.select(slide.notes, "math")) == 1


def test_second_pass_changes_nothing():
    slide = slide_of("<p>$x$ and $\\frac{a}$</p>")
    typeset_math(slide, Diagnostics())
    once = dom.inner_html(slide.content)
    typeset_math(slide, Diagnostics())
    assert dom.inner_html(slide.content) == once


def test_result_survives_being_parsed_again():
    html = dom.inner_html(typeset(r"<p>$\sqrt{x} \text{a \textbf{b}}$ and $$\begin{cases}a&amp;b\\c\end{cases}$$</p>"))
    assert dom.inner_html(dom.parse(html)) == html


def test_characters_hold_what_the_browser_draws():
    slide = slide_of(r"<p>$\sqrt{h} + \theta + \text{Été}$</p>")
    found = typeset_math(slide, Diagnostics())
    assert found >= set("√hℎ+θ𝜃Ét")


def test_no_formula_needs_no_characters():
    assert typeset_math(slide_of("<p>costs $5</p>"), Diagnostics()) == frozenset()


def test_unknown_command_is_shown_amid_the_rest_and_reported_where_it_stands():
    source = "one $\\foo{x}$ and $\\foo{x}$"
    diagnostics, tree = complaints(f"<p>{source}</p>", source)
    assert [d.code for d in diagnostics] == ["bad-formula"] * 2
    assert [str(d.span) for d in diagnostics] == ["decks/talk.md:1:5", "decks/talk.md:1:19"]
    assert all("\\foo" in d.message and d.hint and "\\newcommand{\\foo}" in d.hint for d in diagnostics)
    assert [dom.text(node) for node in dom.select(tree, ".sb-math merror")] == ["\\foo", "\\foo"]


def test_formula_that_cannot_be_typeset_stays_to_be_read():
    diagnostics, tree = complaints(r"<p>$$\frac{a}$$</p>", r"$$\frac{a}$$")
    (span,) = dom.select(tree, ".sb-math-error")
    assert dom.text(span) == r"$$\frac{a}$$"
    assert dom.attribute(span, "data-tex") == r"\frac{a}"
    assert dom.attribute(span, "data-display") == "true"
    assert dom.attribute(span, "title")
    assert len(diagnostics) == 1


def test_bad_formula_that_markdown_changed_is_found_by_its_command():
    (diagnostic,) = complaints(r"<p>$a_b \foo$</p>", r"text $a\_b \foo$")[0]
    assert diagnostic.span is not None
    assert diagnostic.span.text == r"\foo"


def test_macros_of_another_slide_are_known():
    first = slide_of(r"<p>$$\newcommand{\R}{\mathbb{R}} \def\pair#1#2{(#1,#2)} \DeclareMathOperator{\rk}{rk}$$</p>")
    macros = formula_macros([first])
    assert macros == {"R": r"\mathbb{R}", "pair": "(#1,#2)", "rk": r"\operatorname{rk}"}
    assert shown(typeset(r"<p>$\pair{a}{\R}$</p>", **macros)) == "(a,ℝ)"


def test_tex_is_kept_as_annotation():
    (annotation,) = dom.select(typeset("<p>$a &lt; b$</p>"), "semantics > annotation")
    assert dom.attribute(annotation, "encoding") == "application/x-tex"
    assert dom.text(annotation) == "a < b"


def test_table_with_tags_is_as_wide_as_its_slide():
    assert dom.select(typeset(r"<p>$$x\tag{1}$$</p>"), "math > mtable")


def test_references_lead_to_tagged_equations_of_other_slides_from_text_too():
    first = slide_of(r"<p>$$\begin{align}a&amp;=b\tag{1}\label{eq:a}\\c&amp;=d\tag{2'}\label{eq:b}\end{align}$$</p>")
    labels = formula_macros([first])
    assert labels == {"label:eq:a": "1", "label:eq:b": "2'"}
    assert shown(typeset(r"<p>by \eqref{eq:a} and $\ref{eq:b}$</p>", **labels)) == "(1)2’"


def test_reference_without_an_equation_is_told():
    (diagnostic,) = complaints(r"<p>by \eqref{eq:c}</p>", r"by \eqref{eq:c}")[0]
    assert "eq:c" in diagnostic.message
    assert str(diagnostic.span) == "decks/talk.md:1:4"


def test_macro_that_makes_no_sense_is_named_where_it_is_used():
    slide, diagnostics = slide_of(r"<p>$\S$</p>", r"$\S$"), Diagnostics()
    typeset_math(slide, diagnostics, {"S": r"\nosuch"})
    (diagnostic,) = diagnostics
    assert r"the macro \S is not understood" in diagnostic.message
    assert r"\nosuch" in diagnostic.message


def test_formula_that_only_defines_is_hidden():
    (span,) = dom.select(typeset(r"<p>$$\newcommand{\R}{\mathbb{R}}$$</p>"), ".sb-math")
    assert dom.attribute(span, "hidden") == ""


def test_macro_that_makes_no_sense_spoils_only_its_own_formulas():
    assert shown(typeset("<p>$x$</p>", R=r"\mathbb{", S=r"\nosuch")) == "x"


@given(st.text(alphabet=st.sampled_from(list("$$\\{}()[]&^_ab1 \n<|'")) | st.characters(), max_size=60))
def test_any_text_is_kept_or_typeset(text):
    slide = slide_of(f"<p>{dom.escape(text)}</p>")
    before = dom.text(slide.content)
    typeset_math(slide, Diagnostics())
    for span in dom.select(slide.content, "[data-tex]"):
        tex = dom.attribute(span, "data-tex") or ""
        dollars = "$$" if dom.attribute(span, "data-display") else "$"
        dom.replace(span, dom.escape(f"{dollars}{tex}{dollars}"))
    after = dom.text(slide.content)
    for opening, closing in (("\\$", "$"), ("\\(", "$"), ("\\)", "$"), ("\\[", "$$"), ("\\]", "$$")):
        before, after = before.replace(opening, closing), after.replace(opening, closing)
    assert after == before


@pytest.mark.parametrize(
    "source", ["so $x$", r"\\(x\\)", "&dollar;x&dollar;", "&#36;x&#x24;", "&bsol;(x&bsol;)", "&#92"]
)
def test_slides_with_a_dollar_or_a_backslash_however_written_are_looked_through(source: str) -> None:
    assert may_hold_formulas(slide_of("", source).resolved)


@pytest.mark.parametrize("source", ["R&D &amp; more", "&nbsp;|&nbsp;", "5 €"])
def test_slides_without_either_are_not(source: str) -> None:
    assert not may_hold_formulas(slide_of("", source).resolved)


def test_no_other_name_stands_for_a_dollar_or_a_backslash() -> None:
    assert {name for name, text in html5.items() if set(text) & set("$\\")} == {"dollar;", "bsol;"}
