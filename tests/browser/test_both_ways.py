"""A page is the same and comes to the same, whoever drives the browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image

from slidebuild.browser import program
from slidebuild.browser.errors import BrowserError, PageNotReady
from slidebuild.browser.find import need_browser
from slidebuild.browser.page import Page
from slidebuild.browser.session import Session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not program.IS_POSSIBLE, reason="Playwright is the only way here"),
]

SIZE = {"width": 400, "height": 300}

KINDS = """<!DOCTYPE html><title>Kinds</title><style>
  @keyframes k { from { margin-left: 0 } to { margin-left: 90px } }
  i { display: block; width: 9px; height: 9px; background: red } .ends { animation: k 30s both }
  .endless { animation: k 30s 1s infinite; background: blue } body { height: 900px; font: 20px serif }
  @media print { p { color: green } } @media (prefers-reduced-motion) { p { letter-spacing: 3px } }
  @media (pointer: fine) { p { word-spacing: 9px } } code { font-family: monospace } b { font-family: fantasy }
  </style><h1 style="font-family: sans-serif">Ἀρχή 中文</h1><p>fine <code>mono</code> <b>fan</b>
  <input value="x" autofocus><i class="ends"></i><i class="endless"></i><div><template shadowrootmode="open"><style>
  @keyframes k { to { opacity: 0.5 } } u { animation: k 9s both }</style><u>shadow</u></template></div>
  <iframe srcdoc="<style>@keyframes k { to { margin-left: 50px } } p { animation: k 9s both }</style><p>in"></iframe>"""

WATCHED = """<!DOCTYPE html><img src="http://example.org/a.png"><iframe src="http://example.org/frame"></iframe>
  <iframe sandbox src="inner.html"></iframe><iframe src="data:text/html,<img src=http://example.org/data>"></iframe>
  <iframe srcdoc="<img src=http://example.org/srcdoc>"></iframe><img src="file:///etc/passwd">
  <img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><link rel=stylesheet href="https://example.org/s.css">"""

SEEN = """() => ({
  languages: navigator.languages, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: new Intl.NumberFormat().resolvedOptions().locale, focus: document.hasFocus(),
  sizes: [innerWidth, innerHeight, outerWidth, outerHeight, screen.width, screen.height, devicePixelRatio],
  media: ["print", "(prefers-reduced-motion)", "(prefers-color-scheme: dark)", "(hover)", "(orientation: landscape)"]
    .map((query) => matchMedia(query).matches),
  fonts: ["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"].map((family) => {
    const box = document.createElement("span");
    box.style.cssText = `font: 100px ${family}; position: absolute`;
    box.textContent = "Hamburgefonstiv";
    document.body.append(box);
    return box.getBoundingClientRect().width;
  }),
  workers: "serviceWorker" in navigator, agent: navigator.userAgent, type: document.readyState,
})"""


@dataclass(frozen=True, slots=True)
class Ways:
    ours: Session
    playwright: Session

    def __iter__(self) -> Iterator[Session]:
        return iter((self.ours, self.playwright))


@pytest.fixture(scope="module")
def ways() -> Iterator[Ways]:
    """The same browser with our pipe and with Playwright's driver."""
    choice = need_browser(None, os.environ)
    with Session(choice) as ours, Session(choice, lazy=True) as playwright:
        version = ours.started.version
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(program, "IS_POSSIBLE", False)
            assert playwright.started.version == version
        drivers = [type(session._in_use().browser).__name__ for session in (ours, playwright)]
        assert drivers == ["PipeBrowser", "PlaywrightBrowser"]
        yield Ways(ours, playwright)


def settled(page: Page) -> bytes:
    """What the page prints, without the dates of printing."""
    page.wait()
    lines = page.print_pdf(400, 300).split(b"\n")
    return b"\n".join(line for line in lines if b"Date (" not in line and not line.startswith(b"/ID"))


def test_pages_print_the_same_bytes(ways: Ways) -> None:
    printed = []
    for session in ways:
        with session.page(KINDS, {}, **SIZE, is_still=False) as page:
            printed.append(settled(page))
    assert printed[0] == printed[1]


