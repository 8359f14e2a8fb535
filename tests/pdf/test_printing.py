from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from printdeck import Deck, codes, picture

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.job import Metadata
from slidebuild.pdf.printing import print_pdf
from slidebuild.pdf.structure import elements_of, kids_of

pytestmark = pytest.mark.browser

Make = Callable[..., pikepdf.Pdf]

LINKS = """<h1>One</h1><p><a href="#two">to two</a> <a href="#3">to three</a> <a href="#deep">deep</a>
<a href="https://example.org/a?b#c">out</a> <a href="mailto:me@example.org">mail</a>
<a href="../other/#5">other deck</a> <a href="file:///etc/passwd">file</a> <a href="javascript:alert(1)">script</a>
<a href="#nowhere">nowhere</a> <a href="https://example.org/p"><img src="a.png" alt="A picture"></a>
<a href="https://example.org/l" aria-label="A label">x</a></p>"""

DECK = Deck(
    [
        ("One", "", LINKS),
        ("Two", "two", "<h2>Two</h2><p>Some <em>stressed</em> <strong>words</strong></p><ul><li>item</ul>"),
        ("Three", "", "<h2>Three</h2><p id=deep style='margin-top:200px'>deep</p>"),
        ("Four", "table", "<table><thead><tr><th>A<th>B<tbody><tr><td>1<td>2</table>"),
    ],
    assets={"a.png": picture()},
)


@pytest.fixture
def make(session: Session) -> Iterator[Make]:
    """Print a deck that must print without any diagnostic."""
    opened: list[pikepdf.Pdf] = []

    def run(deck: Deck, **environ: str) -> pikepdf.Pdf:
        pdf = pikepdf.open(BytesIO(printed(session, deck, **environ)))
        opened.append(pdf)
        return pdf

    yield run
    for pdf in opened:
        pdf.close()


def printed(session: Session, deck: Deck, **environ: str) -> bytes:
    diagnostics = Diagnostics()
    data = print_pdf(deck.job(), session, diagnostics, environ)
    assert [(d.code, d.message) for d in diagnostics] == []
    assert data is not None
    return data


def links(pdf: pikepdf.Pdf, page: int = 0) -> dict[str, str]:
    """Contents -> target of the links of a page; pages are written as their 0-based index."""
    numbers = {p.obj.objgen: index for index, p in enumerate(pdf.pages)}
    found = {}
    for annotation in pdf.pages[page].obj.get("/Annots", []):
        if "/A" in annotation:
            target = str(annotation.A.URI)
        else:
            at = annotation.Dest
            target = f"page {numbers[at[0].objgen]} {at[1]}"
        found[str(annotation.Contents)] = target
    return found


def types(pdf: pikepdf.Pdf) -> set[str]:
    return {str(obj.S) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and "/P" in obj}


def render(data: bytes, page: int) -> Image.Image:
    """A page at 96 dpi: a pixel is a CSS pixel."""
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[page - 1].render(scale=96 / 72).to_pil().convert("RGB")


@pytest.mark.parametrize(("width", "height"), [(1210, 681), (908, 681), (1280, 720), (681, 681), (510, 907)])
def test_pages_have_the_exact_size_of_the_slide(make: Make, width: int, height: int) -> None:
    pdf = make(Deck([("A", "", "a"), ("B", "", "b")], width=width, height=height))
    boxes = [[float(value) for value in page.mediabox] for page in pdf.pages]
    assert [(right - left, top - bottom) for left, bottom, right, top in boxes] == [(width * 0.75, height * 0.75)] * 2


def test_nothing_is_cut_or_moved_at_the_edges(session: Session) -> None:
    css = ".remark-slide-content { box-sizing: border-box; width: 1210px; height: 681px; border: 3px solid red }"
    data = printed(session, Deck([("A", "", "a"), ("B", "", "b")], css=css))
    image = render(data, 2)
    assert image.size == (1210, 681)
    for place in ((1, 1), (1208, 1), (1, 679), (1208, 679)):
        assert image.getpixel(place) == (255, 0, 0)
    assert image.getpixel((5, 300)) == (255, 255, 255)


def test_content_taller_than_the_slide_stays_on_its_page(session: Session) -> None:
    diagnostics = Diagnostics()
    data = print_pdf(Deck([("Tall", "", "<p>x</p>" * 100), ("Next", "", "y")]).job(), session, diagnostics, {})
    assert codes(diagnostics) == ["slide-overflow"]
    with pikepdf.open(BytesIO(data or b"")) as pdf:
        assert len(pdf.pages) == 2


