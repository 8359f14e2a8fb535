"""What slides are called."""

from __future__ import annotations

import pytest

from slidebuild.compiler import Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Hello *there*", "Hello there"),
        ("### Third\n\n# First", "First"),
        ("# Two<br>lines", "Two lines"),
        ("# Energy $E = mc^2$", "Energy E = mc^2"),
        ("# .red[Red] title", "Red title"),
        ("title: Said so\n\n# Hello", "Said so"),
        ("![A plot](x.png)", "A plot"),
        ("name: only-a-name\n\ntext", "only-a-name"),
        ("just text", "just text"),
        ("#\n\n## Real", "Real"),
        ("", ""),
    ],
)
def test_slide_titles(text: str, title: str) -> None:
    inputs = Inputs(DictLoader(), stronger=(Layer({"theme": "remark"}),), assets="link")
    deck = compile_deck(SourceFile("talk.md", text), inputs, Diagnostics())
    assert deck.slides[0].title == title
