"""Places and robustness of the parser; what it makes of each construct stands in `tests/spec`."""

from __future__ import annotations

from hypothesis import given

from slidebuild.deck import ContentClass, Text, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.parser import parse
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


def test_ten_thousand_comment_properties_take_no_time() -> None:
    deck, _ = parsed("x\n" + "<!-- a: b -->\n" * 10_000)
    assert list(deck.slides[0].properties) == ["a"]


def test_a_content_class_spans_from_its_dot_to_its_bracket() -> None:
    deck, _ = parsed("a .b[c] d")
    (node,) = [node for node in deck.slides[0].content if isinstance(node, ContentClass)]
    assert node.span.text == ".b[c]"
