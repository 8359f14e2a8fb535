from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from printdeck import Deck, codes, picture
from test_resample import noise, saved

from slidebuild.browser.find import need_browser
from slidebuild.browser.page import Page
from slidebuild.browser.session import Session
from slidebuild.cache import Cache
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.alone import Alone
from slidebuild.pdf.printing import print_pdf

pytestmark = pytest.mark.browser

FADED = "<h2>Faded</h2><div style='opacity:.5'><p>half <a href='#one'>back</a></p></div>"
TABLE = "<table><thead><tr><th>A<th>B<tbody><tr><th scope=row>1<td>2</table>"
SLIDES: Sequence[tuple[str, str, str]] = (
    ("One", "one", "<h1>One</h1><p><a href='#4'>to four</a> <a href='#deep'>deep</a> <a href='x.html'>rel</a></p>"),
    ("Faded", "", FADED),
    ("Table", "", f"{TABLE}<img src='a.png' width=60 alt='Noise'>"),
    ("Four", "four", f"{TABLE}<p id=deep style='margin-top:150px'>deep</p><img src='b.png' width=60 alt=''>"),
)
NOISE = saved(noise(size=(300, 200)))
DECK = Deck(SLIDES, assets={"a.png": NOISE, "b.png": NOISE, "c.png": picture()}, base_url="https://example.org/t/")


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.entries.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.entries[key] = data


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages the browser printed, each time."""
    counts: list[int] = []
    original = Page.print_pdf

    def count(self: Page, width: int, height: int) -> bytes:
        data = original(self, width, height)
        with pikepdf.open(BytesIO(data)) as pdf:
            counts.append(len(pdf.pages))
        return data

    monkeypatch.setattr(Page, "print_pdf", count)
    return counts


def printed(session: Session, deck: Deck, cache: Cache | None = None, **options: object) -> bytes:
    diagnostics = Diagnostics()
    job = replace(deck.job(), dpi=192, **options)  # type: ignore[arg-type]
    data = print_pdf(replace(job, cache=cache) if cache is not None else job, session, diagnostics, {})
    assert codes(diagnostics) == []
    assert data is not None
    return data


def edited(text: str = "<p>edited</p>") -> Deck:
    return replace(DECK, slides=[*SLIDES[:1], ("Faded", "", FADED + text), *SLIDES[2:]])


def test_bytes_are_the_same_without_and_with_a_cold_a_warm_and_a_mixed_cache(session: Session) -> None:
    cache = Kept()
    plain = printed(session, DECK)
    assert printed(session, edited(), cache) != plain
    assert printed(session, DECK, cache) == plain
    assert printed(session, DECK, cache) == plain


def test_only_the_edited_slide_is_printed(session: Session, counted: list[int]) -> None:
    cache = Kept()
    printed(session, DECK, cache)
    assert sum(counted) == 4
    printed(session, edited(), cache)
    assert sum(counted) == 5
    printed(session, replace(DECK, css="h1 { color: red }"), cache)
    assert sum(counted) == 9


def test_changed_picture_prints_the_slides_that_show_it(session: Session, counted: list[int]) -> None:
    cache = Kept()
    printed(session, DECK, cache)
    printed(session, replace(DECK, assets={**(DECK.assets or {}), "a.png": saved(noise(size=(310, 200)))}), cache)
    assert sum(counted) == 5


def test_what_other_slides_do_with_a_picture_does_not_change_a_slide_s_bytes(session: Session) -> None:
    cache, style = Kept(), "<p style='border-image:url(a.png) 1;width:9em'>framed</p>"
    with_picture = ("Pic", "", '<h2>Pic</h2><img src="a.png" width=60 alt="Noise">')
    before = replace(DECK, slides=[with_picture, ("Two", "", "<p>plain</p>")])
    after = replace(DECK, slides=[with_picture, ("Two", "", style)])
    printed(session, before, cache)
    assert printed(session, after, cache) == printed(session, after)


def test_browser_is_not_started_when_nothing_or_only_metadata_changed(session: Session) -> None:
    cache = Kept()
    first = printed(session, DECK, cache)
    with Session(need_browser(None, os.environ), lazy=True) as lazy:
        assert printed(lazy, DECK, cache) == first
        other = replace(DECK, metadata=replace(DECK.metadata, title="Another title"))
        assert printed(lazy, other, cache) != first
        assert not lazy.has_started


def test_file_looks_and_reads_as_one_printed_at_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = printed(session, DECK)
    monkeypatch.setattr(Alone, "of", lambda *_: None)
    together = printed(session, DECK)
    with pypdfium2.PdfDocument(alone) as one, pypdfium2.PdfDocument(together) as other:
        for index in range(4):
            assert one[index].render().to_pil().tobytes() == other[index].render().to_pil().tobytes()
    with pikepdf.open(BytesIO(alone)) as one_pdf, pikepdf.open(BytesIO(together)) as other_pdf:
        assert links(one_pdf) == links(other_pdf)
        assert types(one_pdf) == types(other_pdf)


def links(pdf: pikepdf.Pdf) -> list[object]:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found: list[object] = []
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            at = annotation.get("/Dest")
            target = str(annotation.A.URI) if at is None else [numbers[at[0].objgen], *map(str, list(at)[1:])]
            found.append((index, str(annotation.Contents), target))
    return found


def types(pdf: pikepdf.Pdf) -> set[str]:
    return {str(obj.S) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and "/P" in obj}


def test_every_tag_and_its_place_in_the_parent_tree_belong_together(session: Session) -> None:
    with pikepdf.open(BytesIO(printed(session, DECK))) as pdf:
        root = pdf.Root.StructTreeRoot
        parents = pikepdf.NumberTree(root.ParentTree)
        sections = list(root.K.K)
        assert [(str(section.S), str(section.T)) for section in sections] == [
            ("/Sect", title) for title, _, _ in SLIDES
        ]
        waiting, count = [root.K], 0
        while waiting:
            element = waiting.pop()
            kids = element.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    owner = parents[int(element.Pg.StructParents)][kid]
                elif kid.get("/Type") == "/MCR":
                    owner = parents[int(kid.get("/Stm", kid.get("/Pg", element.get("/Pg"))).StructParents)][kid.MCID]
                elif kid.get("/Type") == "/OBJR":
                    owner = parents[int(kid.Obj.StructParent)]
                else:
                    owner = kid.P
                    waiting.append(kid)
                assert owner.objgen == element.objgen
                count += 1
        assert count > 30
        headers = pikepdf.NameTree(root.IDTree)
        assert sorted(headers) == [f"th{number:06}" for number in range(1, 5)]


def test_equal_pictures_are_stored_once(session: Session) -> None:
    with pikepdf.open(BytesIO(printed(session, DECK))) as pdf:
        widths = [int(obj.Width) for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Width" in obj]
    assert widths == [120]


def test_counters_that_go_on_from_slide_to_slide_are_printed_at_once(session: Session, counted: list[int]) -> None:
    printed(session, replace(DECK, css="h2 { counter-increment: part } h2::before { content: counter(part) }"))
    assert counted == [4]


def test_page_with_a_fault_is_reported_each_time(session: Session) -> None:
    job = replace(Deck([("A", "", '<img src="no.png">'), ("B", "", "b")]).job(), cache=Kept())
    for _ in range(2):
        diagnostics = Diagnostics()
        assert print_pdf(job, session, diagnostics, {}) is not None
        assert codes(diagnostics) == ["asset-not-loaded"]


def test_file_over_its_budget_names_what_weighs_most(session: Session) -> None:
    diagnostics = Diagnostics()
    deck = Deck([("Text", "", "x"), ("Noise", "", '<img src="a.png" alt="">')], assets={"a.png": NOISE})
    assert print_pdf(replace(deck.job(), max_mb=0.1), session, diagnostics, {}) is not None
    [found] = diagnostics
    assert found.code == "pdf-too-large"
    assert "more than the 0.1 MB of pdf.max_mb" in found.message
    assert found.hint == "page 2, “Noise”: 0.2 MB (a picture of 300x200 pixels: 0.2 MB)"
    small = Diagnostics()
    assert print_pdf(replace(deck.job(), max_mb=10), session, small, {}) is not None
    assert codes(small) == []
