"""A file parsed again after edits is what it is when it is read for the first time."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slidebuild.deck import ContentClass, MacroCall, Node, SourceDeck, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.lexer import Sight
from slidebuild.parser import parse
from slidebuild.parser.reparsing import GENERATIONS, ParseMemory
from slidebuild.source import Edit, SourceFile, Span
from test_lexer import SOUP

FAR = "\n---\n" + "Words that fill a slide.\n" * (Sight.AHEAD // 20)
"""A slide so long that what stands before it is out of sight of what stands after it."""
NL = "\n"
DECKS = st.lists(SOUP | st.just(FAR) | st.sampled_from(["\n---\n", "\n--\n"]), max_size=12).map("".join)


@given(st.lists(DECKS, min_size=2, max_size=3), st.booleans())
@example(texts=["a" + FAR + ".b[" + FAR, "a" + FAR + ".b[" + FAR + "]"], drop_steps=False)
@example(texts=["```\na" + FAR + "b", "```\na" + FAR + "b\n```\n"], drop_steps=False)
@example(texts=["a\n--\nb" + FAR, "a\n---\nb" + FAR], drop_steps=False)
@example(texts=["a\n--\nb\n--\nc", "x\n--\nb\n--\nc"], drop_steps=True)
def test_any_text_after_any_other_is_parsed_as_if_it_were_the_first(texts: list[str], drop_steps: bool) -> None:
    memory = ParseMemory()
    for text in texts:
        assert_same_as_fresh(memory, text, drop_steps=drop_steps)


@given(SOUP, SOUP, SOUP, SOUP, st.integers(0, 5))
def test_small_edits_of_a_long_deck_are_parsed_as_if_it_were_read_anew(
    first: str, middle: str, last: str, typed: str, seed: int
) -> None:
    chance = Random(seed)
    memory = ParseMemory()
    text = f"{first}{FAR}\n---\n{middle}{FAR}\n---\n{last}"
    for _ in range(4):
        assert_same_as_fresh(memory, text)
        at = chance.choice((chance.randrange(len(text)), min(len(text), len(first) + len(FAR) + chance.randrange(40))))
        text = text[:at] + typed + text[at + chance.choice((0, 0, 3)) :]


def test_slides_before_and_after_an_edit_are_the_same_objects() -> None:
    before = "\n---\n".join(f"# {number}\n" + "words\n" * 100 for number in range(200))
    memory = ParseMemory()
    old = memory.parse(SourceFile("deck.md", before), Diagnostics())
    new = memory.parse(SourceFile("deck.md", before.replace("# 120", "# A hundred")), Diagnostics())
    same = [index for index, (one, other) in enumerate(zip(old.slides, new.slides, strict=True)) if one is other]
    assert set(range(90)) | set(range(121, 200)) <= set(same)
    assert 120 not in same


def test_places_of_slides_that_stayed_are_those_in_the_newer_text() -> None:
    memory = ParseMemory()
    old = memory.parse(SourceFile("deck.md", "a\n---\nb\n---\n\nc .x["), Diagnostics())
    found = Diagnostics()
    new = memory.parse(SourceFile("deck.md", "a\nfew lines\nmore\n---\nb\n---\n\nc .x["), found)
    assert new.slides[2] is old.slides[2]
    assert str(new.slides[2].content[0].runs[-1].span) == "deck.md:8:3"
    (unclosed,) = found
    assert str(unclosed.span) == "deck.md:8:3"
    assert unclosed.span is not None
    assert unclosed.span.source.line(8) == "c .x["


def test_texts_of_old_are_let_go_after_many_edits() -> None:
    memory = ParseMemory()
    sources = []
    for edit in range(2 * GENERATIONS + 2):
        source = SourceFile("deck.md", f"a\n---\n{'x' * edit}\n---\nb")
        deck = memory.parse(source, Diagnostics())
        sources.append(deck.slides[2].span.source)
        assert sources[-1] is (source if edit in (0, GENERATIONS + 1) else sources[-2])


def test_other_front_matter_or_settings_read_all_anew() -> None:
    memory = ParseMemory()
    source = SourceFile("deck.md", "a\n--\nb")
    assert len(memory.parse(source, Diagnostics()).slides) == 2
    assert len(memory.parse(source, Diagnostics(), drop_steps=True).slides) == 1
    assert memory.parse(source, Diagnostics(), start=1).slides[0].span.start == 1


def test_a_text_that_comes_again_is_read_as_it_is() -> None:
    memory = ParseMemory()
    first, second = SourceFile("deck.md", "a\n---\nb"), SourceFile("deck.md", "aa\n---\nb")
    old = memory.parse(first, Diagnostics())
    assert memory.parse(first, Diagnostics()).slides[0] is old.slides[0]
    new = memory.parse(second, Diagnostics())
    assert memory.parse(first, Diagnostics()).slides[0].span.text == "a"
    assert memory.parse(second, Diagnostics()).slides[0] is new.slides[0]
    assert str(new.slides[1].span) == "deck.md:2:4"


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("abc", "abc", (3, 3, 0)),
        ("abc", "abXc", (2, 2, 1)),
        ("aab", "aaab", (2, 2, 1)),
        ("abc", "", (0, 3, -3)),
        ("", "abc", (0, 0, 3)),
        ("one two three", "one 2 three", (4, 7, -2)),
    ],
)
def test_an_edit_is_the_stretch_that_differs(older: str, newer: str, expected: tuple[int, int, int]) -> None:
    edit = Edit.between(SourceFile("x", older), SourceFile("x", newer))
    assert (edit.head, edit.tail, edit.shift) == expected


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["a", "ab", "abc\n---\nd", "abc\n---\ndef"], id="text is added at the end"),
        pytest.param([f"a\n--\nb{end}" for end in ("x", "xy", "xy\n--\nc")], id="the slide that is typed on is a step"),
        pytest.param(["  a\n\n  ---\n  b", "  a\n\n---\n  b", "  aa\n\n---\n  b"], id="indentation comes and goes"),
        pytest.param(["a.x[", f"a.x[{FAR}", f"a.x[{FAR}b", f"a.x[{FAR}b]c"], id="a bracket that closes far away"),
        pytest.param(
            [f"long{FAR}\n---\na.x[", f"l{FAR}\n---\na.x[", f"l{FAR}\n---\na.x[{FAR}", f"l{FAR}\n---\na.x[{FAR}]"],
            id="what depends on the end moves",
        ),
        pytest.param([f"l{FAR}\n---\na.x[", f"long{FAR}\n---\na.x[", f"long{FAR}\n---\na.x[{FAR}]"], id="and moves on"),
        pytest.param(["---\n```\na\n```\nb", "-- -\n```\na\n```\nb"], id="code begins where a slide began"),
        pytest.param([f"a{FAR.replace('---', '--')}\n---\n{end}" for end in "bc"], id="a step in sight of the edit"),
        pytest.param([f"  a{FAR.replace(NL, NL + '  ')}\n  {end}" for end in ("b", "b\nc")], id="no longer indented"),
        pytest.param(
            [f"{before}{FAR}![:m a\n---\nb{end}{FAR}" for before, end in (("x", ""), (FAR * 2, ""), (FAR * 2, "]"))],
            id="a macro in sight of an edit after it has moved",
        ),
    ],
)
def test_edits_one_after_another(texts: list[str]) -> None:
    memory = ParseMemory()
    for text in texts:
        assert_same_as_fresh(memory, text)


def test_front_matter_does_not_hide_that_all_slides_are_indented() -> None:
    memory = ParseMemory()
    for text in ("x: y\n  a\n  ---\n  b", "x: y\n  a\n  ---\n  bc", "x: y\n  a\n  d\n  ---\n  bc"):
        deck = memory.parse(SourceFile("deck.md", text), Diagnostics(), start=5)
        assert plain(deck) == plain(parse(SourceFile("deck.md", text), Diagnostics(), start=5))


def test_a_text_that_the_memory_is_ahead_of_is_read_as_it_was_asked_for() -> None:
    memory = ParseMemory()
    first = SourceFile("deck.md", "x\n.a[\n--\nb")
    for source in (first, SourceFile("deck.md", "y\n.a[\n--\nb")):
        memory.parse(source, Diagnostics(), start=1, drop_steps=True)
    found = Diagnostics()
    deck = memory.parse(first, found, start=1, drop_steps=True)
    assert [slide.span.start for slide in deck.slides] == [1]
    assert [item.code for item in found] == ["unclosed-content-class"]


# -- comparing ---------------------------------------------------------------------------------------------------------


def assert_same_as_fresh(memory: ParseMemory, text: str, *, drop_steps: bool = False) -> None:
    source = SourceFile("deck.md", text)
    found, expected_found = Diagnostics(), Diagnostics()
    deck = memory.parse(source, found, drop_steps=drop_steps)
    expected = parse(SourceFile("deck.md", text), expected_found, drop_steps=drop_steps)
    assert plain(deck) == plain(expected)
    assert [said(item) for item in found.sorted()] == [said(item) for item in expected_found.sorted()]


def said(item: Any) -> tuple[str, str, tuple[int, int]]:
    return item.code, item.message, place(item.span)


def plain(deck: SourceDeck) -> list[Any]:
    slides = [
        (
            [node_as_data(node) for node in slide.content],
            [node_as_data(node) for node in slide.notes],
            {name: (found.value, place(found.span)) for name, found in slide.properties.items()},
            {name: (link.address, link.title, place(link.span)) for name, link in slide.links.items()},
            slide.continues,
            place(slide.span),
        )
        for slide in deck.slides
    ]
    return [deck.path, *slides]


def node_as_data(node: Node) -> Any:
    match node:
        case Text(runs=runs):
            return [(run.text, run.span.text, place(run.span)) for run in runs]
        case ContentClass(names=names, children=children, is_block=is_block, span=span):
            return names, [node_as_data(child) for child in children], is_block, place(span)
        case MacroCall(name=name, arguments=arguments, target=target, span=span):
            return name, arguments, target, place(span)


def place(span: Span) -> tuple[int, int]:
    return span.now.start, span.now.end
