"""The application's answers, asked without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from smalldeck import in_loop, workspace, write_project

from slidebuild.preview.app import create_app
from slidebuild.preview.guard import LOCAL_NAMES, Access
from slidebuild.preview.pages import OWN_FILES
from slidebuild.preview.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "talks", one="first --- second", two="TODO")


LOCAL = Access()


def ask(
    project: Workspace,
    path: str,
    *,
    method: str = "GET",
    access: Access = LOCAL,
    content: str | None = None,
    **headers: str,
) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(project, access=access))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, path, headers=headers, content=content)

    return in_loop(run())


def told(page: str) -> dict[str, object]:
    """What the page tells the client."""
    found = re.search(r'id="sb-preview">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_deck_stands_at_the_address_of_its_file(root: Path) -> None:
    answer = ask(workspace(root), "/decks/one.md")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<p>first</p>" in answer.text


def test_client_stands_before_the_player(root: Path) -> None:
    page = ask(workspace(root), "/decks/one.md").text
    assert page.index("/-/client.js") < page.index('id="sb-deck"')


def test_same_page_has_the_same_version(root: Path) -> None:
    first, again = (told(ask(workspace(root), "/decks/one.md").text) for _ in range(2))
    assert first["version"] == again["version"]
    assert first["version"] != told(ask(workspace(root), "/decks/two.md").text)["version"]


def test_finding_carries_place_and_line(root: Path) -> None:
    (finding,) = told(ask(workspace(root), "/decks/two.md").text)["diagnostics"]  # type: ignore[misc]
    assert finding["path"] == "decks/two.md"
    assert (finding["line"], finding["column"], finding["severity"]) == (1, 1, "warning")
    assert finding["excerpt"][finding["from"] : finding["to"]] == "TODO"
    assert finding["hint"] == "take it out"


def test_finding_on_a_line_of_a_megabyte_sends_a_part_of_it(root: Path) -> None:
    (root / "decks" / "two.md").write_text("x" * 500_000 + "TODO" + "y" * 500_000, encoding="utf-8")
    (finding,) = told(ask(workspace(root), "/decks/two.md").text)["diagnostics"]  # type: ignore[misc]
    assert len(finding["excerpt"]) == 200
    assert finding["excerpt"][finding["from"] : finding["to"]] == "TODO"


def test_findings_cannot_end_the_script_they_stand_in(root: Path) -> None:
    (root / "decks" / "two.md").write_text("TODO </script><b>", encoding="utf-8")
    (finding,) = told(ask(workspace(root), "/decks/two.md").text)["diagnostics"]  # type: ignore[misc]
    assert finding["excerpt"] == "TODO </script><b>"


def test_deck_that_cannot_be_built_gets_a_page_that_waits(root: Path) -> None:
    (root / "decks" / "one.md").write_text("BROKEN", encoding="utf-8")
    answer = ask(workspace(root), "/decks/one.md")
    assert answer.status_code == 500
    assert told(answer.text)["failed"] is True


def test_bug_in_the_compiler_is_shown_and_ends_nothing(root: Path) -> None:
    (root / "decks" / "one.md").write_text("BUG", encoding="utf-8")
    data = told(ask(workspace(root), "/decks/one.md").text)
    assert "RuntimeError: a bug in the compiler" in str(data["crash"])


def test_made_files_come_from_memory_beside_the_page(root: Path) -> None:
    project = workspace(root)

    async def run() -> tuple[int, int, str]:
        transport = httpx.ASGITransport(create_app(project))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            before = await client.get("/decks/made/a%20b.txt")
            await client.get("/decks/one.md")
            after = await client.get("/decks/made/a%20b.txt")
            return before.status_code, after.status_code, after.text

    assert in_loop(run()) == (404, 200, "made")


@pytest.mark.parametrize(
    ("wanted", "status", "body", "place"),
    [
        ("bytes=1-2", 206, "ad", "bytes 1-2/4"),
        ("bytes=2-", 206, "de", "bytes 2-3/4"),
        ("bytes=0-99", 206, "made", "bytes 0-3/4"),
        ("bytes=4-", 416, "", "bytes */4"),
        ("lines=1-2", 200, "made", None),
    ],
)
def test_part_of_a_made_file_can_be_asked_for(
    root: Path, wanted: str, status: int, body: str, place: str | None
) -> None:
    project = workspace(root, "decks/one.md")

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(project))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await client.get("/decks/one.md")
            return await client.get("/decks/made/a%20b.txt", headers={"range": wanted})

    answer = in_loop(run())
    assert (answer.status_code, answer.text, answer.headers.get("content-range")) == (status, body, place)


def test_file_of_the_project_is_served_and_revalidated(root: Path) -> None:
    (root / "img").mkdir()
    (root / "img" / "a b.svg").write_text("<svg/>", encoding="utf-8")
    answer = ask(workspace(root), "/img/a%20b.svg")
    assert answer.text == "<svg/>"
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-cache"
    assert ask(workspace(root), "/img/a%20b.svg", **{"if-none-match": answer.headers["etag"]}).status_code == 304


def test_part_of_a_file_can_be_asked_for(root: Path) -> None:
    (root / "film.webm").write_bytes(bytes(range(100)))
    answer = ask(workspace(root), "/film.webm", range="bytes=10-19")
    assert (answer.status_code, answer.content) == (206, bytes(range(10, 20)))


@pytest.fixture
def secrets(root: Path) -> Path:
    (root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("secret", encoding="utf-8")
    (root / ".env").write_text("secret", encoding="utf-8")
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    (root / "inner.txt").symlink_to(root / ".git" / "config")
    (root / "up").symlink_to(root.parent)
    return root


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/decks/..%2f..%2fsecret.txt",
        "/decks/%2e%2e/%2e%2e/secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/inner.txt",
        "/inner.txt?as=print",
        "/-/lines/inner.txt?slide=0",
        "/-/two/.git/config",
        "/.git/config",
        "/.env",
        "/decks/%2e%2e/.env",
        "/decks//..//..//secret.txt",
        "/..%5csecret.txt",
        "/secret.txt%00",
        "/decks",
        "/-/app.py",
        "/-/../-/client.jsx",
        "/-/events/decks/none.md",
    ],
)
def test_nothing_else_is_served(secrets: Path, path: str) -> None:
    answer = ask(workspace(secrets), path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_other_host_names_are_refused(root: Path, host: str) -> None:
    assert ask(workspace(root), "/decks/one.md", host=host).status_code == 400


def test_other_sites_get_no_answer_but_to_links(root: Path) -> None:
    site = {"sec-fetch-site": "cross-site"}
    assert ask(workspace(root), "/decks/one.md", **site, **{"sec-fetch-mode": "cors"}).status_code == 403
    frame = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert ask(workspace(root), "/decks/one.md", **site, **frame).status_code == 403
    link = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert ask(workspace(root), "/decks/one.md", **site, **link).status_code == 200


def test_desk_lists_the_decks_with_what_is_known_of_them(root: Path) -> None:
    project = workspace(root)

    async def run() -> tuple[httpx.Response, httpx.Response]:
        transport = httpx.ASGITransport(create_app(project))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            before = await client.get("/")
            await client.get("/decks/one.md")
            await client.get("/decks/two.md")
            return before, await client.get("/")

    before, after = (cards(answer.text) for answer in in_loop(run()))
    assert [(card["path"], card["address"], card["status"]) for card in before] == [
        ("decks/one.md", "/decks/one.md", "unknown"),
        ("decks/two.md", "/decks/two.md", "unknown"),
    ]
    assert [card["status"] for card in after] == ["good", "good"]
    assert [card["slides"] for card in after] == [2, 1]
    assert [card["counts"]["warning"] for card in after] == [0, 1]


def cards(page: str) -> list[dict[str, Any]]:
    found = re.search(r'id="data">(.*?)</script>', page)
    assert found
    return list(json.loads(found[1]))


@pytest.mark.parametrize("path", ["/", "/-/two/decks/one.md"])
def test_own_pages_load_nothing_but_their_own(root: Path, path: str) -> None:
    answer = ask(workspace(root), path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|style=|<script>|onclick", answer.text)


def test_one_deck_opens_at_once(root: Path) -> None:
    answer = ask(workspace(root, "decks/one.md"), "/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/decks/one.md")


@pytest.mark.parametrize("name", sorted(OWN_FILES))
def test_own_files_are_served(root: Path, name: str) -> None:
    assert ask(workspace(root), f"/-/{name}").status_code == 200


@pytest.mark.parametrize(
    ("view", "holds"), [("print", "/-/sheets.js"), ("cover", "/-/sheets.css")], ids=["sheets", "cover"]
)
def test_deck_is_shown_without_its_scripts(root: Path, view: str, holds: str) -> None:
    answer = ask(workspace(root), f"/decks/one.md?as={view}")
    assert answer.status_code == 200
    assert holds in answer.text
    assert answer.headers["content-security-policy"].startswith("script-src 'self';")
    assert ("second" in answer.text) is (view == "print")


def test_files_that_only_the_printed_page_needs_are_served(root: Path) -> None:
    project = workspace(root)

    async def run() -> str:
        transport = httpx.ASGITransport(create_app(project))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await client.get("/decks/one.md?as=print")
            return (await client.get("/decks/made/only%20in%20print.txt")).text

    assert in_loop(run()) == "print"


def test_lines_of_a_slide_are_told(root: Path) -> None:
    project = workspace(root)
    assert ask(project, "/-/lines/decks/one.md?slide=1").json() == {
        "path": "decks/one.md",
        "line": 20,
        "blocks": [["decks/one.md", 20]],
    }
    for slide in ("2", "-1", "x", "", "9" * 30):
        assert ask(project, f"/-/lines/decks/one.md?slide={slide}").status_code == 404


def test_search_goes_over_all_decks(root: Path) -> None:
    (found,) = ask(workspace(root), "/-/search?q=SECOND").json()
    assert (found["address"], found["title"], found["word"]) == ("/decks/one.md#2", "second", "second")
    assert ask(workspace(root), "/-/search?q=").json() == []


JSON = {"content-type": "application/json"}


def opening(path: str, line: object = 3) -> str:
    return json.dumps({"path": path, "line": line})


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The editors that were started."""
    commands: list[list[str]] = []
    monkeypatch.setattr("slidebuild.preview.editor.run_editor", lambda command: commands.append(command) or True)
    monkeypatch.setenv("VISUAL", "code --wait")
    return commands


