"""Addresses of files whose names have other capitals: the repair is the address as it should be written."""

from __future__ import annotations

import pytest

from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.source import DictLoader, SourceFile

FILES = {"img/Plot.png": b"x", "img/Two Words.png": b"x", "decks/Sub/x.png": b"x", "IMG2/y.png": b"x"}


def found(text: str) -> list[Diagnostic]:
    diagnostics = Diagnostics()
    compile_deck(SourceFile("decks/talk.md", text), Inputs(DictLoader(dict(FILES))), diagnostics)
    return diagnostics.sorted()


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("../img/plot.png", "../img/Plot.png"),
        ("/img/PLOT.png", "/img/Plot.png"),
        ("../img/plot.png?v=plot.png#part", "../img/Plot.png?v=plot.png#part"),
        ("../img/two%20words.png", "../img/Two%20Words.png"),
        ("sub/x.png", "Sub/x.png"),
        ("./sub/X.png", "./Sub/x.png"),
        ("../img2/y.png", "../IMG2/y.png"),
    ],
)
def test_the_address_is_mended_as_it_was_written(written: str, right: str) -> None:
    (item,) = found(f"![x]({written})\n")
    assert (item.code, item.hint) == ("image-case-mismatch", f"write {right}")
    assert item.fix is not None
    assert (item.fix.span.text, item.fix.replacement) == (written, right)


def test_an_address_made_by_a_macro_offers_no_repair() -> None:
    (item,) = found("![:img 50%](../img/plot.png)\n")
    assert item.code == "image-case-mismatch"
    assert item.fix is None or item.fix.span.text == "../img/plot.png"


def test_a_background_is_mended_too() -> None:
    (item,) = found("class: a\nbackground-image: url(../img/plot.png)\n")
    assert (item.code, str(item.span)) == ("image-case-mismatch", "decks/talk.md:2:23")
    assert item.fix is not None
    assert (item.fix.span.text, item.fix.replacement) == ("../img/plot.png", "../img/Plot.png")


def test_a_background_of_a_layout_is_reported_once_where_it_is_written() -> None:
    items = found("# A\n---\nlayout: true\nbackground-image: url(../img/none.png)\n---\n# B\n---\n# C\n")
    assert [(item.code, str(item.span)) for item in items] == [("missing-image", "decks/talk.md:4:23")]
