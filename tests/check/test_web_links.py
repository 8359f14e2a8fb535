"""Links to the web, against a server of our own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from checkdeck import check

from slidebuild.check.web import Answer, Web

ANSWERS = {"/ok": 200, "/gone": 404, "/shut": 403, "/broken": 500, "/no-head": 200}


class MemoryCache:
    """Keeps bytes."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


@dataclass(slots=True)
class Server:
    """Answers, and remembers what it was asked."""

    address: str
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
            server.asked.append(f"{self.command} {self.path}")
            status = ANSWERS.get(self.path.partition("?")[0], 301)
            if self.command == "HEAD" and self.path == "/no-head":
                status = 405
            self.send_response(status)
            if status == 301:
                self.send_header("Location", self.path.removeprefix("/to") or "/ok")
            self.send_header("Content-Length", "0")
            time.sleep(0.002)  # so that another request would be seen beside this one
            server.at_once -= 1  # before the answer goes out, after which the next request may come
            self.end_headers()

        do_GET = do_HEAD = answer  # noqa: N815 (names of http.server)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = Server(f"http://127.0.0.1:{http.server_address[1]}")
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        http.shutdown()


@pytest.fixture
def server(running: Server) -> Server:
    running.asked.clear()
    return running


def web(cache: MemoryCache | None = None, *, allows_private: bool = True) -> Web:
    return Web(cache or MemoryCache(), allows_private=allows_private, pause=0.0, timeout=5.0)


@pytest.mark.parametrize(
    ("path", "answer", "asked"),
    [
        ("/ok", Answer("there", "HTTP 200"), ["HEAD /ok"]),
        ("/ok?a=1&b=é#part", Answer("there", "HTTP 200"), ["HEAD /ok?a=1&b=%C3%A9"]),
        ("/gone", Answer("gone", "HTTP 404"), ["HEAD /gone", "GET /gone"]),
        ("/shut", Answer("there", "HTTP 403"), ["HEAD /shut", "GET /shut"]),
        ("/broken", Answer("unsure", "HTTP 500"), ["HEAD /broken", "GET /broken"]),
        ("/no-head", Answer("there", "HTTP 200"), ["HEAD /no-head", "GET /no-head"]),
        ("/to/to/ok", Answer("there", "HTTP 200"), ["HEAD /to/to/ok", "HEAD /to/ok", "HEAD /ok"]),
        ("/to/gone", Answer("gone", "HTTP 404"), ["HEAD /to/gone", "HEAD /gone", "GET /to/gone", "GET /gone"]),
        ("/round", Answer("unsure", "more than 6 redirections"), ["HEAD /round"] * 6),
    ],
)
def test_page_is_asked_for_as_briefly_as_it_allows(server: Server, path: str, answer: Answer, asked: list[str]) -> None:
    url = server.address + path
    assert web().ask([url]) == {url: answer}
    assert server.asked == asked


def test_what_is_known_is_not_asked_for_again(server: Server) -> None:
    cache = MemoryCache()
    urls = [server.address + path for path in ("/ok", "/ok#here", "/gone", "/broken")]
    first = web(cache).ask(urls)
    server.asked.clear()
    assert web(cache).ask(urls) == first
    assert server.asked == ["HEAD /broken", "GET /broken"]  # that may be better by now


def test_what_was_kept_grows_old(server: Server) -> None:
    cache = MemoryCache()
    web(cache).ask([f"{server.address}/ok"])
    again = web(cache)
    again.keep_there = 0.0
    again.ask([f"{server.address}/ok"])
    assert server.asked == ["HEAD /ok"] * 2


def test_one_host_is_asked_one_thing_at_a_time(server: Server) -> None:
    running_at_most = server.most_at_once = 0
    web().ask([f"{server.address}/ok?{number}" for number in range(12)])
    assert len(server.asked) == 12
    assert server.most_at_once - running_at_most == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/",
    ],
)
def test_machines_of_this_network_are_not_asked(server: Server, address: str) -> None:
    assert web(allows_private=False).ask([address]) == {address: Answer("private", "an address of a private network")}


def test_redirection_into_this_network_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import slidebuild.public_web as module

    port = server.address.rpartition(":")[2]
    monkeypatch.setattr(module, "_is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setitem(ANSWERS, "/out", 301)
    url = f"http://127.0.0.1:{port}/tohttp://[::1]:{port}/ok"
    assert web(allows_private=False).ask([url])[url].state in ("private", "unsure")
    assert not any(asked.endswith(" /ok") for asked in server.asked)


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (socket.EAI_NONAME, Answer("gone", "no such host")),
        (socket.EAI_AGAIN, Answer("unsure", "its name could not be looked up")),
    ],
)
def test_host_that_does_not_exist_is_gone_unless_one_is_off_line(
    monkeypatch: pytest.MonkeyPatch, number: int, answer: Answer
) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(number, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert web().ask(["http://gone.example/"]) == {"http://gone.example/": answer}


def test_links_of_a_deck_are_told_where_they_stand(server: Server) -> None:
    deck = (
        f"# A\n\n[ok]({server.address}/ok) [gone]({server.address}/gone) [mail](mailto:x@example.org)\n---\n# B\n\n"
        f"[again]({server.address}/gone) [by name][b]\n\n[b]: {server.address}/broken\n"
    )
    found = check(deck, web=web())
    assert [(item.span and item.span.position.line, str(item.severity), item.message) for item in found] == [
        (3, "warning", f"{server.address}/gone is not there: HTTP 404"),
        (9, "notice", f"{server.address}/broken gave no answer that tells: HTTP 500"),
    ]


def test_links_are_not_asked_for_unless_one_says_so(server: Server) -> None:
    assert check(f"# A\n\n[gone]({server.address}/gone)\n") == []
    assert server.asked == []
