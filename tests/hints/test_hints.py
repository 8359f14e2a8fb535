"""Hints in all; single ones have their cases in `spec/diagnostics.md`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slidebuild import parser
from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import CODES, Diagnostic, Diagnostics
from slidebuild.hints import Hints
from slidebuild.settings import Settings
from slidebuild.source import DictLoader, SourceFile

PIECES = st.lists(
    st.sampled_from(
        [
            *("---", "--", "???", "--- ", "\n", "\n\n", "```", "```python", "$$", "$", "]", "[", ".red[", "..red["),
            *("class: center", "clas: x", "<div>", "</div>", "<a b=c,>", '<a b="c>', "<!--", "-->", "#x", "[a]: b"),
            *("[a][b]", "\\", "`", "text", "    ", "exclude: true", "<script>", "|", "\u00a0", "\u2028"),
        ]
    ),
    max_size=40,
).map("".join)


def hints(text: str) -> list[Diagnostic]:
    source = SourceFile("talk.md", text)
    deck = parser.parse(source, Diagnostics())
    diagnostics = Diagnostics()
    looking = Hints(Settings(), diagnostics)
    looking.look_at(deck, source)
    looking.finish()
    return list(diagnostics)


def compiled(text: str, files: dict[str, bytes] | None = None) -> list[Diagnostic]:
    diagnostics = Diagnostics()
    compile_deck(SourceFile("decks/talk.md", text), Inputs(DictLoader(files or {})), diagnostics)
    return diagnostics.sorted()


@given(PIECES)
def test_no_text_makes_an_exception_and_every_hint_has_a_place_and_an_advice(text: str) -> None:
    for item in hints(text):
        assert item.code in CODES
        assert item.hint
        assert item.span is not None
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert not item.message.endswith(".")
        if item.fix is not None:
            assert item.fix.span.text != item.fix.replacement


def test_places_are_right_in_an_indented_deck() -> None:
    (found,) = compiled("  # Title\n  ..red[x]\n")
    assert found.span is not None
    assert (str(found.span), found.span.text) == ("decks/talk.md:2:3", "..red[")


def test_places_are_right_after_front_matter_and_in_an_included_deck() -> None:
    files = {"decks/part.md": b"---\ntitle: x\n---\n# A\n\n..red[x]\n"}
    (found,) = compiled("---\ntitle: y\n---\ninclude: part.md\n", files)
    assert str(found.span) == "decks/part.md:6:1"


def test_a_link_that_an_included_deck_uses_is_used() -> None:
    files = {"decks/part.md": b"[text][id]\n"}
    assert compiled("# A\n\n[id]: https://example.org\n---\ninclude: part.md\n", files) == []


def test_an_included_list_of_links_need_not_be_used_up() -> None:
    files = {"decks/links.md": b"[one]: https://example.org\n[two]: https://example.org\n"}
    assert compiled("[text][one]\n---\ninclude: links.md\n", files) == []


def test_a_reference_in_a_layout_is_reported_once() -> None:
    found = compiled("layout: true\n\n[text][gone]\n---\n# A\n---\n# B\n")
    assert [(item.code, str(item.span)) for item in found] == [("undefined-link-reference", "decks/talk.md:3:7")]


def test_an_undefined_link_gets_the_nearest_one_as_hint() -> None:
    found = compiled("[text][nnzo] [other][nnzoo]\n\n[nnzoo]: https://example.org\n")
    assert [item.hint for item in found] == ["did you mean `nnzoo`?"]


def test_time_does_not_explode_on_hostile_text() -> None:
    for piece in ('<a "', "<a =", "$$", "`", "[", "..a", "<pre>", "```\n", "<!--", "    a\n\n", "class: a\n", "]\n"):
        hints(piece * 20_000)
