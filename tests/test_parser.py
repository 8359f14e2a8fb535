"""Places and robustness of the parser; what it makes of each construct stands in `tests/spec`."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.deck import ContentClass, Text, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.lexer import outdent
from slidebuild.parser import parse, parse_fragment
from slidebuild.source import SourceFile
from test_lexer import SOUP


def parsed(text: str, **options: bool):
    diagnostics = Diagnostics()
    return parse(SourceFile("talk.md", text), diagnostics, **options), diagnostics


@given(SOUP)
def test_every_run_is_the_text_of_its_span(text: str) -> None:
    deck, _ = parsed(text)
    for slide in deck.slides:
        for run in (*runs(slide.content), *runs(slide.notes)):
            assert run.span.text == run.text


@given(SOUP)
def test_slides_cover_the_file_in_order(text: str) -> None:
    deck, _ = parsed(text)
    at = 0
    for slide in deck.slides:
        assert at <= slide.span.start <= slide.span.end <= len(text)
        at = slide.span.end


def test_the_place_of_an_unclosed_class_is_its_bracket() -> None:
    _, diagnostics = parsed("one\n---\nsee .red[this\n")
    (found,) = diagnostics
    assert (found.code, str(found.span)) == ("unclosed-content-class", "talk.md:3:5")
    assert found.span is not None
    assert found.span.text == ".red["


def test_the_place_of_a_property_is_key_and_value() -> None:
    deck, _ = parsed("class: a\nname: intro\n\ntext")
    assert deck.slides[0].properties["name"].span.text == "name: intro"


def test_comment_properties_have_their_place_after_other_text() -> None:
    deck, _ = parsed("# Title\n<!-- class: big -->\n<!-- name: x -->\nrest")
    slide = deck.slides[0]
    assert {name: found.span.text for name, found in slide.properties.items()} == {
        "class": "class: big",
        "name": "name: x",
    }
    assert "".join(run.text for run in runs(slide.content)) == "# Title\nrest"


def test_places_survive_outdenting() -> None:
    deck, _ = parsed("    name: x\n\n    # Title\n")
    (text,) = deck.slides[0].content
    assert isinstance(text, Text)
    assert text.text == "\n\n# Title\n"
    assert [str(run.span) for run in text.runs] == ["talk.md:1:12", "talk.md:2:1", "talk.md:3:5"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x\n" + "<!-- a: b -->\n" * 10_000, id="comments"),
        pytest.param("a: b\n" + "<!-- c: d " * 20_000 + "$", id="open comments"),
        pytest.param("a: b\n" + "<!-- c: d$ " * 20_000 + "-->", id="comments that are none"),
        pytest.param("a: b\n<!-- c:" + " " * 100_000 + "x", id="blanks"),
        pytest.param("a: b\n" + "<!-- " + "-" * 100_000, id="dashes"),
        pytest.param("    a: b\n" * 20_000, id="indented lines"),
    ],
)
def test_properties_take_no_time(text: str) -> None:
    deck, _ = parsed(text)
    assert list(deck.slides[0].properties) == ["a"]


PROPERTY_PIECES = [
    "a: b",
    "c:",
    "d: $",
    "\n",
    "\n\n",
    " ",
    "<!-- e: f -->",
    "<!--g:h$-->",
    "<!-- i: $j",
    "-->",
    "<!--\n-k:l \n-->",
]


@given(st.lists(st.sampled_from([*PROPERTY_PIECES, " text "]), max_size=12).map("".join))
def test_properties_are_those_of_a_search_that_begins_anew_after_each(text: str) -> None:
    """As remark's `extractProperties` goes about it, which takes quadratic time."""
    text = outdent(text).text
    (slide,) = parsed(text)[0].slides
    properties: dict[str, str] = {}
    while found := re.search(r"^\n*([-\w]+):([^$\n]*)|\n*<!--\s*([-\w]+):([^$\n]*?)\s*-->", text):
        properties[found[1] or found[3]] = (found[2] or found[4] or "").strip()
        text = text[: found.start()] + text[found.end() :]
    assert {name: own.value for name, own in slide.properties.items()} == properties
    assert "".join(run.text for run in runs(slide.content)) == text


def test_a_property_that_runs_over_code_has_its_whole_place() -> None:
    deck, _ = parsed("name:`a b`  c\ntext")
    found = deck.slides[0].properties["name"]
    assert (found.value, found.span.text) == ("`a b`  c", "name:`a b`  c")


def test_the_last_of_several_properties_of_one_name_counts() -> None:
    deck, _ = parsed("a: 1\nb: 2\na: 3\n")
    assert [(name, found.value) for name, found in deck.slides[0].properties.items()] == [("b", "2"), ("a", "3")]


def test_a_content_class_spans_from_its_dot_to_its_bracket() -> None:
    deck, _ = parsed("a .b[c] d")
    (node,) = [node for node in deck.slides[0].content if isinstance(node, ContentClass)]
    assert node.span.text == ".b[c]"


