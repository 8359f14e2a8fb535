from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from decks import compile_text
from tagcheck import elements, kids, tag_faults

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.layout import LayoutName
from slidebuild.pdf.twin import make_pdf

pytestmark = pytest.mark.browser

DECK = """---
url: https://x.example/t/
style: ".remark-slide-content { background: #ffe0e0 }"
---
name: one
# First
[last](#end) and [web](https://a.example/)

| a | b |
|---|---|
| 1 | 2 |
???
Say **this**, show [the end](#end) and [a page](https://b.example/), not [this](#nowhere).
---
# Second
???
first half
--
more
???
second half

---
name: end
# Third
[back](#one)
???
LONG
""".replace("LONG", "A long paragraph of notes that goes on and on over the line.\n\n" * 40)

Handout = Callable[[LayoutName], bytes]


@pytest.fixture(scope="module")
def handout(session: Session) -> Handout:
    made: dict[str, bytes] = {}

    def make(name: LayoutName) -> bytes:
        if name not in made:
            diagnostics = Diagnostics()
            found = make_pdf(compile_text(DECK, diagnostics), session, diagnostics, layout=name)
            assert [item.code for item in diagnostics] == ["dead-link"]
            assert found.data is not None
            made[name] = found.data
        return made[name]

    return make


def titles(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Bookmarks and the pages they lead to."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return [(item.title, numbers[item.destination[0].objgen]) for item in outline.root]  # type: ignore[index]


def test_sheets_hold_the_slides_with_links_and_tags(handout: Handout) -> None:
    with pikepdf.open(BytesIO(handout("2"))) as pdf:
        assert len(pdf.pages) == 2
        assert titles(pdf) == [("First", 0), ("Second", 0), ("Third", 1)]
        assert tag_faults(pdf) == []
        last, web = pdf.pages[0].Annots
        assert last.Dest[0].objgen == pdf.pages[1].obj.objgen
        assert str(web.A.URI) == "https://a.example/"
        left, bottom, right, top = (float(value) for value in web.Rect)
        _, _, width, height = (float(value) for value in pdf.pages[0].mediabox)
        assert 36 < left < right < width / 2
        assert height / 2 < bottom < top < height - 36
        assert set(dict(pikepdf.NameTree(pdf.Root.Names.Dests))) >= {"one", "end", "1", "4"}


def test_notes_are_text_below_their_slide_and_run_on_to_further_sheets(handout: Handout) -> None:
    with pypdfium2.PdfDocument(handout("notes")) as shown:
        texts = [page.get_textpage().get_text_range() for page in shown]
    assert len(texts) == 4
    assert "Say this, show the end" in texts[0]
    assert texts[1].index("first half") < texts[1].index("second half")
    assert "on and on" in texts[3]
    with pikepdf.open(BytesIO(handout("notes"))) as pdf:
        assert tag_faults(pdf) == []
        assert titles(pdf) == [("First", 0), ("Second", 1), ("Third", 2)]
        end, page = list(pdf.pages[0].Annots)[:2]
        assert (end.Dest[0].objgen, str(end.Contents)) == (pdf.pages[2].obj.objgen, "the end")
        assert (str(page.A.URI), str(page.Contents)) == ("https://b.example/", "a page")


def test_slide_is_read_before_its_number_and_its_notes(handout: Handout) -> None:
    with pikepdf.open(BytesIO(handout("notes"))) as pdf:
        found = list(elements(pdf))
        section = next(element for element in found if element.get("/S") == "/Sect")
        assert str(section.T) == "First"
        after = kids(section.P)
        at = next(index for index, kid in enumerate(after) if kid.objgen == section.objgen)
        assert after[at + 1].S == "/P"
        assert len([element for element in found if element.get("/S") == "/Table"]) == 1
        assert not [element for element in found if str(element.get("/Alt", "")).startswith("sb-")]


def test_slide_is_drawn_in_its_frame(handout: Handout) -> None:
    with pypdfium2.PdfDocument(handout("lines")) as shown:
        picture = shown[0].render(scale=1).to_pil().convert("RGB")
    assert picture.size == (595, 842)
    assert picture.getpixel((60, 120)) == (255, 224, 224)
    assert picture.getpixel((20, 120)) == (255, 255, 255)
    right = [picture.getpixel((450, y)) for y in range(40, 280)]
    assert sum(colour != (255, 255, 255) for colour in right) > 5


def test_hand_out_has_the_same_bytes_each_time(handout: Handout, session: Session) -> None:
    diagnostics = Diagnostics()
    again = make_pdf(compile_text(DECK, diagnostics), session, diagnostics, layout="notes").data
    assert again == handout("notes")
