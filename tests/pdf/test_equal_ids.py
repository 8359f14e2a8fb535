"""Slides whose names could be taken for one another: links lead to the right one, whichever way the deck is printed."""

from __future__ import annotations

from io import BytesIO
from unittest.mock import patch

import pikepdf
import pytest
from decks import compile_text
from playwright.sync_api import Browser

from slidebuild.browser.session import Session
from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.pdf import whole
from slidebuild.pdf.job import PrintPage
from slidebuild.pdf.survey import page_addresses
from slidebuild.pdf.twin import make_pdf
from slidebuild.source import DictLoader, SourceFile

COUNTED = (
    '---\nstyle: "body { counter-reset: c } h1 { counter-increment: c } h1::before { content: counter(c) }"\n---\n'
)
ALIKE = """name: x
# X
[a](#slide-x) [b](#slide-y) [c](#x)
---
name: slide-x
# Slide X
[a](#x) [b](#1) [c](#2)
---
name: y
# Y
"""
TWICE = "name: y\n# One\n---\n# Two\n[a](#y) [b](#1) [c](#3)\n---\nname: y\n# Three\n"


def jumps(data: bytes | None) -> list[list[int]]:
    """The pages that the links of each page lead to, counted from 1."""
    with pikepdf.open(BytesIO(data or b"")) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [[numbers[link.Dest[0].objgen] for link in page.obj.get("/Annots", [])] for page in pdf.pages]


@pytest.mark.browser
@pytest.mark.parametrize("is_whole", [False, True])
@pytest.mark.parametrize(
    ("deck", "wanted", "told"),
    [
        (ALIKE, [[2, 3, 1], [1, 1, 2], []], []),
        (TWICE, [[], [3, 1, 3], []], ["duplicate-slide-name"]),
    ],
)
def test_links_lead_to_the_slide_of_that_name(
    session: Session, deck: str, wanted: list[list[int]], told: list[str], *, is_whole: bool
) -> None:
    diagnostics = Diagnostics()
    compiled = compile_text(COUNTED + deck if is_whole else deck, diagnostics)
    with patch.object(whole, "print_whole", wraps=whole.print_whole) as printing:
        twin = make_pdf(compiled, session, diagnostics)
    assert [item.code for item in diagnostics] == told
    assert printing.called is is_whole
    assert jumps(twin.data) == wanted


@pytest.mark.browser
def test_what_a_script_adds_takes_no_slides_place(session: Session) -> None:
    text = "# One\n<p class=late>p</p>\n[a](#end)\n---\nname: end\n# Two\n"
    script = "document.querySelector('.late').id = 'end'"
    layer = Layer({"pdf": {"javascript": True}})
    diagnostics = Diagnostics()
    compiled = compile_deck(SourceFile("talk.md", text), Inputs(loader=DictLoader({}), weaker=(layer,)), diagnostics)
    real = whole.prepare

    def prepare(page, *rest):  # type: ignore[no-untyped-def]
        page.evaluate(f"() => {{ {script} }}")
        return real(page, *rest)

    with patch.object(whole, "prepare", prepare):
        twin = make_pdf(compiled, session, diagnostics)
    assert list(diagnostics) == []
    assert jumps(twin.data) == [[2], []]


def test_of_slides_of_one_name_the_last_is_meant_and_numbers_are_places_first() -> None:
    pages = (PrintPage("", "1", "y", ("1",)), PrintPage("", "2", "2", ("y",)), PrintPage("", "3", "y", ("3", "2")))
    assert page_addresses(pages) == {"y": 2, "1": 0, "2": 1, "3": 2}


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [False, True])
def test_on_the_page_such_a_name_leads_to_its_slide_with_and_without_the_player(
    browser: Browser, *, javascript: bool
) -> None:
    diagnostics = Diagnostics()
    html = make_page(compile_text(ALIKE, diagnostics), diagnostics).html
    assert list(diagnostics) == []
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.route("https://x.example/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("https://x.example/#slide-x")
    if javascript:
        assert page.locator(".remark-visible h1").inner_text() == "Slide X"
    else:
        assert page.locator(":target h1").inner_text() == "Slide X"
    assert page.locator("[id=slide-y]").count() == 1
    context.close()
