"""Decks checked from memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PIL import Image

from slidebuild.browser.session import Session
from slidebuild.check.checking import Tools, check_deck
from slidebuild.check.dictionary import Dictionary
from slidebuild.check.web import Web
from slidebuild.compiler import Inputs
from slidebuild.diagnostics import Diagnostic, Diagnostics
from slidebuild.layer import Layer
from slidebuild.source import DictLoader, SourceFile

BARE = {"theme": "remark", "ratio": "16:9"}


def check(
    deck: str,
    files: Mapping[str, bytes] | None = None,
    *,
    settings: Mapping[str, object] | None = None,
    browser: Session | None = None,
    web: Web | None = None,
    dictionary: Callable[[str], Dictionary] | None = None,
) -> list[Diagnostic]:
    """What is found in `decks/talk.md`, in order."""
    layer = Layer({**BARE, **(settings or {})})
    inputs = Inputs(loader=DictLoader(dict(files or {})), weaker=(layer,))
    tools = Tools(browser=browser, web=web, dictionary=dictionary)
    return check_deck(SourceFile("decks/talk.md", deck), inputs, tools, Diagnostics()).findings.sorted()


def told(found: list[Diagnostic], *codes: str) -> list[str]:
    """Line and message of findings; of some codes only, if any are given."""
    chosen = (item for item in found if not codes or item.code in codes)
    return [f"{item.span.position.line if item.span else '-'}: {item.message}" for item in chosen]


def codes(found: list[Diagnostic]) -> list[str]:
    """Their codes."""
    return [item.code for item in found]


def png(width: int, height: int, colour: str = "navy", *, noise: bool = False) -> bytes:
    """A picture of one colour; with noise it takes three bytes a pixel."""
    import io
    import random

    image = Image.new("RGB", (width, height), colour)
    if noise:
        image = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