@pytest.mark.parametrize("how", [{}, {"scale": 2.0}, {"is_still": False, "media": "screen"}, {"javascript": True}])
def test_pictures_of_pages_are_the_same_and_so_is_what_scripts_see(ways: Ways, how: dict[str, object]) -> None:
    seen = []
    for session in ways:
        with session.page(KINDS, {}, **SIZE, **how) as page:  # type: ignore[arg-type]
            page.wait()
            shots = [page.screenshot(), page.screenshot((10, 20, 100, 50)), page.screenshot((10.5, 500, 900, 900))]
            again = page.evaluate("() => document.getAnimations().map((animation) => animation.playState)")
            pictures = [Image.open(BytesIO(shot)) for shot in shots]
            seen.append([(one.size, one.tobytes()) for one in pictures] + [page.evaluate(SEEN), again])
    assert seen[0] == seen[1]


def test_same_requests_are_seen_in_frames_of_all_kinds(ways: Ways) -> None:
    seen = []
    inner = b"<img src='http://example.org/inner'><img src='own.png'>"
    for session in ways:
        with session.page(WATCHED, {"inner.html": inner}, **SIZE) as page:
            page.wait()
            seen.append((set(page.refused), set(page.site.missed)))
    assert seen[0] == seen[1]
    assert {"http://example.org/inner", "http://example.org/frame", "http://example.org/data"} <= seen[0][0]
    assert "file:///etc/passwd" in seen[0][0]


def test_scripts_that_fail_say_the_same(ways: Ways) -> None:
    for session in ways:
        with session.page("<p>x", {}, **SIZE) as page:
            with pytest.raises(BrowserError, match=r"the browser failed: .*no such thing"):
                page.evaluate("() => { throw new Error('no such thing\\nat all') }")
            with pytest.raises(BrowserError, match="the browser failed"):
                page.screenshot((9000, 0, 10, 10))
            assert page.evaluate("() => undefined") is None
            assert page.evaluate("async (it) => [it, await 2]", {"a": "é\u2028"}) == [{"a": "é\u2028"}, 2]


def test_page_can_be_followed_by_another(ways: Ways) -> None:
    for session in ways:
        with session.page("<p>one<img src='http://example.org/x'>", {}, **SIZE) as page:
            assert page.refused == ("http://example.org/x",)
            page.show("<p>two", {})
            assert page.refused == ()
            assert page.evaluate("() => document.body.textContent") == "two"


def test_dialogs_and_downloads_hold_nothing_up(ways: Ways) -> None:
    html = """<script>alert(1); confirm(2); const link = document.createElement("a"); link.href = "file.bin";
        link.download = "x"; link.click(); window.open("w.html")</script><p>x"""
    for session in ways:
        with session.page(html, {"file.bin": b"\0", "w.html": b"<p>"}, **SIZE, javascript=True) as page:
            page.wait()
            assert page.evaluate("() => document.querySelector('p').textContent") == "x"


def test_page_whose_process_dies_is_an_error_and_the_next_one_opens(ways: Ways) -> None:
    tab = ways.ours
    with tab.page("<p>x", {}, **SIZE, timeout=20) as page:
        page._tab._connection.post("Page.crash", page._tab._session)  # type: ignore[attr-defined]
        with pytest.raises(BrowserError, match="the page crashed"):
            page.evaluate("() => new Promise(() => 0)")
        with pytest.raises(BrowserError, match="the page crashed"):
            page.print_pdf(400, 300)
    with tab.page("<p>y", {}, **SIZE) as page:
        assert page.evaluate("() => document.body.textContent") == "y"


def test_page_that_is_not_answered_in_time_is_not_ready(ways: Ways) -> None:
    for session in ways:
        with (
            pytest.raises(PageNotReady, match=r"did not load within 0\.5 s: something on it keeps the browser busy"),
            session.page("<script>for (;;);</script>", {}, **SIZE, javascript=True, timeout=0.5),
        ):
            pass


def test_ctrl_c_ends_the_browser_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import Future

    def interrupted(self: Future[object], timeout: float | None = None) -> object:
        raise KeyboardInterrupt

    with Session(need_browser(None, os.environ)) as own:
        assert own.started.version
        with own.page("<p>x", {}, **SIZE) as page, monkeypatch.context() as patch:
            patch.setattr(type(own), "started", None)
            patch.setattr(Future, "result", interrupted)
            with pytest.raises(KeyboardInterrupt):
                page.evaluate("() => new Promise(() => 0)")
        assert own.is_lost
