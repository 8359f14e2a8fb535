"""PDF/UA-1: what is printed keeps the rules, and each rule finds what breaks it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from decks import compile_text
from tagcheck import kids, tag_faults
from uaplants import PLANTS, tags

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.layout import LayoutName
from slidebuild.pdf.twin import make_pdf
from slidebuild.pdf.ua import RULES, findings

pytestmark = pytest.mark.browser

README = Path(__file__).parents[2] / "README.md"

DECK = """---
title: Lenses
theme: remark
url: https://x.example/t/
---
# Lenses *bend* light

A [lens](https://x.example/lens) has a focus $f$.

1. one
2. two

| a | b |
|---|---|
| 1 |   |

![a square](a.png)
---
#### Second
"""


def picture() -> bytes:
    from printdeck import picture as made

    return made()


def print_deck(session: Session, text: str, layout: LayoutName | None = None) -> bytes:
    diagnostics = Diagnostics()
    files = {"a.png": picture()}
    data = make_pdf(compile_text(text, diagnostics, files), session, diagnostics, layout=layout).data
    assert data is not None
    return data


@pytest.fixture(scope="module")
def good(session: Session) -> bytes:
    return print_deck(session, DECK)


def broken(data: bytes) -> list[tuple[str, str]]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [(finding.rule.checkpoint, finding.fault.message) for finding in findings(pdf)]


def test_printed_deck_breaks_no_rule_and_says_so(good: bytes) -> None:
    assert broken(good) == []
    with pikepdf.open(BytesIO(good)) as pdf:
        assert tag_faults(pdf) == []
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"


def test_every_rule_has_its_own_number_and_a_planted_fault() -> None:
    numbers = [rule.checkpoint for rule in RULES]
    assert len(set(numbers)) == len(numbers)
    assert set(PLANTS) == set(numbers)


def test_readme_tells_how_each_rule_is_met() -> None:
    told = re.findall(r"^\| ((?:\d\d-\d{3}|6\.2)(?:, \d\d-\d{3})*) \|", README.read_text("utf-8"), re.MULTILINE)
    assert sorted(", ".join(told).split(", ")) == sorted(rule.checkpoint for rule in RULES)


@pytest.mark.parametrize("checkpoint", sorted(PLANTS))
def test_planted_fault_is_found_by_its_rule(good: bytes, checkpoint: str) -> None:
    with pikepdf.open(BytesIO(good)) as pdf:
        PLANTS[checkpoint](pdf)
        assert checkpoint in {finding.rule.checkpoint for finding in findings(pdf)}


@pytest.mark.parametrize("layout", ["4", "notes"])
def test_hand_outs_break_no_rule(session: Session, layout: LayoutName) -> None:
    text = DECK.replace("---\n#### S", '???\n## Say\n<img src="a.png" alt="square"> and $x$\n---\n#### S')
    data = print_deck(session, text, layout)
    assert broken(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        assert tag_faults(pdf) == []


def test_picture_without_a_text_is_found_and_nothing_is_claimed(session: Session) -> None:
    data = print_deck(session, 'theme: remark\n\n# A\n<img src="a.png"> <img src="a.png" alt="">')
    assert broken(data) == [
        ("06-002", "the metadata do not say pdfuaid:part 1"),
        ("13-004", "a figure has no alternative text"),
    ]
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as xmp:
        assert "pdfuaid:part" not in xmp


HARD = """---
theme: remark
math: true
slideNumberFormat: "page %current%"
style: ".remark-slide-content { font-size: 14px }"
---
### Deep *first* ~~heading~~

# Up
###### far down
<div>loose text<div>in boxes</div> and <b>more</b></div>

<ul><li>a<ul><li>b</li></ul></li><p>c</p></ul><li>alone</li>
<table><caption>t</caption><tr><th>x<th>y<tr><td>1<tr><td colspan=2>2</table>
<table><tr><th rowspan=2>r<td>1<td></td><tr><td>2</td><td>3</table>

---
<figure><img src="a.png" alt="square"><figcaption>caption</figcaption></figure>
<svg width="20" height="20"><title>disc</title><circle r="9" cx="9" cy="9" /></svg>
<div aria-hidden="true">hidden <a href="https://x.example/">link</a></div>
<div style="opacity: .5">faint <a href="#2">next</a> <i>text</i></div>
<div style="mix-blend-mode: multiply; background: gold">blended</div>
<span role="img" aria-label="cat and mouse">🐱 <a href="https://x.example/mouse">mouse</a></span>

$$\\underbrace{a+b}_{\\text{long}}$$
---
class: center
background-image: linear-gradient(red, blue)
---
```python
def f():
    return 1
```
> quote

text<sub>1</sub> <a href="#1"><img src="a.png" alt="back"></a>
"""


@pytest.fixture(scope="module")
def hard(session: Session) -> bytes:
    return print_deck(session, HARD)


def test_whatever_a_deck_holds_its_tags_are_sound(hard: bytes) -> None:
    assert broken(hard) == []
    with pikepdf.open(BytesIO(hard)) as pdf:
        assert tag_faults(pdf) == []


def test_headings_start_at_the_top_and_skip_no_level(hard: bytes) -> None:
    with pikepdf.open(BytesIO(hard)) as pdf:
        assert [len(tags(pdf, f"H{level}")) for level in (1, 2, 3)] == [2, 1, 0]


def test_cells_that_the_browser_leaves_out_are_put_back(hard: bytes) -> None:
    with pikepdf.open(BytesIO(hard)) as pdf:
        rows = sorted([str(cell.S) for cell in kids(row)] for row in tags(pdf, "TR"))
    assert rows == [["/TD"], ["/TD", "/TD"], ["/TD", "/TD"], ["/TH", "/TD", "/TD"], ["/TH", "/TH"]]


def test_slide_number_is_an_artifact_of_every_page(hard: bytes) -> None:
    with pikepdf.open(BytesIO(hard)) as pdf:
        assert not [tag for tag in tags(pdf, "Figure") if str(tag.Alt).startswith("sb-")]
        streams = [page.Contents for page in pdf.pages] + [obj for obj in pdf.objects if obj.get("/Subtype") == "/Form"]
        marks = b"".join(stream.read_bytes() for stream in streams).count(b"/Type /Pagination /Subtype /Footer>>BDC")
        assert marks >= len(pdf.pages)


def test_backgrounds_are_artifacts(session: Session) -> None:
    text = (
        "theme: remark\nbackground-image: url(a.png)\n\n# A\n<hr>\n<p style='background: gold; border: 1px solid'>b</p>"
    )
    with pikepdf.open(BytesIO(print_deck(session, text))) as pdf:
        (section,) = tags(pdf, "Sect")
        assert [str(tag.S) for tag in kids(section)] == ["/H1", "/P"]
        assert spoken(pdf).split() == ["A", "b"]


def test_figures_tell_where_they_are(hard: bytes) -> None:
    with pikepdf.open(BytesIO(hard)) as pdf:
        for figure in (*tags(pdf, "Figure"), *tags(pdf, "Formula")):
            left, bottom, right, top = (float(value) for value in figure.A[0].BBox)
            _, low, wide, high = (float(value) for value in pdf.pages[0].MediaBox)
            assert 0 <= left < right <= wide
            assert low <= bottom < top <= high


def test_tags_name_their_slides_and_languages(good: bytes) -> None:
    with pikepdf.open(BytesIO(good)) as pdf:
        sections = sorted((str(tag.T), str(tag.Lang)) for tag in tags(pdf, "Sect"))
    assert sections == [("Lenses bend light", "en"), ("Second", "en")]


def test_formula_reads_as_its_tex(hard: bytes) -> None:
    with pikepdf.open(BytesIO(hard)) as pdf:
        assert [str(formula.Alt) for formula in tags(pdf, "Formula")] == [r"\underbrace{a+b}_{\text{long}}"]


def test_what_is_drawn_through_a_mask_is_tagged_once(session: Session) -> None:
    text = (
        'theme: remark\n\n# A\n<div style="mask: url(a.png)"><p>through</p><div style="opacity: .5">faint</div></div>'
    )
    data = print_deck(session, text)
    assert broken(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        names = {
            name for obj in pdf.objects for name in (obj.get("/Resources", {}).get("/XObject", {}) if has(obj) else ())
        }
        assert any(name.startswith("/SbCopy") for name in names)
        assert tag_faults(pdf) == []


def has(obj: pikepdf.Object) -> bool:
    return isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" in obj


def test_tags_read_in_the_order_of_the_source(session: Session) -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    text = (
        'theme: remark\n\n# {}\n\n.pull-right[{}]\n<div style="position: absolute; top: 0">{}</div>\n\n- {}\n'
        "   - {}\n\n| {} | {} |\n|---|---|\n\n> {}\n"
    ).format(*words)
    with pikepdf.open(BytesIO(print_deck(session, text))) as pdf:
        assert [word for word in spoken(pdf).split() if word in words] == words


def spoken(pdf: pikepdf.Pdf) -> str:
    """The text of a file in the order of its tags."""
    from slidebuild.pdf.shown import strings, unicode_map
    from slidebuild.pdf.structure import Content, Tree, content_below

    said = []
    tree = Tree.read(pdf)
    for kid in content_below(tree.root):
        if not isinstance(kid, Content):
            continue
        inside, font = False, None
        for operands, operator in pikepdf.parse_content_stream(kid.holder):
            match str(operator):
                case "BDC" if isinstance(operands[1], pikepdf.Dictionary):
                    inside = operands[1].get("/MCID") == kid.number
                case "EMC":
                    inside = False
                case "Tf":
                    font = kid.page.Resources.Font[str(operands[0])]
                case "Tj" if inside and font is not None:
                    readings = unicode_map(font.ToUnicode.read_bytes())
                    (shown,) = strings(b"<" + bytes(operands[0]).hex().encode() + b">")
                    pairs = zip(shown[::2], shown[1::2], strict=True)
                    said.append("".join(readings.get(high << 8 | low, "") for high, low in pairs))
        said.append(" ")
    return "".join(said)