def test_editor_is_opened_at_a_line(root: Path, ran: list[list[str]]) -> None:
    answer = ask(workspace(root), "/-/open/decks/one.md", method="POST", content=opening("decks/one.md"), **JSON)
    assert answer.json() == {"editor": "code"}
    assert ran == [["code", "--wait", "--goto", f"{root.resolve() / 'decks' / 'one.md'}:3"]]


def test_without_an_editor_the_address_for_one_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slidebuild.preview.editor.editor_command", lambda *_: None)
    answer = ask(workspace(root), "/-/open/decks/one.md", method="POST", content=opening("decks/one.md"), **JSON)
    assert answer.json() == {"address": f"vscode://file{root.resolve() / 'decks' / 'one.md'}:3"}


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (opening("../secret.txt"), JSON, 404),
        (opening("inner.txt"), JSON, 404),
        (opening(".env"), JSON, 404),
        (opening("decks"), JSON, 404),
        (opening("decks/one.md", "x"), JSON, 400),
        ("[]", JSON, 400),
        ("{", JSON, 400),
        (opening("decks/one.md"), {"content-type": "text/plain"}, 415),
        (opening("decks/one.md"), {**JSON, "sec-fetch-site": "cross-site"}, 403),
        (opening("decks/one.md"), {**JSON, "origin": "http://evil.example"}, 403),
        (opening("decks/one.md"), {**JSON, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ],
)
def test_nothing_else_opens_an_editor(
    secrets: Path, ran: list[list[str]], content: str, headers: dict[str, str], status: int
) -> None:
    answer = ask(workspace(secrets), "/-/open/decks/one.md", method="POST", content=content, **headers)
    assert answer.status_code == status
    assert ran == []


