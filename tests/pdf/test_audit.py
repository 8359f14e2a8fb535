"""What the printer says about slides that would come out cut off or empty."""

from __future__ import annotations

import pytest
from printdeck import Deck, picture

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.audit import audit
from slidebuild.pdf.findings import Finding, pack, tell, unpack
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import Metadata, PrintJob, PrintPage
from slidebuild.pdf.survey import prepare
from slidebuild.source import SourceFile

CSS = """p, h1 { margin: 0 } body { margin: 0; font: 20px/30px 'DejaVu Sans' }
.remark-slide-content, .remark-slide, .remark-slide-scaler { height: 100%; box-sizing: border-box; padding: 0 }"""


def audited(session: Session, *contents: str, css: str = "", **assets: bytes) -> list[tuple[int | None, str, str]]:
    deck = Deck([(str(number), "", content) for number, content in enumerate(contents)], CSS + css)
    sheet = Sheet(deck.width, deck.height)
    files = {f"{name}.png": data for name, data in assets.items()}
    with session.page(deck.html, files, width=sheet.size[0], height=sheet.size[1]) as page:
        page.wait()
        prepare(page, sheet, {})
        return [(found.page, found.code, found.message) for found in audit(page)]


@pytest.mark.browser
def test_what_ends_beyond_the_slide_is_told_with_side_and_pixels(session: Session) -> None:
    right = '<div style="width: 1200px; margin-left: 100px"><img src="a.png" width="1200" alt="A plot"></div>'
    found = audited(session, "<p>fits</p>", "<p>line</p>" * 24, right, a=picture())
    assert [entry[:2] for entry in found] == [(1, "slide-overflow"), (2, "slide-overflow")]
    assert found[0][2].startswith("“line” ends 3")
    assert found[0][2].endswith(" px below the slide")
    assert found[1][2] == "“A plot” ends 90 px right of the slide and 219 px below the slide"


@pytest.mark.browser
def test_what_stands_in_a_box_that_cuts_is_told_where_the_box_itself_ends_beyond_the_slide(session: Session) -> None:
    code = f'<pre style="overflow: hidden">{"line<br>" * 60}</pre>'
    short = f'<pre style="overflow: hidden; height: 720px; margin: 0">{"line<br>" * 60}</pre>'
    found = audited(session, code, short)
    assert [entry[:2] for entry in found] == [(0, "slide-overflow"), (1, "slide-overflow")]
    pixels = [int(entry[2].split()[2]) for entry in found]
    assert pixels[0] > 100 > pixels[1]


FINE = {
    "a background": '<p style="background: red; margin: -50px; padding: 50px; height: 900px">text</p>',
    "a box that cuts": '<div style="height: 100px; overflow: hidden"><p>x</p><p style="margin-top: 900px">y</p></div>',
    "a picture moved out": '<p>x</p><img src="a.png" style="position: absolute; right: -9px; top: 0" width="300">',
    "a picture with a negative margin": '<p>x</p><img src="a.png" alt="" style="margin-left: -50px" width="300">',
    "a picture as large as the slide": '<img src="a.png" alt="" style="width: 1300px; height: 800px; margin: -20px">',
    "text for ears": '<p>x</p><p style="position: absolute; left: -9999px">skip</p>',
    "hidden text": '<p>x</p><p style="position: absolute; top: 900px; visibility: hidden">never</p>',
    "the number": '<p>x</p><div class="remark-slide-number" style="position: absolute; top: 900px">1</div>',
    "letters that reach down a bit": '<p style="position: absolute; bottom: -2px">gy</p>',
    "nothing": "",
    "blanks": "<p>  </p><style>p { color: red }</style>",
}


@pytest.mark.browser
def test_what_is_meant_to_bleed_or_to_be_hidden_is_not(session: Session) -> None:
    found = audited(session, *FINE.values(), a=picture())
    assert [(list(FINE)[index or 0], message) for index, _, message in found] == []


@pytest.mark.browser
def test_box_that_scrolls_hides_something_on_paper(session: Session) -> None:
    wide = f'<pre style="overflow: auto; width: 400px">{"x" * 100}</pre>'
    tall = f'<div style="overflow-y: scroll; height: 100px">{"<p>line</p>" * 9}</div>'
    found = audited(session, wide, tall, '<pre style="overflow: auto">short</pre>')
    assert [entry[:2] for entry in found] == [(0, "clipped-content"), (1, "clipped-content")]
    assert "px at the right, which paper cannot scroll" in found[0][2]
    assert "170 px at the bottom" in found[1][2]


BLANK = (
    '<p style="display: none">x</p>',
    '<p style="opacity: 0">x</p>',
    '<p style="visibility: hidden">x</p>',
    '<div style="position: absolute; left: -3000px">x</div>',
    '<img src="a.png" alt="" width="0" height="0">',
)


@pytest.mark.browser
def test_slide_of_which_nothing_is_seen_is_told(session: Session) -> None:
    found = audited(session, "<p>seen</p>", *BLANK, a=picture())
    assert [(index, code) for index, code, _ in found] == [(index + 1, "blank-slide") for index in range(len(BLANK))]


@pytest.mark.browser
def test_slide_whose_text_has_no_box_of_its_own_or_whose_picture_is_missing_is_not_blank(session: Session) -> None:
    assert audited(session, '<div style="display: contents"><p style="display: contents">x</p></div>') == []
    assert audited(session, '<img src="gone.png" alt="">', f'<img src="gone.png" alt="">{"<p>line</p>" * 24}') == []


@pytest.mark.browser
def test_slide_that_is_only_a_box_or_a_background_is_not_blank(session: Session) -> None:
    boxes = '<p style="display: none">x</p><div style="background: red; height: 50px"></div>'
    assert audited(session, boxes, '<p style="opacity: 0">x</p><hr style="border: 1px solid">') == []


def test_findings_are_told_where_their_words_stand() -> None:
    text = "# Title\n\nSome **bold words** here\n"
    span = SourceFile("d.md", text).span(0, len(text))
    page = PrintPage("Title", "1", "1", span=span)
    job = PrintJob("", {}, 1, 1, (page,), Metadata("x"))
    diagnostics = Diagnostics()
    findings = (Finding("slide-overflow", "too long", 0, "bold words here", "a hint"), Finding("blank-slide", "all"))
    assert unpack(pack(findings)) == findings
    tell(findings, job, diagnostics)
    first, second = diagnostics
    assert (str(first.span), first.message, first.hint) == ("d.md:3:8", "page 1, “Title”: too long", "a hint")
    assert (second.span, second.message) == (None, "all")
