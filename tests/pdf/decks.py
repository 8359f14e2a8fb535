"""Decks of a few lines through the compiler."""

from __future__ import annotations

from collections.abc import Mapping

from slidebuild.compiler import Compiled, Inputs, compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.source import DictLoader, SourceFile


def compile_text(text: str, diagnostics: Diagnostics, files: Mapping[str, bytes] | None = None) -> Compiled:
    """The deck `talk.md` with files beside it."""
    return compile_deck(SourceFile("talk.md", text), Inputs(loader=DictLoader(dict(files or {}))), diagnostics)
