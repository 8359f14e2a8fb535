"""Decks that want what is not theirs: each gets nothing, and says so.

A service listens on the loopback interface all the while and must hear nothing.
"""

from __future__ import annotations

import base64
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from decks import compile_text
from loopback import Service, knock, service
from printdeck import codes

from slidebuild.browser.errors import BrowserError, PageNotReady
from slidebuild.browser.find import need_browser
from slidebuild.browser.session import Session
from slidebuild.compiler import compile_deck, make_page
from slidebuild.diagnostics import Diagnostics
from slidebuild.pdf.picture_frame import picture_frame
from slidebuild.pdf.printing import print_pdf
from slidebuild.pdf.twin import make_pdf, plan_job
from slidebuild.project import Project

pytestmark = pytest.mark.browser

SECRET = "pa55word-of-another"


@pytest.fixture(scope="module")
def victim() -> Iterator[Service]:
    with service() as found:
        knock(found.port)
        assert found.seen == [b"hello"]
        found.seen.clear()
        yield found
        assert found.seen == []


def text_of(data: bytes | None) -> str:
    assert data is not None
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def printed(
    session: Session,
    slides: Mapping[str, str],
    files: Mapping[str, bytes] | None = None,
    *,
    javascript: bool = False,
    timeout: float = 30.0,
) -> tuple[bytes | None, Diagnostics]:
    """The deck of these slides, which are printed whatever moves on them."""
    diagnostics = Diagnostics()
    text = "---\ntheme: remark\n---\n" + "\n\n---\n".join(
        f"animation: false\n# {name}\n{content}" for name, content in slides.items()
    )
    plan = plan_job(compile_text(text, diagnostics, files), session, diagnostics, timeout=timeout)
    assert plan.job is not None
    return print_pdf(replace(plan.job, javascript=javascript), session, diagnostics, {}), diagnostics


def passive(victim: Service) -> dict[str, str]:
    """What needs no script."""
    b, p = victim.address, victim.port
    return {
        "pictures": f'<img src="{b}/1"><img srcset="{b}/2 2x"><picture><source srcset="{b}/3"><img></picture>',
        "other names": f'<img src="http://localhost:{p}/"><img src="http://[::1]:{p}/"><img src="http://0.0.0.0:{p}/">'
        f'<img src="http://2130706433:{p}/"><img src="//127.0.0.1:{p}/"><img src="https://127.0.0.1:{p}/">',
        "styles": f"<style>@import url({b}/i); @font-face {{ font-family: Q; src: url({b}/f) }} p {{ font-family: Q; "
        f"background: url({b}/b); cursor: url({b}/c), auto; list-style: url({b}/l) }}</style><p>x</p>",
        "links": "".join(
            f'<link rel="{rel}" href="{b}/{rel}">'
            for rel in ("stylesheet", "preconnect", "dns-prefetch", "prefetch", "prerender", "icon", "manifest")
        )
        + f'<link rel="preload" as="image" href="{b}/p"><link rel="modulepreload" href="{b}/m">',
        "frames": f'<iframe src="{b}/1"></iframe><object data="{b}/2"></object><embed src="{b}/3">',
        "inner frame": f"<iframe srcdoc=\"<meta http-equiv=refresh content='0;url={b}/r'><img src={b}/i>\"></iframe>",
        "refresh": f'<meta http-equiv="refresh" content="0; url={b}/">',
        "media": f'<video src="{b}/v" poster="{b}/p" autoplay></video><audio src="{b}/a" autoplay></audio>',
        "svg": f'<svg><image href="{b}/i"/><use href="{b}/u#x"/><filter id=f><feImage href="{b}/f"/></filter>'
        '<rect filter="url(#f)" width="9" height="9"/></svg>',
        "svg files": "![](remote.svg)",
        "other schemes": f'<iframe src="view-source:{b}/"></iframe><iframe src="chrome://version"></iframe>'
        f'<img src="ftp://127.0.0.1:{p}/"><iframe src="filesystem:{b}/x"></iframe>',
        "endless": "<style>@keyframes k { to { rotate: 1turn } } p { animation: k 1ms infinite }</style><p>x</p>",
        "base": f'<base href="{b}/base/"><img src="relative.png">',
    }


