from __future__ import annotations

import socket
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest

from slidebuild.browser.origin import Origin, Site

PICTURE = b"\x89PNG"


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as running:
        yield running


def get(origin: Origin, address: str) -> tuple[int, bytes, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": origin.proxy}))
    try:
        with opener.open(address, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b"", ""


def add(origin: Origin, html: str = "<p>é", **assets: bytes) -> Site:
    return origin.add(html, assets or {"img/a b.png": PICTURE, "../up.css": b"p{}"}, javascript=False)


def test_page_and_its_files_are_answered_from_memory(origin: Origin) -> None:
    site = add(origin)
    assert get(origin, site.address) == (200, "<p>é".encode(), "text/html; charset=utf-8")
    assert get(origin, site.address + "img/a%20b.png?x=1") == (200, PICTURE, "image/png")
    assert get(origin, site.address.removesuffix("-/") + "up.css") == (200, b"p{}", "text/css")


def test_what_is_missing_is_noted_as_the_page_writes_it(origin: Origin) -> None:
    site = add(origin)
    assert get(origin, site.address + "img/none.png")[0] == 404
    assert get(origin, site.origin + "/root.png")[0] == 404
    assert get(origin, site.origin + "/favicon.ico")[0] == 404
    assert list(site.missed) == ["img/none.png", "/root.png"]


def test_other_hosts_and_pages_no_longer_known_are_refused(origin: Origin) -> None:
    site = add(origin)
    assert get(origin, "http://example.org/")[0] == 403
    assert get(origin, "http://127.0.0.1/")[0] == 403
    origin.remove(site)
    assert get(origin, site.address)[0] == 403


def test_each_page_has_an_origin_of_its_own(origin: Origin) -> None:
    assert add(origin).origin != add(origin).origin


@pytest.mark.parametrize(
    "written", ["a.html", "../b/c.html?q=1#f", "../../x/", "", "#part", "/root/x.html", "x/y.pdf#page=2"]
)
def test_relative_addresses_are_turned_back_to_what_was_written(origin: Origin, written: str) -> None:
    from urllib.parse import urljoin

    site = add(origin)
    assert site.relative(urljoin(site.address, written)) == written


def test_foreign_addresses_are_not_relative(origin: Origin) -> None:
    site = add(origin)
    assert site.relative("https://example.org/") is None
    assert site.relative(site.origin + "x/") is None


def talk(origin: Origin, *requests: bytes, is_all: bool = True) -> bytes:
    """What comes back on one connection until the other side closes it; `is_all` tells it that no more is said."""
    port = urllib.parse.urlsplit(origin.proxy).port
    answered = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(b"".join(requests))
            if is_all:
                connection.shutdown(socket.SHUT_WR)
            while data := connection.recv(1 << 16):
                answered += data
        except TimeoutError:
            raise
        except OSError:  # who has enough does not read on
            pass
    return answered


def test_a_connection_serves_several_requests(origin: Origin) -> None:
    site = add(origin)
    wanted = [f"GET {site.address}{name} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for name in ("img/a%20b.png", "none")]
    answered = talk(origin, *wanted, *wanted)
    assert answered.count(b"HTTP/1.1 200 \r\n") == answered.count(b"HTTP/1.1 404 \r\n") == 2
    assert answered.count(PICTURE) == 2


@pytest.mark.parametrize("ending", [" HTTP/1.1\r\nConnection: Close\r\n\r\n", " HTTP/1.0\r\n\r\n"])
def test_a_connection_is_closed_when_the_other_side_wants_it(origin: Origin, ending: str) -> None:
    request = f"GET {add(origin).address}img/a%20b.png{ending}".encode()
    assert talk(origin, request, is_all=False).endswith(PICTURE)


@pytest.mark.parametrize("method", ["CONNECT", "POST", "HEAD", "get"])
def test_nothing_but_get_is_answered(origin: Origin, method: str) -> None:
    answered = talk(origin, f"{method} {add(origin).address} HTTP/1.1\r\n\r\n".encode())
    assert answered.startswith(b"HTTP/1.1 501 ")
    assert b"<p>" not in answered


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        b"\r\n",
        b"GET\r\n\r\n",
        b"GET %s HTTP/1.1\r\n",
        b"GET %s HTTP/1.1\r\nno field\r\n\r\n",
        b"GET %s HTTP/2.0\r\n\r\n",
        b"GET %s" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET %s HTTP/1.1\r\n" + b"a: b\r\n" * 101 + b"\r\n",
        bytes(range(256)),
    ],
)
def test_what_is_no_request_gets_no_answer(origin: Origin, request_: bytes) -> None:
    site = add(origin)
    assert talk(origin, request_.replace(b"%s", site.address.encode())) == b""
    assert get(origin, site.address)[0] == 200  # others are served
