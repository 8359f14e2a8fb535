from __future__ import annotations

import wave
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from decks import compile_text
from PIL import Image

from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.selection import EVERYTHING, Selection
from slidebuild.pdf.slices import slices
from slidebuild.pdf.twin import Plan, Twin, make_pdf, plan_job
from slidebuild.pdf.video_frame import video_frame

pytestmark = pytest.mark.browser

VIDEO = (Path(__file__).parents[2] / "img/collapse.webm").read_bytes()


def moving_gif() -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=1000)
    return out.getvalue()


FILES = {"a.gif": moving_gif()}


def plan(session: Session, text: str, files: Mapping[str, bytes] = FILES, selection: Selection = EVERYTHING) -> Plan:
    diagnostics = Diagnostics()
    found = plan_job(compile_text(text, diagnostics, files), session, diagnostics, selection=selection)
    assert not len(diagnostics)
    return found


def pdf(session: Session, text: str, selection: Selection = EVERYTHING) -> tuple[Twin, Diagnostics]:
    diagnostics = Diagnostics()
    return make_pdf(compile_text(text, diagnostics, FILES), session, diagnostics, selection=selection), diagnostics


STEPS = "---\npdf: {steps: marked}\n---\n# A\n--\nprint: true\n\nb\n--\n\nc\n--\n\nd"


def test_a_step_that_says_print_is_a_page_and_those_after_it_are_not(session: Session) -> None:
    assert [page.label for page in plan(session, STEPS).pages] == ["2", "4"]


SKIPPED = """---
url: https://x.example/t/
---
name: film
# The run
![](a.gif)
---
name: skipped
exclude: true
# {{title}} moves
[{{url}}]({{url}})
{{qr}}
"""


def test_skipped_slide_is_filled_in_for_the_slide_it_replaces(session: Session) -> None:
    job = plan(session, SKIPPED).job
    assert job is not None
    assert "The run moves</h1>" in job.html
    assert '<a href="https://x.example/t/#film">https://x.example/t/#film</a>' in job.html
    assert '<span class="sb-qr" role="img"' in job.html


def test_only_the_slides_asked_for_are_printed_and_links_to_others_lead_online(session: Session) -> None:
    text = "---\nurl: https://x.example/t/\n---\nname: a\n[b](#b) [c](#c)\n---\nname: b\nB\n---\nname: c\n# C"
    twin, diagnostics = pdf(session, text, Selection("a,c"))
    assert not len(diagnostics)
    with pikepdf.open(BytesIO(twin.data or b"")) as file:
        assert len(file.pages) == 2
        first, second = file.pages[0].Annots
        assert str(first.A.URI) == "https://x.example/t/#b"
        assert second.Dest[0].objgen == file.pages[1].obj.objgen


def test_a_selection_of_nothing_prints_nothing(session: Session) -> None:
    twin, diagnostics = pdf(session, "tags: x\n# A", Selection(tags=("y",)))
    assert twin.data is None
    assert [item.code for item in diagnostics] == ["unknown-tag", "no-slides"]


def test_poster_shows_the_frame_asked_for(session: Session) -> None:
    text = "---\npdf: {animations: poster}\nurl: https://x.example/\n---\nposter: last\n![](a.gif)"
    job = plan(session, text).job
    assert job is not None
    name, data = next((name, data) for name, data in job.assets.items() if ".still." in name)
    assert name in job.html
    with Image.open(BytesIO(data)) as picture:
        assert picture.convert("RGB").getpixel((1, 1)) == (0, 0, 255)


def test_missing_poster_is_reported(session: Session) -> None:
    diagnostics = Diagnostics()
    text = "---\npdf: {animations: poster}\nurl: https://x.example/\n---\nposter: no.png\n![](a.gif)"
    plan_job(compile_text(text, diagnostics, FILES), session, diagnostics)
    assert [item.code for item in diagnostics] == ["missing-image"]


def test_frame_of_a_video_is_the_one_at_its_time(session: Session) -> None:
    frames = {at: video_frame(session, "v.webm", VIDEO, at) for at in ("first", 2.0, "last")}
    assert frames["last"] == video_frame(session, "v.webm", VIDEO, 9999.0)
    assert len(set(frames.values())) == 3
    for frame in frames.values():
        assert frame is not None
        with Image.open(BytesIO(frame)) as picture:
            assert picture.format == "PNG"


def test_video_that_does_not_play_or_holds_sound_only_has_no_frame(session: Session) -> None:
    assert video_frame(session, "v.webm", b"no video", "first") is None
    sound = BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(8000))
    assert video_frame(session, "v.wav", sound.getvalue(), "last") is None


def test_a_character_or_symbol_seen_nowhere_before_changes_the_frame_of_no_other_slide(session: Session) -> None:
    first, second = (plan(session, f"# A\n\n$x$\n---\n{text}").job for text in ("b", "Ж Ξ $\\Xi \\otimes y$"))
    assert first is not None
    assert second is not None
    before, after = slices(first.html), slices(second.html)
    assert before is not None
    assert after is not None
    assert (before.frame, before.slides[0]) == (after.frame, after.slides[0])
    assert first.assets == second.assets