def test_pages_reach_neither_the_network_nor_services_of_this_machine(session: Session, victim: Service) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><style>@import url({victim.address}/s);</style>'
    svg += f'<image href="{victim.address}/x"/><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" '
    svg += f'src="{victim.address}/y"/></foreignObject><script href="{victim.address}/z"/></svg>'
    data, diagnostics = printed(session, passive(victim), {"remote.svg": svg.encode()})
    assert "secret" not in text_of(data)
    assert set(codes(diagnostics)) >= {"remote-asset", "request-refused"}
    assert victim.seen == []


SCRIPTS = {
    "requests": "fetch('B/f'); new Image().src = 'B/i'; navigator.sendBeacon('B/b'); new EventSource('B/e');"
    "const x = new XMLHttpRequest(); x.open('GET', 'B/x'); x.send(); new WebSocket('ws://127.0.0.1:P/w')",
    "calls": "const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:U' }] });"
    "c.createDataChannel('d'); c.createOffer().then((o) => c.setLocalDescription(o))",
    "windows": "window.open('B/w'); alert(1); confirm(1); prompt(1); print()",
    "workers": "try { navigator.serviceWorker.register('w.js') } catch {};"
    "new Worker(URL.createObjectURL(new Blob([`fetch('B/k')`])))",
    "forms": "const f = document.createElement('form'); f.action = 'B/q'; f.hidden = true;"
    "document.body.append(f); f.submit()",
}


def test_scripts_that_a_project_lets_run_reach_nothing_either(session: Session, victim: Service) -> None:
    b, p, u = victim.address, str(victim.port), str(victim.udp)
    slides = {
        name: f'<img src="x" onload="{script.replace("B/", b + "/").replace(":P", ":" + p).replace(":U", ":" + u)}">'
        for name, script in SCRIPTS.items()
    }
    data, diagnostics = printed(session, slides, javascript=True)
    assert data is not None
    assert "request-refused" in codes(diagnostics)
    assert victim.seen == []


LEAVING = (
    "location = 'B/'",
    "document.open()",
    "const a = document.createElement('a'); a.href = 'B/d'; a.download = 'd'; a.click(); a.href = 'data:,x'; a.click()",
)


