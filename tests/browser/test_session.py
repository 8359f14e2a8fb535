from __future__ import annotations

import base64
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from slidebuild.browser.errors import BrowserError, PageNotReady
from slidebuild.browser.find import BrowserChoice, need_browser
from slidebuild.browser.session import Session

pytestmark = pytest.mark.browser

SIZE = {"width": 400, "height": 300}


def picture(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def test_page_sees_its_assets_and_nothing_else(session: Session) -> None:
    html = """<!DOCTYPE html><img src="a.png"><img src="file:///etc/passwd"><img src="http://example.org/x.png">
        <img src="https://example.org/y.png"><img src="http://127.0.0.1:9/z.png"><iframe src="file:///etc/hostname"></iframe>
        <link rel=stylesheet href="//e.test/s.css">"""
    with session.page(html, {"a.png": picture()}, **SIZE) as page:
        assert page.wait() == ()
        sizes = page.evaluate("() => [...document.images].map((image) => image.naturalWidth)")
        assert set(page.refused) == {
            "file:///etc/passwd",
            "file:///etc/hostname",
            "http://example.org/x.png",
            "https://example.org/y.png",
            "http://127.0.0.1:9/z.png",
            "http://e.test/s.css",
        }
    assert sizes == [8, 0, 0, 0, 0]


def test_files_of_this_machine_are_not_shown(session: Session) -> None:
    with session.page('<iframe src="file:///etc/passwd"></iframe>', {}, **SIZE) as page:
        page.wait()
        assert page.evaluate("() => document.querySelector('iframe').contentDocument.body.textContent") == ""


def test_pictures_and_fonts_that_do_not_load_are_named(session: Session) -> None:
    broken = base64.b64encode(b"nonsense").decode()
    html = f"""<!DOCTYPE html><style>@font-face {{ font-family: Gone; src: url(fonts/gone.woff2) }}
        p {{ font-family: Gone; background: url(bg.png) }}</style><p>text</p>
        <div class="remark-slide-container"><img src="ok.png"></div>
        <div class="remark-slide-container"><img src="half.png" loading="lazy"><img src="img/none.png"></div>
        <img src="data:image/png;base64,{broken}"><img>"""
    with session.page(html, {"ok.png": picture(), "half.png": picture()[:40]}, **SIZE) as page:
        found = {(entry.kind, entry.address, entry.slide) for entry in page.wait()}
    assert found == {
        ("font", "Gone", None),
        ("file", "fonts/gone.woff2", None),
        ("picture", "bg.png", None),
        ("picture", "half.png", 1),
        ("picture", "img/none.png", 1),
        ("picture", f"data:image/png;base64,{broken}", None),
    }


def test_pictures_of_style_sheets_and_drawings_are_waited_for_and_named(session: Session) -> None:
    html = """<!DOCTYPE html><style>@media print { .bad::before { content: ""; background: url(half.png) } }
        .good { background: url(ok.png) } .unused { background: url(broken.png) }</style>
        <div class="remark-slide-container good">x</div><div class="remark-slide-container"><p class="bad">x</p></div>
        <div class="remark-slide-container"><svg><image href="cut.png"/><image href="ok.png"/></svg></div>
        <div class="remark-slide-container" style="background-image: url(no.png)"></div>"""
    cut = {name: picture()[:40] for name in ("half.png", "broken.png", "cut.png", "no.png")}
    with session.page(html, {"ok.png": picture(), **cut}, **SIZE) as page:
        found = {(entry.kind, entry.address, entry.slide) for entry in page.wait()}
    assert found == {("picture", "half.png", 1), ("picture", "cut.png", 2), ("picture", "no.png", 3)}


def test_broken_pictures_are_told_from_drawings_of_no_size(session: Session) -> None:
    nothing = b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
    html = """<!DOCTYPE html><div class="remark-slide-container"><img src="ok.png"><img src="nothing.svg"></div>
        <div class="remark-slide-container" style="display: none"><img src="half.png" loading="lazy"></div>"""
    assets = {"ok.png": picture(), "nothing.svg": nothing, "half.png": picture()[:40]}
    with session.page(html, assets, **SIZE) as page:
        found = [(entry.kind, entry.address, entry.slide) for entry in page.wait()]
    assert found == [("picture", "half.png", 1)]


def test_scripts_run_only_when_asked_for(session: Session) -> None:
    html = "<script>document.title = 'ran'</script><p onclick=x>"
    with session.page(html, {}, **SIZE) as page:
        assert page.evaluate("() => document.title") == ""
    with session.page(html, {}, **SIZE, javascript=True) as page:
        assert page.evaluate("() => document.title") == "ran"


def test_page_cannot_send_the_browser_elsewhere(session: Session) -> None:
    with session.page('<meta http-equiv="refresh" content="0; url=http://example.org/"><p id=x>', {}, **SIZE) as page:
        page.wait()
        assert page.evaluate("() => document.getElementById('x') !== null")


def test_page_whose_script_leaves_is_an_error(session: Session) -> None:
    html = "<script>location.href = 'gone.html'</script>"
    with (
        pytest.raises(BrowserError, match="went away|did not load"),  # noqa: RUF043 (two ways to notice)
        session.page(html, {"gone.html": b"<p>elsewhere"}, **SIZE, javascript=True) as page,
    ):
        page.wait()


def test_page_that_is_never_ready_is_given_up_with_what_it_waits_for(session: Session) -> None:
    html = "<script>Object.defineProperty(document, 'fonts', { value: { ready: new Promise(() => 0) } })</script>"
    with (
        session.page(html, {}, **SIZE, javascript=True, timeout=0.5) as page,
        pytest.raises(PageNotReady, match="waits for fonts"),
    ):
        page.wait()


def test_endless_script_is_given_up(session: Session) -> None:
    with (
        pytest.raises(PageNotReady, match="did not load"),
        session.page("<script>for (;;);</script>", {}, **SIZE, javascript=True, timeout=0.5),
    ):
        pass


def test_browser_that_a_page_keeps_busy_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slidebuild.browser.page._GRACE", 0.1)
    with (
        Session(need_browser(None, os.environ)) as own,
        own.page("<p>x", {}, **SIZE, timeout=1) as page,
        pytest.raises(PageNotReady, match="busy with the page"),
    ):
        page.evaluate("() => { for (;;); }")


def test_screenshot_shows_the_page(session: Session) -> None:
    html = "<!DOCTYPE html><body style='margin:0;background:#00f'><p style='margin:0;height:100px;background:#f00'>"
    with session.page(html, {}, **SIZE) as page:
        whole = Image.open(BytesIO(page.screenshot())).convert("RGB")
        part = Image.open(BytesIO(page.screenshot((10, 90, 20, 20)))).convert("RGB")
    assert whole.size == (400, 300)
    assert (whole.getpixel((200, 50)), whole.getpixel((200, 200))) == ((255, 0, 0), (0, 0, 255))
    assert part.size == (20, 20)
    assert (part.getpixel((5, 5)), part.getpixel((5, 15))) == ((255, 0, 0), (0, 0, 255))


def test_session_says_its_version_and_sandbox(session: Session) -> None:
    assert session.started.version.count(".") == 3
    assert session.started.is_sandboxed == (os.geteuid() != 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root cannot have the sandbox")
def test_browser_starts_without_sandbox_when_the_sandbox_is_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slidebuild.browser.start.no_sandbox_for", lambda: None)
    with Session(need_browser(None, os.environ)) as started:
        assert started.started.is_sandboxed is False
        assert "sandbox" in str(started.started.why_not)


def test_browser_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    broken.chmod(0o755)
    with Session(BrowserChoice(broken, "asked for", "--browser")) as started:
        with pytest.raises(BrowserError, match="does not start"):
            _ = started.started
        with pytest.raises(BrowserError, match="does not start"), started.page("", {}, **SIZE):
            pass