def test_links_lead_out_or_to_pages_and_say_what_they_are(make: Make) -> None:
    assert links(make(DECK)) == {
        "to two": "page 1 /Fit",
        "to three": "page 2 /Fit",
        "deep": "page 2 /XYZ",
        "out": "https://example.org/a?b#c",
        "mail": "mailto:me@example.org",
        "A picture": "https://example.org/p",
        "A label": "https://example.org/l",
    }


def test_relative_links_lead_to_the_online_deck(make: Make) -> None:
    deck = Deck(DECK.slides, assets=DECK.assets, base_url="https://example.org/talks/mine/")
    assert links(make(deck))["other deck"] == "https://example.org/talks/other/#5"


def test_links_that_were_taken_out_leave_no_trace_in_the_tags(make: Make) -> None:
    pdf = make(DECK)
    kids = [kid for element in elements_of(pdf.Root.StructTreeRoot) for kid in kids_of(element)]
    references = [kid.Obj.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    on_pages = [annotation.objgen for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
    assert sorted(references) == sorted(on_pages)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            assert parents[int(annotation.StructParent)].S == "/Link"


def test_every_page_has_its_bookmark_label_and_named_destination(make: Make) -> None:
    deck = Deck(DECK.slides, assets=DECK.assets, labels=["1", "2", "2.2", "3"])
    pdf = make(deck)
    with pdf.open_outline() as outline:
        marks = [(item.title, item.destination[0].objgen, str(item.destination[1])) for item in outline.root]
    assert marks == [(deck.slides[i][0], page.obj.objgen, "/Fit") for i, page in enumerate(pdf.pages)]
    assert [page.label for page in pdf.pages] == ["1", "2", "2.2", "3"]
    names = {str(name): at[0].objgen for name, at in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    assert names == {
        **{str(number): page.obj.objgen for number, page in enumerate(pdf.pages, 1)},
        "two": pdf.pages[1].obj.objgen,
        "table": pdf.pages[3].obj.objgen,
    }


def test_file_is_tagged_and_tags_have_roles_viewers_know(make: Make) -> None:
    pdf = make(DECK)
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Figure", "/Table", "/TH", "/TD", "/Link"} <= types(pdf)
    assert {key: str(value) for key, value in pdf.Root.StructTreeRoot.RoleMap.items()} == {
        "/Em": "/Span",
        "/Strong": "/Span",
    }
    assert pdf.Root.MarkInfo.Marked is True
    assert all(page.obj.Tabs == "/S" for page in pdf.pages)
    headers = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
    assert sorted(headers) == ["th000001", "th000002"]
    assert all(str(headers[name].ID) == name for name in headers)


def test_metadata_is_ours_in_info_and_in_xmp(make: Make) -> None:
    about = Metadata("Möbius & co", "A. Author", "Surfaces", "fr", ("one side", "topology"), "2026-11-23")
    pdf = make(Deck(DECK.slides, assets=DECK.assets, metadata=about))
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Möbius & co",
        "/Author": "A. Author",
        "/Subject": "Surfaces",
        "/Keywords": "one side, topology",
        "/Creator": "slidebuild 0.1.0",
        "/Producer": "slidebuild 0.1.0",
        "/CreationDate": "D:20261123000000Z",
        "/ModDate": "D:20261123000000Z",
    }
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        assert xmp["dc:title"] == "Möbius & co"
        assert xmp["dc:creator"] == ["A. Author"]
        assert xmp["pdf:Producer"] == "slidebuild 0.1.0"
        assert xmp["xmp:CreateDate"] == "2026-11-23T00:00:00Z"
    assert str(pdf.Root.Lang) == "fr"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_dates_come_from_the_environment_before_the_deck_and_never_from_the_clock(make: Make) -> None:
    dated = Deck([("A", "", "a")], metadata=Metadata("A", date="2026-11-23"))
    assert str(make(dated, SOURCE_DATE_EPOCH="86400").docinfo["/CreationDate"]) == "D:19700102000000Z"
    undated = make(Deck([("A", "", "a")]))
    assert "/CreationDate" not in undated.docinfo
    assert b"Date" not in undated.Root.Metadata.read_bytes()


def test_date_that_is_none_is_an_error(session: Session) -> None:
    diagnostics = Diagnostics()
    deck = Deck([("A", "", "a")], metadata=Metadata("A", date="next week"))
    assert print_pdf(deck.job(), session, diagnostics, {}) is None
    assert codes(diagnostics) == ["bad-setting-value"]


def test_fonts_are_embedded(session: Session) -> None:
    with pikepdf.open(BytesIO(printed(session, DECK))) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"]
        described = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]
        assert described
        assert all("/FontFile2" in one or "/FontFile3" in one for one in described)
        # A composite font's descriptor is its descendant's; all others carry their own.
        assert all("/FontDescriptor" in font or "/DescendantFonts" in font for font in fonts)
        assert all("/ToUnicode" in font for font in fonts if "/DescendantFonts" in font)


def test_bytes_depend_on_neither_time_place_language_nor_run(session: Session, tmp_path: Path) -> None:
    here = printed(session, DECK)
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_printing import DECK, printed\n"
        "from slidebuild.browser.find import need_browser\nfrom slidebuild.browser.session import Session\n"
        "with Session(need_browser(None, os.environ)) as session:\n"
        "    open('out.pdf', 'wb').write(printed(session, DECK))\n"
    )
    elsewhere = {**os.environ, "TZ": "Asia/Tokyo", "LANG": "ja_JP.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    elsewhere["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run([sys.executable, "-c", script, str(Path(__file__).parent)], cwd=tmp_path, env=elsewhere, check=True)
    assert (tmp_path / "out.pdf").read_bytes() == here


def test_file_tells_nothing_of_browser_or_machine(make: Make) -> None:
    pdf = make(DECK)
    texts = [str(obj) for obj in pdf.objects if isinstance(obj, pikepdf.String)]
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary):
            texts += [str(value) for value in obj.values() if isinstance(value, pikepdf.String)]
    joined = "\n".join(texts)
    for word in ("file:", ".invalid", "Mozilla", "Skia", "Chrome", str(Path.cwd()), "javascript:"):
        assert word not in joined