OPEN_ACCESS = Access(LOCAL_NAMES, "t0ken")


def test_other_machines_need_the_token(root: Path) -> None:
    project = workspace(root)
    for path in ("/", "/decks/one.md", "/-/client.js", "/?token=wrong", "/-/events"):
        answer = ask(project, path, access=OPEN_ACCESS)
        assert (answer.status_code, "first" in answer.text) == (401, False)


def test_token_becomes_a_cookie_and_leaves_the_address(root: Path) -> None:
    project = workspace(root)
    answer = ask(project, "/decks/one.md?as=print&token=t0ken", access=OPEN_ACCESS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/decks/one.md?as=print")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    asked = ask(project, "/decks/one.md", access=OPEN_ACCESS, cookie=cookie.partition(";")[0])
    assert "<p>first</p>" in asked.text


@pytest.mark.parametrize(
    ("host", "status"), [("192.168.1.7:8000", 200), ("[fe80::1]:8000", 200), ("localhost", 200), ("evil.example", 400)]
)
def test_with_a_token_numeric_addresses_are_welcome(root: Path, host: str, status: int) -> None:
    headers = {"host": host, "cookie": "slidebuild=t0ken"}
    assert ask(workspace(root), "/decks/one.md", access=OPEN_ACCESS, **headers).status_code == status
    assert ask(workspace(root), "/decks/one.md", host="192.168.1.7").status_code == 400


def test_what_a_browser_measured_is_told_with_its_place(root: Path) -> None:
    told: list[tuple[str, list[str]]] = []
    project = workspace(root)

    async def run(*findings: dict[str, object]) -> list[int]:
        app = create_app(project, measured=lambda path, lines: told.append((path, list(lines))))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            page = (await client.get("/decks/one.md")).text
            version = json.loads(page.partition('id="sb-preview">')[2].partition("</script>")[0])["version"]
            bodies = ({"version": version, "found": list(findings)}, {"version": "old", "found": []}, {"found": 3})
            return [(await client.post("/-/measured/decks/one.md", json=body)).status_code for body in bodies]

    found = {"slide": 1, "message": "“x” hangs out"}
    assert in_loop(run(found, {"slide": 9, "message": "gone"})) == [204, 204, 400]
    assert told == [("decks/one.md", ["decks/one.md:20: warning: “x” hangs out [slide-overflow]"])]


def test_page_says_whether_to_follow_at_first(root: Path) -> None:
    async def run(*, follow: bool) -> str:
        app = create_app(workspace(root), follow=follow)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return (await client.get("/decks/one.md")).text

    assert [told(in_loop(run(follow=follow)))["follow"] for follow in (True, False)] == [True, False]
