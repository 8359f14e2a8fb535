"""Connections to hosts of the public internet, and to no machine of one's own network.

The host is looked up here, and the connection goes to the very address that was looked at: a name that leads into a
private network, now or a moment later, is refused (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
Each hop of a redirection has to come here anew. Proxies of the environment are not used: they would look the name up
themselves.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from typing import Final
from urllib.parse import SplitResult, quote

_PATH: Final = "/%:@!$&'()*+,;=~-._"
_QUERY: Final = f"{_PATH}?"


class PrivateHostError(Exception):
    """A host that has an address outside the public internet; the message is that address."""


def connect(parts: SplitResult, timeout: float, *, allows_private: bool = False) -> http.client.HTTPConnection:
    """A connection for an `http` or `https` address; it is made at the first request.

    `timeout` in seconds, for each step. Raises PrivateHostError; ValueError for what is no such address; OSError where
    the name cannot be looked up.
    """
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{parts.geturl()} is no HTTP address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = _look_up(parts.hostname, port, allows_private=allows_private)
    return _Connection(parts.hostname, parts.port, place, timeout, is_secure=parts.scheme == "https")


def target(parts: SplitResult) -> str:
    """What of an address the server is asked for."""
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return quote(parts.path or "/", safe=_PATH) + query


def _look_up(host: str, port: int, *, allows_private: bool) -> tuple[str, int]:
    numbers = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for number in numbers:
        if not allows_private and not _is_public(number):
            raise PrivateHostError(number)
    return numbers[0], port


class _Connection(http.client.HTTPConnection):
    """Connects to an address that was looked up before; with TLS the certificate is checked against the name."""

    def __init__(self, host: str, port: int | None, place: tuple[str, int], timeout: float, *, is_secure: bool) -> None:
        if is_secure:
            self.default_port = http.client.HTTPS_PORT  # so that the Host header names no port
        super().__init__(host, port, timeout=timeout)
        self._place = place
        self._is_secure = is_secure

    def connect(self) -> None:
        """Connect."""
        self.sock = socket.create_connection(self._place, self.timeout)
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _is_public(number: str) -> bool:
    """Whether an address is one of the public internet, addresses within it (IPv4-mapped, 6to4) as well."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(inner.is_global and not inner.is_multicast)
