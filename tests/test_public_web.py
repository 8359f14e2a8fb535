"""Connections that lead to the public internet only."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from slidebuild.public_web import PrivateHostError, connect, target


def resolved_to(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "2002:a00:1::"],
)
def test_a_name_that_leads_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    resolved_to(monkeypatch, number)
    with pytest.raises(PrivateHostError):
        connect(urlsplit("http://rebound.example/"), 1.0)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved_to(monkeypatch, "93.184.215.14", "192.168.0.1")
    with pytest.raises(PrivateHostError, match=r"192\.168\.0\.1"):
        connect(urlsplit("https://mixed.example/"), 1.0)


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved_to(monkeypatch, "93.184.215.14")
    made = connect(urlsplit("http://site.example:8080/"), 1.0)
    resolved_to(monkeypatch, "127.0.0.1")
    asked: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda place, _timeout: asked.append(place))
    made.connect()
    assert asked == [("93.184.215.14", 8080)]


def test_the_host_header_names_no_usual_port(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved_to(monkeypatch, "93.184.215.14")
    for address, port in (("https://site.example/", 443), ("http://site.example/", 80)):
        made = connect(urlsplit(address), 1.0)
        assert (made.port, made.default_port) == (port, port)


@pytest.mark.parametrize("address", ["ftp://a.example/", "file:///etc/passwd", "http://", "x", "http://a:99999/"])
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"HTTP|[Pp]ort"):
        connect(urlsplit(address), 1.0)


def test_blanks_and_letters_of_an_address_are_escaped_once() -> None:
    assert target(urlsplit("http://a/b c%20ü?x=1 2&y=%3D")) == "/b%20c%20%C3%BC?x=1%202&y=%3D"
    assert target(urlsplit("http://a")) == "/"
