"""The lexer's promises for any text; what it makes of each construct stands in `tests/spec`."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slidebuild import lexer

PIECES = [
    "\n",
    "\n\n",
    "---",
    "--",
    "???",
    "```",
    "~~~~",
    "    ",
    "`",
    ".a[",
    ".a.b[",
    "\\.c[",
    "[",
    "]",
    "[x]: y",
    "![:m a, b](c)",
    "<!-- k: v -->",
    "k: v",
    "text",
    "\t",
    "é",
    "$",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(SOUP | st.text())
@example("a\n???\nb\n---\n\\.a[x] .b[y] .c[ \n\n[d]: e\n![:f g](h)")
def test_tokens_tile_the_text(text: str) -> None:
    tokens = list(lexer.lex(text))
    assert "".join(text[token.start : token.end] for token in tokens) == text
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]


@given(SOUP)
def test_content_classes_open_and_close_in_pairs(text: str) -> None:
    depth = 0
    for token in lexer.lex(text):
        depth += isinstance(token, lexer.ContentStart) - isinstance(token, lexer.ContentEnd)
        assert 0 <= depth <= lexer.MAX_CLASS_DEPTH
    assert depth == 0


@given(SOUP)
def test_offsets_of_outdented_text_lead_back_to_the_same_characters(text: str) -> None:
    indented = "".join(f"   {line}" for line in text.splitlines(keepends=True))
    cleaned = lexer.outdent(indented)
    for offset, character in enumerate(cleaned.text):
        assert indented[cleaned.original(offset)] == character


def test_outdenting_takes_the_smallest_indentation_from_every_line() -> None:
    assert lexer.outdent("    a\n\n      b\n  ").text == "a\n\n  b\n"


def test_outdenting_leaves_front_matter_alone() -> None:
    assert lexer.outdent("---\n  x: 1\n---\n  a\n", 13).text == "---\n  x: 1\n---\na\n"


def test_one_blank_is_an_indentation() -> None:
    assert lexer.outdent(" a\n  b").text == "a\n b"


def test_places_in_front_matter_stay_when_slides_are_outdented() -> None:
    cleaned = lexer.outdent("---\n  x: 1\n---\n  a\n", 15)
    assert [cleaned.original(offset) for offset in (0, 5, 14, 15)] == [0, 5, 14, 17]


def kinds(text: str) -> list[str]:
    return [type(token).__name__ for token in lexer.lex(text)]


@pytest.fixture
def built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grammars are built as the module is loaded, before a mutation test chooses what is wrong with the builder."""
    monkeypatch.setattr(lexer, "_OUTSIDE", lexer._grammar(lexer._BLOCK))
    monkeypatch.setattr(lexer, "_INSIDE", lexer._grammar(lexer._INLINE))


@pytest.mark.usefixtures("built_anew")
@pytest.mark.parametrize(
    ("construct", "kind"),
    [
        ("---", "Separator"),
        ("--", "Separator"),
        ("<!-- break -->", "Separator"),
        ("???", "NotesSeparator"),
        ("[id]: address", "Definition"),
    ],
)
def test_constructs_of_whole_lines_begin_the_text_or_a_line(construct: str, kind: str) -> None:
    assert kinds(construct) == [kind]
    assert kinds("\n" + construct) == [kind]
    assert kinds("\n\n" + construct) == ["Text", kind]
    assert kinds("x\n" + construct) == ["Text", kind]
    assert kinds("x " + construct) == ["Text"]
    assert kinds(construct + "\n" + construct) == [kind, kind]


@pytest.mark.usefixtures("built_anew")
@pytest.mark.parametrize(
    "code",
    ["```\n.a[b]\n```", "~~~~ python\n.a[b]\n~~~~", "    .a[b]\n    .a[b]"],
    ids=["backticks", "tildes", "indented"],
)
def test_in_code_nothing_is_syntax(code: str) -> None:
    blank_line = [] if code.startswith(" ") else ["Text"]
    assert kinds(code) == ["Text"]
    assert kinds("\n\n" + code) == [*blank_line, "Text"]
    assert kinds("x\n\n" + code) == ["Text", "Text"]
    assert kinds("x " + code)[:2] == ["Text", "ContentStart"]
    assert kinds(f".b[{code}\n]") == ["ContentStart", "Text", "ContentEnd"]
    assert kinds(f".b[\n\n{code}\n]") == ["ContentStart", *blank_line, "Text", "ContentEnd"]
    assert kinds(f".b[x\n\n{code}\n]") == ["ContentStart", "Text", "Text", "ContentEnd"]


