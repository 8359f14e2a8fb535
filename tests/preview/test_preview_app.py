"""The application's answers, asked without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from smalldeck import in_loop, workspace, write_project

from slidebuild.preview.app import create_app
from slidebuild.preview.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "talks", one="first --- second", two="TODO")


def ask(project: Workspace, path: str, **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(project))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get(path, headers=headers)

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


def test_desk_lists_the_decks(root: Path) -> None:
    answer = ask(workspace(root), "/")
    assert re.findall(r'href="(/decks[^"]*)"', answer.text) == ["/decks/one.md", "/decks/two.md"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_desk_of_an_empty_project_says_what_to_do(tmp_path: Path) -> None:
    assert "There are no decks" in ask(workspace(tmp_path), "/").text


def test_one_deck_opens_at_once(root: Path) -> None:
    answer = ask(workspace(root, "decks/one.md"), "/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/decks/one.md")


@pytest.mark.parametrize("name", ["client.js", "client.css", "desk.css"])
def test_own_files_are_served(root: Path, name: str) -> None:
    assert ask(workspace(root), f"/-/{name}").status_code == 200
