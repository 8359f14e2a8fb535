"""Every kind of thing that moves beside its still twin: putting one into any slide changes exactly that page."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from operator import sub
from pathlib import Path

import pypdfium2
import pytest
from decks import compile_text
from PIL import Image, ImageChops

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.placeholder import PlannedPage
from slidebuild.pdf.twin import Plan, make_pdf, plan_job

pytestmark = pytest.mark.browser

VIDEO = (Path(__file__).parents[2] / "img/collapse.webm").read_bytes()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9" height="9">{}</rect></svg>'
SMIL = '<animate attributeName="x" to="30" dur="2s"/>'
KEYFRAMES = "<style>@keyframes go { to { transform: rotate(1turn) } } rect { animation: go 1s infinite }</style>"


def picture(kind: str, frames: int) -> bytes:
    out = BytesIO()
    images = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")[:frames]]
    if frames > 1:
        images[0].save(out, kind, save_all=True, append_images=images[1:], duration=500, loop=0, lossless=True)
    else:
        images[0].save(out, kind)
    return out.getvalue()


FILES: dict[str, bytes] = {
    **{
        f"{state}.{kind.lower()}": picture(kind, frames)
        for kind in ("GIF", "PNG", "WEBP", "AVIF")
        for state, frames in (("still", 1), ("moving", 3))
    },
    "still.svg": SVG.format("").encode(),
    "moving.svg": SVG.format(SMIL).encode(),
    "styled.svg": SVG.format(KEYFRAMES).encode(),
    "v.webm": VIDEO,
    "page.html": b"<p>a page",
}
CSS = "<style>@keyframes go { to { rotate: 1turn } } .go { animation: go 1s infinite }</style>"

KINDS: dict[str, tuple[str, str, str]] = {
    # what moves, its still twin, the reason
    "gif": ("![](moving.gif)", "![](still.gif)", "gif"),
    "apng": ("![](moving.png)", "![](still.png)", "apng"),
    "webp": ("![](moving.webp)", "![](still.webp)", "webp"),
    "avif": ("![](moving.avif)", "![](still.avif)", "avif"),
    "svg": ("![](moving.svg)", "![](still.svg)", "svg"),
    "svg with css": ("![](styled.svg)", "![](still.svg)", "svg"),
    "inline svg": (SVG.format(SMIL), SVG.format(""), "svg"),
    "background": (
        "<p style='background: url(moving.gif)'>x</p>",
        "<p style='background: url(still.gif)'>x</p>",
        "gif",
    ),
    "property background": ("background-image: url(moving.gif)\n\nx", "background-image: url(still.gif)\n\nx", "gif"),
    "srcset": ("<img src='still.gif' srcset='moving.gif 2x'>", "<img src='still.gif' srcset='still.gif 2x'>", "gif"),
    "css": (f"{CSS}<p class='go'>x</p>", f"{CSS}<p class='stay'>x</p>", "css"),
    "css of its own": (f"{CSS}<p style='animation: go 9s'>x</p>", f"{CSS}<p style='animation: gone 9s'>x</p>", "css"),
    "video": ("<video src='v.webm'></video>", "<img src='still.png' alt=''>", "video"),
    "audio": ("<audio src='v.webm' controls></audio>", "<p>sound</p>", "audio"),
    "iframe": ("<iframe src='page.html'></iframe>", "<p>frame</p>", "iframe"),
    "canvas": ("<canvas width='9' height='9'></canvas>", "<p>canvas</p>", "canvas"),
    "object": ("<object data='v.webm'></object>", "<object data='still.svg'></object>", "object"),
    "object that is a picture": ("<object data='moving.svg'></object>", "<object data='still.svg'></object>", "svg"),
    "embed": ("<embed src='v.webm'>", "<embed src='still.svg'>", "object"),
    "property": ("animation: true\n\nsays so", "says so", "property"),
    "overruled": ("![](moving.gif)", "animation: false\n\n![](moving.gif)", "gif"),
}
HEAD = "---\ntheme: remark\nurl: https://x.example/t/\npdf: {{animations: {}}}\n---\n"
PLACEHOLDER = "\n---\nname: skipped\nexclude: true\n\n# {{title}} moves\n\n[{{url}}]({{url}})"


def deck(contents: Mapping[str, str], animations: str = "skip") -> str:
    slides = (f"name: {name.replace(' ', '-')}\n{content}\n\n# {name}\n" for name, content in contents.items())
    return HEAD.format(animations) + "\n---\n".join(slides) + PLACEHOLDER


def planned(session: Session, contents: Mapping[str, str], animations: str = "skip") -> Plan:
    diagnostics = Diagnostics()
    plan = plan_job(compile_text(deck(contents, animations), diagnostics, FILES), session, diagnostics)
    assert {item.code for item in diagnostics} <= {"missing-alt"}
    return plan


STILL = {name: still for name, (_, still, _) in KINDS.items()}


def slides_of(plan: Plan) -> list[str]:
    assert plan.job is not None
    return plan.job.html.split('<div class="remark-slide-container"')[1:]


def test_nothing_moves_in_the_still_twins(session: Session) -> None:
    assert {page.shows for page in planned(session, STILL).pages} == {"slide"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_replaces_exactly_its_own_slide(session: Session, kind: str) -> None:
    moving, still, reason = KINDS[kind]
    twins, plan = (planned(session, {"one": "![](still.gif)", kind: it, "last": "x"}) for it in (still, moving))
    assert [page.shows for page in plan.pages] == ["slide", "placeholder", "slide"]
    page: PlannedPage = plan.pages[1]
    assert [one.reason for one in page.reasons] == [reason]
    assert (page.label, page.title) == (twins.pages[1].label, twins.pages[1].title) == ("2", kind)
    pairs = list(zip(slides_of(plan), slides_of(twins), strict=True))
    assert [new == old for new, old in pairs] == [True, False, True]
    assert f"{kind} moves</h1>" in pairs[1][0]
    assert f"https://x.example/t/#{kind.replace(' ', '-')}" in pairs[1][0]


def pages_of(session: Session, contents: Mapping[str, str], animations: str = "skip") -> list[Image.Image]:
    diagnostics = Diagnostics()
    twin = make_pdf(compile_text(deck(contents, animations), diagnostics, FILES), session, diagnostics)
    assert twin.data is not None, [item.message for item in diagnostics]
    with pypdfium2.PdfDocument(twin.data) as pdf:
        return [page.render(scale=0.5).to_pil().convert("RGB") for page in pdf]


def test_pages_change_where_something_moves_and_nowhere_else(session: Session) -> None:
    """Printed: a third of the kinds put in at once."""
    wanted = list(KINDS)[::3]
    before = pages_of(session, STILL)
    after = pages_of(session, {**STILL, **{name: KINDS[name][0] for name in wanted}})
    changed = [
        name
        for name, *pair in zip(KINDS, before, after, strict=True)
        if ImageChops.difference(*pair).getbbox() is not None
    ]
    assert changed == wanted


@pytest.mark.parametrize(
    ("written", "colour"),
    [("first", (255, 0, 0)), ("last", (0, 0, 255)), ("0.7s", (0, 255, 0)), ("own.png", (9, 9, 9))],
)
def test_poster_is_the_frame_or_picture_that_it_says(session: Session, written: str, colour: tuple[int, ...]) -> None:
    own = BytesIO()
    Image.new("RGB", (40, 30), (9, 9, 9)).save(own, "PNG")
    FILES["own.png"] = own.getvalue()
    kinds = ("gif", "apng", "webp")
    shown = pages_of(session, {kind: f"poster: {written}\n\n{KINDS[kind][0]}" for kind in kinds}, "poster")
    for image in shown:
        near = (n for n, at in image.getcolors(1 << 20) or () if max(map(abs, map(sub, at, colour))) < 4)
        assert sum(near) > 150
