"""A slide's page is the same however many slides are printed with it, and wherever it stands among them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from printdeck import Deck
from test_resample import noise, saved

from slidebuild.browser.session import Session
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.page_cut import Cut, cut_pages
from slidebuild.pdf.printed import Printed
from slidebuild.pdf.slices import slices
from slidebuild.pdf.survey import page_addresses, prepare

pytestmark = pytest.mark.browser

CSS = """
.g { display: inline-block; width: 133.33px; height: 57.7px; margin: 3.3px }
@font-face { font-family: Sub; src: local("DejaVu Serif") }
"""
HARD = """<h1>Title <em>x</em> <a href="https://example.org">out</a> <a href="#first">in</a>
<a href="x.html">own</a></h1>
<div class=g style="background:linear-gradient(37deg,red,blue 33%,#0f08)"></div>
<div class=g style="background:radial-gradient(circle at 33% 20%,red,blue 33%,#0f08)"></div>
<div class=g style="background:conic-gradient(from 12deg,red,blue 33%,#0f08)"></div>
<div class=g style="background:repeating-linear-gradient(45deg,red 0 3.3px,blue 5px 7.1px)"></div>
<div class=g style="box-shadow:3.3px 4.4px 9px #0008;border-radius:13.3%;border:3px dashed teal"></div>
<div class=g style="filter:blur(3px);background:red"></div>
<div class=g style="opacity:.5;background:url(a.png)"><p>half</p></div>
<div class=g style="mix-blend-mode:multiply;background:url(a.png) 3px 4px/33.3px"></div>
<div class=g style="clip-path:polygon(10% 10%,90% 33%,40% 93%);background:teal"></div>
<div class=g style="mask-image:linear-gradient(black,transparent);background:teal">masked</div>
<div class=g style="transform:rotate(13deg) scale(.7)">turned <img src=a.png width=33 alt=Turned></div>
<p style="text-shadow:2px 2px 3px red;font:17.77px Sub;letter-spacing:.033em">Shadow ½ ¾ fi</p>
<div style="position:fixed;right:10px;bottom:10px">fixed</div>
<div style="position:absolute;left:13.37px;bottom:33.3px;writing-mode:vertical-rl">vertical</div>
<table><tr><th>A<th>B<tr><td>1<td></table>
<svg width=200 height=80 viewBox="0 0 100 40"><defs><linearGradient id=q><stop stop-color=red /><stop offset=1
stop-color=blue /></linearGradient><pattern id=p width=7 height=7 patternUnits=userSpaceOnUse><circle r=3 cx=3 cy=3 />
</pattern></defs><rect width=50 height=40 fill="url(#q)"/><rect x=50 width=50 height=40 fill="url(#p)"/></svg>"""
OTHERS = [("First", "first", "<h1>First, with <b>other</b> words: 0123</h1>"), ("Empty", "", "")]
PLAIN = Deck([*OTHERS, *[(f"Hard {n}", "", HARD) for n in range(30)]], CSS, {"a.png": saved(noise(size=(60, 40)))})


def cut(session: Session, deck: Deck, which: tuple[int, ...]) -> list[Cut | None]:
    sheet, found = Sheet(deck.width, deck.height), slices(deck.html)
    assert found is not None
    addresses = page_addresses(deck.job().pages)
    width, height = sheet.size
    html = found.together(which, addresses)
    with session.page(html, deck.assets or {}, width=width, height=height) as page:
        page.wait()
        survey = prepare(page, sheet, addresses)
        printed = Printed(page.print_pdf(width, height), which, survey, page.site.relative)
    pages = cut_pages(printed, sheet)
    assert pages is not None
    return list(pages)


def test_slide_has_the_same_bytes_alone_among_others_and_far_down(session: Session) -> None:
    together = cut(session, PLAIN, tuple(range(len(PLAIN.slides))))
    assert None not in together
    first = together[2]
    assert [index for index, page in enumerate(together) if page == first] == list(range(2, 32))
    assert cut(session, PLAIN, (17,)) == [first]
    assert cut(session, PLAIN, (0, 1)) == together[:2]


def test_page_holds_nothing_of_the_others(session: Session) -> None:
    page = cut(session, PLAIN, (0, 2))[0]
    assert page is not None
    with pikepdf.open(BytesIO(page.pdf)) as pdf:
        assert len(pdf.pages) == 1
        assert not [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Width" in obj]
        texts = b"".join(
            obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Length1" not in obj
        )
    assert b"example.org" not in page.pdf + texts
    assert session.started.version.encode() not in page.pdf


@pytest.mark.parametrize("family", ["Noto Color Emoji", "DejaVu Sans"])
def test_fonts_hold_what_the_slide_shows(session: Session, family: str) -> None:
    texts = ("<p>abc 😀", "<p>xyz 👈 ∑")
    deck = replace(PLAIN, slides=[("A", "", texts[0]), ("B", "", texts[1])], css=f"p {{ font-family: '{family}' }}")
    both = cut(session, deck, (0, 1))
    assert both == [cut(session, deck, (0,))[0], cut(session, deck, (1,))[0]]