@given(SOUP)
def test_every_run_of_an_indented_deck_is_the_text_of_its_span(text: str) -> None:
    deck, _ = parsed("".join(f"  {line}" for line in text.splitlines(keepends=True)))
    for slide in deck.slides:
        for run in (*runs(slide.content), *runs(slide.notes)):
            assert run.span.text == run.text
        for found in slide.properties.values():
            assert ":" in found.span.text


def test_properties_of_an_indented_deck_have_their_places() -> None:
    deck, _ = parsed("    name: intro\n    class: big\n    text\n    <!-- count: false -->\n    more")
    slide = deck.slides[0]
    assert {name: (str(found.span), found.span.text) for name, found in slide.properties.items()} == {
        "name": ("talk.md:1:5", "name: intro"),
        "class": ("talk.md:2:5", "class: big"),
        "count": ("talk.md:4:10", "count: false"),
    }
    assert [(run.text, str(run.span)) for run in runs(slide.content)] == [
        ("\n", "talk.md:2:15"),
        ("text", "talk.md:3:5"),
        ("\n", "talk.md:4:26"),
        ("more", "talk.md:5:5"),
    ]


def test_comments_at_the_top_may_be_followed_by_lines_of_properties() -> None:
    deck, _ = parsed("\n<!-- name: a -->\nclass: b\n<!-- count: false -->\nlayout: true\ntext\n<!-- x: y -->\nk: v")
    assert list(deck.slides[0].properties) == ["name", "class", "count", "layout", "x"]
    assert "".join(run.text for run in runs(deck.slides[0].content)) == "\ntext\nk: v"


def test_lines_after_a_comment_at_the_top_are_properties_although_the_slide_ends_with_a_line_break() -> None:
    deck, _ = parsed("<!-- name: a -->\nclass: b\n")
    assert list(deck.slides[0].properties) == ["name", "class"]


def test_after_a_macro_call_only_comments_are_properties() -> None:
    deck, _ = parsed("x ![:m]a: b\n![:m]<!-- c: d -->")
    assert list(deck.slides[0].properties) == ["c"]


def test_a_value_ends_at_a_dollar_even_in_code() -> None:
    deck, _ = parsed("k:`$x`\ntext")
    assert deck.slides[0].properties["k"].value == "`"
    assert [(run.text, run.span.text) for run in runs(deck.slides[0].content)] == [("$x`", "$x`"), ("\ntext", "\ntext")]


def test_an_empty_slide_of_an_indented_deck_has_its_place() -> None:
    deck, _ = parsed("    ---\n    x")
    assert [(slide.span.start, slide.span.end) for slide in deck.slides] == [(4, 4), (7, 13)]


def test_front_matter_is_neither_read_nor_counted_as_indentation() -> None:
    source = SourceFile("talk.md", "---\nx: y\n---\n  # A\n")
    (slide,) = parse(source, Diagnostics(), start=13).slides
    assert (slide.span.start, "".join(run.text for run in runs(slide.content))) == (15, "# A\n")


def test_what_an_unclosed_class_is_told() -> None:
    _, diagnostics = parsed("see .red[this\n")
    (found,) = diagnostics
    assert found.message == "`.red[` has no closing `]`, so it stays text"
    assert found.hint == "add the `]`, or write `\\.red[` if it is meant as text"


def test_what_an_escaped_unclosed_class_is_told() -> None:
    _, diagnostics = parsed("see \\.red[this\n")
    (found,) = diagnostics
    assert found.message == "`\\.red[` has no closing `]`, so it stays text"
    assert found.hint == "add the `]`, or write `\\.red[` if it is meant as text"


def test_what_a_class_too_deep_is_told() -> None:
    _, diagnostics = parsed(".a[" * 34 + "x" + "]" * 34)
    (found,) = (item for item in diagnostics if item.code == "nesting-too-deep")
    assert found.message == "content classes are nested more than 32 deep; the rest stays text"
    assert found.hint == "close some of the outer `.class[` first"
    assert found.span is not None
    assert (found.span.text, found.span.start) == (".a[", 96)


def test_a_fragment_counts_as_written_where_its_macro_stands() -> None:
    place = SourceFile("talk.md", "![:m]").span(0, 5)
    nodes = parse_fragment("name: x\n--\n.a[b]\n???\nc", place, Diagnostics())
    assert {run.span for run in runs(nodes)} == {place}
    assert "--" not in "".join(run.text for run in runs(nodes))


def test_what_properties_leave_of_a_fragment_counts_as_written_where_its_macro_stands() -> None:
    place = SourceFile("talk.md", "x ![:m]").span(2, 7)
    nodes = parse_fragment("name: x\nmore text", place, Diagnostics())
    assert "".join(run.text for run in runs(nodes)) == "\nmore text"
    assert {run.span for run in runs(nodes)} == {place}


def test_what_is_wrong_with_a_fragment_is_told_where_its_macro_stands() -> None:
    diagnostics = Diagnostics()
    parse_fragment("see .red[this", SourceFile("talk.md", "x ![:m]").span(2, 7), diagnostics)
    assert [(item.code, str(item.span)) for item in diagnostics] == [("unclosed-content-class", "talk.md:1:3")]