@pytest.mark.parametrize("opening", ["````", "````python", "`````{1}", "```` {1}"])
def test_a_long_fence_may_be_closed_by_a_shorter_one(opening: str) -> None:
    assert kinds(f"{opening}\n.a[b]\n```") == ["Text"]


def test_a_long_fence_with_a_blank_before_its_language_needs_one_as_long() -> None:
    assert kinds("```` python\n.a[b]\n```") == ["Text", "ContentStart", "Text", "ContentEnd", "Text"]
    assert kinds("```` python\n.a[b]\n````") == ["Text"]


def test_a_fence_is_closed_by_no_less_than_three_characters() -> None:
    assert kinds("~~~~\n.a[b]\n~~") == ["Text", "ContentStart", "Text", "ContentEnd", "Text"]


def test_a_fence_closes_after_one_character_at_the_earliest() -> None:
    assert kinds("```\n```\n.a[b]\n```") == ["Text"]
    assert kinds("~~~\nx~~~\n    .a[b]") == ["Text", "Text"]


def test_a_fence_that_nothing_of_its_length_closes_may_be_closed_by_a_shorter_one_further_on() -> None:
    assert kinds("~~~~ a\n~~~~b\n.c[d]\n~~~") == ["Text", "Text"]


@pytest.mark.usefixtures("built_anew")
def test_indented_code_needs_a_blank_line_before_it() -> None:
    assert kinds("x\n    .a[b]") == ["Text", "ContentStart", "Text", "ContentEnd"]


@pytest.mark.usefixtures("built_anew")
@pytest.mark.parametrize(
    ("construct", "expected"),
    [("`.a[b]`", ["Text"]), (".a[b]", ["ContentStart", "Text", "ContentEnd"]), ("![:m a](c)", ["Macro"])],
    ids=["code", "class", "macro"],
)
def test_constructs_within_lines_begin_anywhere(construct: str, expected: list[str]) -> None:
    assert kinds(construct) == expected
    assert kinds("x " + construct) == ["Text", *expected]
    assert kinds(f".b[x {construct}]") == ["ContentStart", "Text", *expected, "ContentEnd"]


def test_syntax_goes_on_right_after_an_escaped_class() -> None:
    assert kinds("\\.a[b].c[d]") == ["Text", "ContentStart", "Text", "ContentEnd"]


def test_a_content_class_ends_although_code_in_it_does_not() -> None:
    assert kinds(".a[`x]y`") == ["ContentStart", "Text", "ContentEnd", "Text"]
    assert [(token.start, token.end) for token in lexer.lex(".a[`x]y`")] == [(0, 3), (3, 5), (5, 6), (6, 8)]


def test_text_goes_on_right_after_a_class_too_deep() -> None:
    depth = lexer.MAX_CLASS_DEPTH
    _, too_deep, more, *_ = list(lexer.lex(".a[" * depth + ".b[x]more" + "]" * depth))[depth - 1 :]
    assert isinstance(too_deep, lexer.UnclosedClass)
    assert (too_deep.value, more.end - more.start) == (".b[x]", len("more"))


@pytest.mark.usefixtures("built_anew")
def test_inside_a_content_class_nothing_separates() -> None:
    assert kinds(".a[\n---\n???\n]") == ["ContentStart", "Text", "ContentEnd"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(".a[" * 5000 + "]" * 5000, id="classes"),
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param(".a[" * 30_000, id="open classes"),
        pytest.param("\n[a" * 30_000, id="open definitions"),
        pytest.param("```\n" * 20_001, id="fences"),
        pytest.param("```a\n---\n~~~b\n--\n" * 8_000, id="open fences"),
        pytest.param("\n" * 100_000, id="line breaks"),
        pytest.param("`" * 100_000, id="backticks"),
        pytest.param(".a" * 50_000, id="class names"),
        pytest.param("![:" * 30_000, id="macros"),
        pytest.param("<!-- " * 30_000, id="comments"),
        pytest.param("a: b" * 30_000, id="properties"),
    ],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    assert sum(token.end - token.start for token in lexer.lex(text)) == len(text)
