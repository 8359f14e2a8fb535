"""`slidebuild vendor`: remote files come into the project once, and builds never ask for them again."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from slidebuild.cli import main
from slidebuild.vendor.fetching import FetchError, Limits, fetch
from slidebuild.vendor.licences import licence_of

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><metadata>'
    b'<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/></metadata><path d="M0 0h4v3z"/></svg>'
)
CSS = b'@import "more.css"; @font-face { font-family: X; src: url(font.woff2) } p { background: url("/missing.png") }'
LOCAL = Limits(allows_private=True)


@dataclass
class Host:
    """A server of our own."""

    address: str = ""
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            if self.path.startswith("/to?"):
                self.send_response(302)
                self.send_header("Location", self.path.partition("?")[2])
                self.end_headers()
            elif self.path == "/slow":
                self.send_response(200)
                self.end_headers()
                for _ in range(50):
                    self.wfile.write(b"x" * 1000)
                    time.sleep(0.02)
            elif self.path == "/endless":
                self.send_response(200)
                self.end_headers()
                for _ in range(2000):
                    self.wfile.write(b"x" * 10_000)
            elif self.path in made.files:
                kind, data = made.files[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client has seen enough
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    made.files = {
        "/a.svg": ("image/svg+xml", SVG),
        "/photo": ("image/jpeg; charset=x", b"\xff\xd8\xff jpeg"),
        "/style.css": ("text/css", CSS),
        "/more.css": ("text/css", b"h1 { color: red }"),
        "/font.woff2": ("font/woff2", b"wOF2 font"),
        "/page": ("text/html", b"<p>page"),
        "/moving.gif": ("image/gif", b"GIF89a"),
    }
    yield made
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Talk:
    root: Path

    def write(self, text: str) -> None:
        (self.root / "decks").mkdir(exist_ok=True)
        (self.root / "decks/talk.md").write_text(text, encoding="utf-8")

    def run(self, command: str, *options: str, code: int = 0) -> dict[str, Any]:
        with chdir(self.root):
            done = CliRunner().invoke(main, [command, "--json", *options])
        assert done.exit_code == code, done.output
        found: dict[str, Any] = {} if code == 2 else json.loads(done.stdout)
        return found

    def vendor(self, *options: str, code: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.run("vendor", "--allow-private", *options, code=code)["decks"]
        return found

    @property
    def lock(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.root / "slidebuild.lock").read_text(encoding="utf-8"))
        return found

    @property
    def page(self) -> str:
        return (self.root / "dist/talk/index.html").read_text(encoding="utf-8")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    (tmp_path / "slidebuild.yml").write_text("theme: remark\n", encoding="utf-8")
    return Talk(tmp_path)


def test_a_picture_is_stored_pinned_and_used_without_the_network(talk: Talk, host: Host) -> None:
    talk.write(f"# A\n![]({host.address}/a.svg)\n---\nbackground-image: url({host.address}/photo)\n# B\n")
    assert {item["state"] for item in talk.vendor()} == {"stored"}
    entry = talk.lock["files"][f"{host.address}/a.svg"]
    assert (talk.root / entry["path"]).read_bytes() == SVG
    assert entry["path"].startswith("img/vendor/")
    assert entry["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert talk.lock["files"][f"{host.address}/photo"]["path"].endswith(".jpg")
    host.asked.clear()
    said = talk.run("html")["diagnostics"]
    assert (said, host.asked) == ([], [])
    assert host.address not in talk.page.partition('id="sb-deck"')[0]
    assert len(list((talk.root / "dist/talk/assets").glob("*.svg"))) == 1


def test_what_is_stored_is_not_loaded_again(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg)")
    talk.vendor()
    text = (talk.root / "slidebuild.lock").read_text()
    host.asked.clear()
    assert talk.vendor() == []
    assert host.asked == []
    talk.vendor("--update")
    assert (host.asked, (talk.root / "slidebuild.lock").read_text()) == (["/a.svg"], text)


def test_addresses_stay_links_to_the_copy_where_files_are_left_in_place(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg)")
    talk.vendor()
    talk.run("html", "--assets", "link", "-o", "talk.html")
    path = talk.lock["files"][f"{host.address}/a.svg"]["path"]
    assert f'src="../{path}"' in (talk.root / "talk.html").read_text()


def test_a_stylesheet_comes_with_its_fonts_and_imports(talk: Talk, host: Host) -> None:
    talk.write(f"---\ncss: {host.address}/style.css\n---\n# A\n")
    said = talk.run("vendor", "--allow-private", code=1)["diagnostics"]
    assert [item["code"] for item in said] == ["not-vendored"]  # missing.png
    assert set(talk.lock["files"]) == {f"{host.address}/{name}" for name in ("style.css", "more.css", "font.woff2")}
    host.asked.clear()
    talk.run("html")
    assert host.asked == []
    assert "color: red" in talk.page
    loaded = talk.page.partition('id="sb-deck"')[0]
    assert loaded.count(host.address) == loaded.count(f"{host.address}/missing.png") == 1


def test_a_logo_is_stored_as_well_and_a_changed_stylesheet_is_an_error(talk: Talk, host: Host) -> None:
    talk.write(f"---\ntheme: default\ncss: {host.address}/more.css\nlogo: {host.address}/a.svg\n---\n# A\n")
    assert {item["code"] for item in talk.run("html")["diagnostics"]} == {"remote-asset"}
    talk.vendor()
    assert talk.run("html")["diagnostics"] == []
    assert host.address not in talk.page
    for name in ("more.css", "a.svg"):
        file = talk.root / talk.lock["files"][f"{host.address}/{name}"]["path"]
        good = file.read_bytes()
        file.write_bytes(b"h1 { color: blue }")
        assert [item["code"] for item in talk.run("html", code=1)["diagnostics"]] == ["stale-copy"]
        file.write_bytes(good)


def test_check_tells_what_is_missing_or_was_changed(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg)")
    (said,) = talk.run("vendor", "--check", code=1)["diagnostics"]
    assert (said["line"], said["message"]) == (1, f"{host.address}/a.svg is not stored")
    talk.vendor()
    assert talk.vendor("--check", code=0) == []
    (talk.root / talk.lock["files"][f"{host.address}/a.svg"]["path"]).write_bytes(b"<svg/>")
    said = talk.run("html", code=1)["diagnostics"]
    assert [item["code"] for item in said] == ["stale-copy"]
    (said,) = talk.run("vendor", "--check", code=1)["diagnostics"]
    assert said["message"] == f"the copy of {host.address}/a.svg is gone or was changed"
    talk.vendor()
    assert talk.run("html")["diagnostics"] == []


def test_prune_forgets_what_no_deck_names(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg) ![]({host.address}/photo)")
    talk.vendor()
    talk.write(f"![]({host.address}/photo)")
    talk.vendor("--prune")
    assert list(talk.lock["files"]) == [f"{host.address}/photo"]
    assert [file.suffix for file in (talk.root / "img/vendor").iterdir()] == [".jpg"]


def test_a_copy_that_moves_is_known_to_move(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/moving.gif)")
    talk.vendor()
    assert len(talk.run("html")["decks"]) == 1
    with chdir(talk.root):
        shown = CliRunner().invoke(main, ["explain", "decks/talk.md", "1"])
    assert shown.exit_code == 0


def test_pages_and_what_is_not_there_are_refused_with_a_reason(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/page) ![]({host.address}/gone.png)")
    refused = {item["address"]: item["reason"] for item in talk.vendor(code=1)}
    assert "web page" in refused[f"{host.address}/page"]
    assert "404" in refused[f"{host.address}/gone.png"]


def test_hosts_of_the_own_network_are_not_asked(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg)")
    (item,) = talk.run("vendor", code=1)["decks"]
    assert "this computer or its network" in item["reason"]
    assert host.asked == []


def test_what_is_refused_is_told_where_it_is_written_and_what_helps(talk: Talk, host: Host) -> None:
    talk.write(f"# A\n\n![]({host.address}/a.svg)")
    (said,) = talk.run("vendor", code=1)["diagnostics"]
    assert (said["path"], said["line"], said["hint"]) == ("decks/talk.md", 3, "--allow-private asks those as well")
    with chdir(talk.root):
        assert "nothing is loaded" not in CliRunner().invoke(main, ["vendor"]).output


def test_copies_that_cannot_be_written_are_told(talk: Talk, host: Host) -> None:
    talk.write(f"![]({host.address}/a.svg)")
    (talk.root / "img").write_text("a file in the place of the folder", encoding="utf-8")
    said = talk.run("vendor", "--allow-private", code=1)["diagnostics"]
    assert [item["code"] for item in said] == ["unwritable-output"]


@pytest.mark.parametrize(
    "address",
    ["http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/"],
)
def test_names_of_private_addresses_are_refused_whatever_their_spelling(address: str) -> None:
    with pytest.raises(FetchError, match=r"its network|no host"):
        fetch(address, Limits(seconds=5))


def test_a_redirection_is_looked_at_as_closely(host: Host) -> None:
    assert fetch(f"{host.address}/to?/a.svg", LOCAL).origin == f"{host.address}/a.svg"
    for target in ("file:///etc/passwd", "ftp://a.example/", "gopher://x"):
        with pytest.raises(FetchError, match="no HTTP address"):
            fetch(f"{host.address}/to?{target}", LOCAL)
    host.files["/loop"] = ("x", b"")
    with pytest.raises(FetchError, match="redirections"):
        fetch(f"{host.address}/to?/to?/to?/to?/to?/to?/to?/a.svg", LOCAL)


def test_size_and_time_have_limits(host: Host) -> None:
    with pytest.raises(FetchError, match=r"larger than 0\.1 MB"):
        fetch(f"{host.address}/endless", Limits(size=100_000, allows_private=True))
    with pytest.raises(FetchError, match="larger"):
        fetch(f"{host.address}/a.svg", Limits(size=10, allows_private=True))
    with pytest.raises(FetchError, match=r"longer than 0\.2 s"):
        fetch(f"{host.address}/slow", Limits(seconds=0.2, allows_private=True))


def test_licences_are_read_from_the_file_and_never_guessed() -> None:
    assert licence_of(b"<svg><path/></svg>") == ""
    assert licence_of(b'<x xmpRights:WebStatement="https://x.example/l">') == "https://x.example/l"
    assert licence_of(b"<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x'>Free\n to use</rdf:li>") == "Free to use"


def test_a_damaged_lock_is_told(talk: Talk) -> None:
    talk.write("# A\n")
    for text in ("{", "[]", '{"lock": 9, "files": {}}', '{"lock": 1, "files": {"a": 1}}'):
        (talk.root / "slidebuild.lock").write_text(text)
        assert [item["code"] for item in talk.run("html", code=1)["diagnostics"]] == ["bad-lock"]
