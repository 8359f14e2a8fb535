"""Where the blocks of a slide were written."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from slidebuild import dom
from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.preview.lines import BLOCKS, lines_of
from slidebuild.source import DictLoader, SourceFile


def blocks(text: str, slide: int = 0, **files: str) -> list[tuple[str, str, int]]:
    """Tag, path and line of each block of a slide."""
    loader = DictLoader({f"decks/{name}.md": content.encode() for name, content in files.items()})
    inputs = Inputs(loader, stronger=(Layer({"theme": "remark"}),), assets="link")
    compiled = compile_deck(SourceFile("decks/a.md", text), inputs, Diagnostics()).slides[slide]
    found = dom.select(dom.parse(compiled.content), BLOCKS)
    places = lines_of(compiled).blocks
    assert len(found) == len(places)
    return [(dom.tag(block), path, line) for block, (path, line) in zip(found, places, strict=True)]


def lines(text: str, slide: int = 0) -> list[tuple[str, int]]:
    return [(tag, line) for tag, _, line in blocks(text, slide)]


def test_each_block_has_its_line() -> None:
    text = "# Title\n\nA *first* paragraph\n\n- one\n- two\n  - deeper\n\n> quoted\n"
    found = lines(text)
    assert ("h1", 1) in found
    assert ("p", 3) in found
    assert [line for tag, line in found if tag == "li"] == [5, 6, 7]
    assert ("blockquote", 9) in found


def test_equal_texts_have_their_own_lines() -> None:
    assert [line for _, line in lines("same\n\nsame\n\nsame\n")] == [1, 3, 5]


def test_lines_of_code_and_rows_of_tables_are_told_apart() -> None:
    text = "```python\na = 1\nb = 2\n```\n\n| x | y |\n|---|---|\n| cell | other |\n| third | fourth |\n"
    found = blocks(text)
    assert [line for tag, _, line in found if tag == "div"] == [2, 3]
    assert [line for tag, _, line in found if tag == "tr"] == [6, 8, 9]


def test_picture_is_found_by_its_name() -> None:
    assert ("img", 3) in lines("text\n\n![](../img/plot.png)\n\nmore\n")


def test_what_a_layout_brings_leads_to_the_layout() -> None:
    text = "layout: true\n\nabove all\n\n---\n\n# Own\n"
    assert [(tag, line) for tag, line in lines(text) if tag in ("p", "h1")] == [("p", 3), ("h1", 7)]


def test_included_slides_lead_to_their_file() -> None:
    found = blocks("# One\n\n---\ninclude: b.md\n", 1, b="# Two\n\nthere\n")
    assert found == [("h1", "decks/b.md", 1), ("p", "decks/b.md", 3)]


WORDS = st.lists(st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=5), min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(("", "- ", "## ")), WORDS), min_size=1, max_size=8))
def test_line_of_a_block_holds_its_words(written: list[tuple[str, str]]) -> None:
    text = "\n\n".join(f"{mark}{words} w{number}" for number, (mark, words) in enumerate(written)) + "\n"
    source = SourceFile("decks/a.md", text)
    inputs = Inputs(DictLoader(), stronger=(Layer({"theme": "remark"}),), assets="link")
    compiled = compile_deck(source, inputs, Diagnostics()).slides[0]
    places = lines_of(compiled).blocks
    for block, (_, line) in zip(dom.select(dom.parse(compiled.content), BLOCKS), places, strict=True):
        assert dom.text(block).split()[0] in source.line(line).split()


def test_path_of_a_slide_is_where_its_text_begins(tmp_path: Path) -> None:
    inputs = Inputs(DictLoader(), stronger=(Layer({"theme": "remark"}),), assets="link")
    slides = compile_deck(SourceFile("decks/a.md", "one\n\n---\n\n\ntwo\n"), inputs, Diagnostics()).slides
    assert [lines_of(slide).line for slide in slides] == [1, 6]
