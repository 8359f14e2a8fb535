from __future__ import annotations

import time
from io import BytesIO

import pytest
from PIL import Image
from printdeck import Deck

from slidebuild.browser.session import Session
from slidebuild.pdf.still_svg import still_files

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMESPACES} width="100" height="100">{{}}</svg>'


def square(inside: str, fill: str = "#f00") -> bytes:
    return SVG.format(f'<rect width="100" height="100" fill="{fill}">{inside}</rect>').encode()


FADE = 'attributeName="fill" values="#00f;#ff0;#0f0" dur="2s"'
ENDLESS = square(f'<animate {FADE} repeatCount="indefinite"/>')
ENDS = square(f'<animate {FADE} begin="1s" fill="freeze"/>')
CHAIN = square('<set id="a" attributeName="x" to="0" dur="1s"/><set attributeName="fill" to="#0ff" begin="a.end+1s"/>')
CSS = SVG.format(
    "<style>@keyframes k { from { fill: #00f } to { fill: #0f0 } } rect { animation: k 9s infinite }</style>"
    '<rect width="100" height="100" fill="#f00"/>'
).encode()
CSS_ENDS = CSS.replace(b"9s infinite", b"9s forwards")
CLICK = square('<set attributeName="fill" to="#000" begin="click"/>')

GOES = square(f"<animate {FADE}/>")
MOVES = SVG.format(
    '<rect x="-50" y="-50" width="100" height="100" fill="#00f"><animateMotion path="M-500 0L50 50" dur="3s" '
    'repeatCount="indefinite" keyPoints="1;1;0" keyTimes="0;0.1;1" calcMode="linear"/></rect>'
).encode()
ARRIVES = MOVES.replace(b'repeatCount="indefinite" keyPoints="1;1;0"', b'fill="freeze" keyPoints="0;0;1"')
TURNS = SVG.format(
    '<rect width="100" height="100" fill="#0f0"><animateTransform attributeName="transform" type="translate" '
    'from="-100 0" to="0 0" dur="9s" fill="freeze"/></rect>'
).encode()

STATES = [
    (ENDLESS, (0, 0, 255)),
    (ENDS, (0, 255, 0)),
    (GOES, (255, 0, 0)),
    (CHAIN, (0, 255, 255)),
    (CLICK, (255, 0, 0)),
    (MOVES, (0, 0, 255)),
    (ARRIVES, (0, 0, 255)),
    (TURNS, (0, 255, 0)),
    (CSS, (255, 0, 0)),
    (CSS_ENDS, (0, 255, 0)),
]

pytestmark = pytest.mark.browser


def still_svg(text: bytes | str, session: Session) -> str:
    body = text if isinstance(text, bytes) else text.encode()
    return still_files({"a.svg": body}, session)["a.svg"].decode()


def test_file_without_movement_or_that_is_no_xml_is_left_as_it_is(session: Session) -> None:
    files = {"a.svg": square(""), "b.svg": b"<svg><animate", "c.svg": b"<svg><animate/>\xff</svg>", "d.html": ENDLESS}
    assert still_files(files, session) == files


def test_all_but_movement_stays(session: Session) -> None:
    text = '<g><text xlink:href="#a">a &amp; b&#160;<![CDATA[<x>]]></text><set attributeName="x"/></g>'
    html = still_svg(SVG.format(text), session)
    assert '<text xlink:href="#a">a &amp; b\u00a0<![CDATA[<x>]]></text>' in html
    assert 'xmlns:xlink="http://www.w3.org/1999/xlink"' in html


def test_entities_from_files_are_not_read(session: Session) -> None:
    text = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&x;</text><animate/>")
    assert "root:" not in still_svg(text, session)


def test_pictures_show_their_end_or_their_beginning_at_any_time(session: Session) -> None:
    html = "<!DOCTYPE html><style>body { margin: 0 } img { display: block }</style>"
    html += "".join(f'<img src="{n}.svg">' for n in range(len(STATES)))
    files = still_files({f"{n}.svg": svg for n, (svg, _) in enumerate(STATES)}, session)
    with session.page(html, files, width=100, height=100 * len(STATES)) as page:
        page.wait()
        time.sleep(0.1)
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    assert [shot.getpixel((50, 100 * n + 50)) for n in range(len(STATES))] == [colour for _, colour in STATES]


def test_svg_in_the_page_shows_the_same(session: Session) -> None:
    from slidebuild.pdf.geometry import Sheet
    from slidebuild.pdf.survey import prepare

    smil = [state for state in STATES if b"<style>" not in state[0]]
    deck = Deck([(str(n), "", svg.decode()) for n, (svg, _) in enumerate(smil)], "svg { position: absolute; inset: 0 }")
    with session.page(deck.html, {}, width=1216, height=688 * len(smil)) as page:
        page.wait()
        prepare(page, Sheet(1210, 681), {})
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    assert [shot.getpixel((50, 681 * n + 50)) for n in range(len(smil))] == [colour for _, colour in smil]