def test_what_is_outside_the_deck_is_refused_and_reported(session: Session) -> None:
    deck = Deck([("A", "", '<img src="file:///etc/passwd"><img src="http://example.org/x.png"><img src="no.png">')])
    diagnostics = Diagnostics()
    assert print_pdf(deck.job(), session, diagnostics, {}) is not None
    assert codes(diagnostics) == ["request-refused", "request-refused", "asset-not-loaded"]
    messages = [diagnostic.message for diagnostic in diagnostics]
    assert messages[0].startswith("file:///etc/passwd was not loaded")
    assert messages[1].startswith("http://example.org/x.png was not loaded")
    assert messages[2] == "the picture no.png on page 1, “A” did not load"


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (".remark-slide-container:nth-child(2) { display: none !important }", "slide 2, “Two”, is not printed"),
        (".remark-slide-content { display: block } .remark-slides-area::after { content: 'x' }", "runs over 2 pages"),
        (
            "@layer own { .remark-slide-container:nth-child(2) { height: 900px !important } }",
            "slide 2, “Two”, pushes the next slide to page 4",
        ),
        ("@layer own { @page { size: 2000px 1000px !important } }", "is not printed at its size"),
    ],
)
def test_slide_that_is_not_alone_on_its_page_is_an_error_that_names_it(session: Session, css: str, said: str) -> None:
    diagnostics = Diagnostics()
    assert print_pdf(Deck(DECK.slides, css, DECK.assets).job(), session, diagnostics, {}) is None
    found = list(diagnostics)
    assert [diagnostic.code for diagnostic in found] == ["page-count"]
    assert said in found[0].message


def test_wrong_number_of_slides_is_an_error(session: Session) -> None:
    diagnostics = Diagnostics()
    assert print_pdf(DECK.job(expected=3), session, diagnostics, {}) is None
    assert [d.message for d in diagnostics] == ["the page to print has 4 slides, 3 were expected"]


def test_what_moves_by_css_is_printed_at_its_end(session: Session) -> None:
    css = """@keyframes in { from { background: red } to { background: lime } }
        @keyframes blink { from { background: red } to { background: yellow } }
        p { width: 100px; height: 100px; margin: 0; background: blue; position: absolute; top: 0 }
        .in { animation: in 30s both; left: 0 } .blink { animation: blink 30s infinite; left: 100px }
        .late { transition: background 30s; left: 200px }"""
    deck = Deck([("A", "", '<p class="in"></p><p class="blink"></p><p class="late"></p>')], css)
    data = printed(session, deck)
    image = render(data, 1)
    assert [image.getpixel((x, 50)) for x in (50, 150, 250)] == [(0, 255, 0), (0, 0, 255), (0, 0, 255)]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_picture_of_many_frames_prints_its_first(session: Session, kind: str) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "lime", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=1, loop=0, lossless=True)
    css = "img { position: absolute; left: 0; top: 0 }"
    data = printed(session, Deck([("A", "", '<img src="m" alt="">')], css, {"m": out.getvalue()}))
    assert render(data, 1).getpixel((20, 20)) == (255, 0, 0)


def test_scripts_run_when_the_project_says_so(session: Session) -> None:
    html = "<script>document.currentScript.parentNode.append('x'.repeat(3))</script><a href='http://a.example/'></a>"
    deck = Deck([("A", "", html)], javascript=True)
    assert print_pdf(deck.job(), session, Diagnostics(), {}) is not None