@pytest.mark.parametrize("script", LEAVING)
def test_page_that_leaves_is_an_error_or_stays(session: Session, victim: Service, script: str) -> None:
    slide = {"leaving": f'<img src="x" onload="{script.replace("B/", victim.address + "/")}">'}
    try:
        data, diagnostics = printed(session, slide, javascript=True, timeout=2)
    except BrowserError:
        data = None
    else:
        assert data is not None or "page-count" in codes(diagnostics)
    assert victim.seen == []


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A project beside what is no business of its decks."""
    root = tmp_path / "talks"
    (root / "decks").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "slidebuild.yml").write_text("theme: remark\n", encoding="utf-8")
    for place in (tmp_path / "secret.md", tmp_path / "secret.svg", tmp_path / "s.css", root / ".git/config"):
        place.write_text(f"/* <svg xmlns='http://www.w3.org/2000/svg'><text y='9'>{SECRET}</text></svg> */", "utf-8")
    (root / "decks/link.md").symlink_to(tmp_path / "secret.md")
    (root / "decks/link.svg").symlink_to(tmp_path / "secret.svg")
    (root / "decks/out").symlink_to(tmp_path)
    (root / "decks/in.css").write_text("@import url(out/s.css); @import '../../s.css';", encoding="utf-8")
    return root


def test_files_outside_the_project_stay_outside(session: Session, talks: Path, tmp_path: Path) -> None:
    addresses = ["../../secret.svg", "link.svg", "out/secret.svg", "/../secret.svg", "..%2f..%2fsecret.svg"]
    addresses += [(tmp_path / "secret.svg").as_uri(), str(tmp_path / "secret.svg"), "../.git/config", "..\\s.md"]
    slides = "\n\n---\n".join(
        f"animation: false\n# {n}\nbackground-image: url({a})\n\n<img src='{a}'><object data='{a}'></object>"
        f"<iframe src='{a}'></iframe><p style='background: url({a})'>x</p>\n\n![:include python]({a})\n\n[file]({a})"
        f"\n\n---\ninclude: {a.replace('.svg', '.md')}"
        for n, a in enumerate(addresses)
    )
    for name, text in (("a", slides), ("b", "---\ncss: [in.css, out/s.css, ../../s.css]\nlogo: link.svg\n---\n# B")):
        (talks / f"decks/{name}.md").write_text(text, encoding="utf-8")
        diagnostics = Diagnostics()
        opened = Project.open(talks, diagnostics).open_deck(f"decks/{name}.md", diagnostics)
        assert opened is not None
        compiled = compile_deck(opened.source, opened.inputs, diagnostics)
        page = make_page(compiled, diagnostics)
        assert SECRET not in page.html
        assert not any(SECRET.encode() in data for data in page.assets.values())
        included = {"missing-include"} & set(codes(diagnostics))
        if not included:  # which is an error, so that nothing is printed
            assert SECRET not in text_of(make_pdf(compiled, session, diagnostics).data)
    assert Project.open(talks, diagnostics).open_deck("decks/link.md", diagnostics) is None


def test_pages_do_not_see_files_of_this_machine(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "secret.svg"
    file.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>{SECRET}</text></svg>", encoding="utf-8")
    at = file.as_uri()
    content = f'<img src="{at}"><iframe src="{at}"></iframe><object data="{at}"></object><embed src="{at}">'
    content += f"<style>@import url({at}); p {{ background: url({at}) }}</style><p>x</p><svg><use href='{at}#a'/></svg>"
    data, diagnostics = printed(session, {"files": content, "frame": f'<iframe srcdoc="<iframe src={at}>"></iframe>'})
    assert SECRET not in text_of(data)
    assert {"outside-root", "request-refused"} <= set(codes(diagnostics))


def png(width: int, height: int) -> bytes:
    """A PNG of one colour: a thousandth of a bit for each pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packed = zlib.compress(bytes((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_pictures_that_would_fill_the_memory_are_not_opened(session: Session) -> None:
    bomb = png(32_000, 32_000)
    laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'>"
    for n in range(9):
        inner = f"&{chr(97 + n)};" * 10
        laughs += f"<!ENTITY {chr(98 + n)} '{inner}'>"
    inside = base64.b64encode(bomb).decode()
    xmlns = "xmlns='http://www.w3.org/2000/svg'"
    files = {
        "bomb.png": bomb,
        "disguised.jpg": bomb,
        "nested.svg": f"<svg {xmlns}><image href='data:image/png;base64,{inside}'/></svg>".encode(),
        "laughs.svg": f"{laughs}]><svg {xmlns}><text y='9'>&j;</text></svg>".encode(),
    }
    slides = {name: f"![]({name})" for name in files}
    slides["embedded"] = f'<img src="data:image/png;base64,{inside}">'
    data, diagnostics = printed(session, slides, files)
    assert data is not None
    assert len(data) < 100_000
    found = {item.message.split()[2].split("/")[-1].split(".")[0]: item.code for item in diagnostics}
    assert {found[name] for name in ("bomb", "disguised", "nested")} == {"picture-too-large"}
    assert found["laughs"] == "asset-not-loaded"


def test_frames_without_number_are_not_counted_out() -> None:
    frame = b"\x21\xf9\x04\x04\x01\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    gif = b"GIF89a" + struct.pack("<HHBBB", 4000, 4000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * 400 + b";"
    assert picture_frame(gif, "last") is None
    assert picture_frame(gif, 100.0) is None
    assert picture_frame(gif, "first") is not None


@pytest.mark.parametrize(
    ("content", "files", "javascript"),
    [
        ("![](uses.svg)", {"uses.svg": "uses"}, False),
        ("<img src='x' onload='setTimeout(() => { for (;;); })'>", {}, True),
    ],
)
def test_what_never_ends_is_given_up(
    content: str, files: Mapping[str, str], javascript: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slidebuild.browser.page._GRACE", 0.1)
    groups = ""
    for n in range(9):
        inner = f'<use href="#u{n}"/>' * 10
        groups += f'<g id="u{n + 1}">{inner}</g>'
    start = '<svg xmlns="http://www.w3.org/2000/svg">'
    uses = f'{start}<rect id="u0" width="1" height="1"/>{groups}<use href="#u9"/></svg>'
    with Session(need_browser(None, os.environ)) as own, pytest.raises(PageNotReady):
        printed(own, {"endless": content}, {name: uses.encode() for name in files}, javascript=javascript, timeout=1)


@pytest.mark.parametrize("ratio", ["100000:1", "1:100000", "1e9:1", "0:1"])
def test_slides_without_measure_are_none(session: Session, ratio: str) -> None:
    diagnostics = Diagnostics()
    compiled = compile_text(f"---\nratio: {ratio}\ntheme: remark\n---\n# A", diagnostics)
    assert codes(diagnostics) == ["bad-setting-value"]
    assert compiled.settings.ratio.pixels[0] <= 681 * 5
    assert session.has_started
