"""Loading a remote file: HTTP and HTTPS only, from public addresses only, within limits of size and time.

The host is resolved here and the connection made to the address that was looked at, for each redirection anew: a name
that points into the own network, at first or later, is refused (https://owasp.org/www-community/attacks/
Server_Side_Request_Forgery). Proxies of the environment are not used, for they would resolve the name themselves.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from slidebuild import __version__

REDIRECTIONS: Final = 5
_CHUNK: Final = 1 << 16
_REDIRECTED: Final = frozenset((301, 302, 303, 307, 308))
_HEADERS: Final = {
    "User-Agent": f"Mozilla/5.0 (compatible; slidebuild/{__version__})",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class FetchError(Exception):
    """A file that was not loaded; one sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may take."""

    size: int = 50_000_000
    """Bytes."""
    seconds: float = 60.0
    """For the whole file, redirections included."""
    allows_private: bool = False
    """Whether hosts of the own network and this computer may be asked."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as a server gave it."""

    data: bytes
    origin: str
    """Where it came from in the end."""
    kind: str
    """Media type without parameters; empty when the server tells none."""


def fetch(address: str, limits: Limits) -> Fetched:
    """The file at an address. Raises FetchError."""
    deadline = time.monotonic() + limits.seconds
    at = address
    for _ in range(REDIRECTIONS + 1):
        found = _request(at, limits, deadline)
        if isinstance(found, Fetched):
            return found
        at = urljoin(at, found)
    raise FetchError(f"more than {REDIRECTIONS} redirections")


def _request(address: str, limits: Limits, deadline: float) -> Fetched | str:
    """The file, or the address that the server sends on to."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{address} is no HTTP address")
    try:
        port = parts.port
    except ValueError:
        raise FetchError(f"{address} has no valid port") from None
    connection = _connection(parts.scheme, parts.hostname, port, limits, deadline)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers=_HEADERS)
        with connection.getresponse() as answer:
            location = answer.getheader("Location")
            if answer.status in _REDIRECTED and location:
                return location
            if answer.status != 200:
                raise FetchError(f"the server answers {answer.status} {answer.reason}")
            return Fetched(_body(answer, limits, deadline), address, _kind(answer))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise FetchError(_reason(error)) from error
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse, limits: Limits, deadline: float) -> bytes:
    too_large = FetchError(f"it is larger than {limits.size / 1e6:g} MB")
    announced = answer.getheader("Content-Length", "")
    if announced.isdigit() and int(announced) > limits.size:
        raise too_large
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > limits.size:
            raise too_large
        if time.monotonic() > deadline:
            raise FetchError(f"it takes longer than {limits.seconds:g} s")
    if announced.isdigit() and len(data) < int(announced):
        raise FetchError("the connection ended before the file did")
    return bytes(data)


def _kind(answer: http.client.HTTPResponse) -> str:
    return answer.getheader("Content-Type", "").partition(";")[0].strip().lower()


def _connection(
    scheme: str, host: str, port: int | None, limits: Limits, deadline: float
) -> http.client.HTTPConnection:
    """A connection to one of the host's addresses that may be asked."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"it takes longer than {limits.seconds:g} s")
    place = _place(host, port or (443 if scheme == "https" else 80), limits)
    return _Https(host, port, place, left) if scheme == "https" else _Http(host, port, place, left)


class _Http(http.client.HTTPConnection):
    """Connects to an address that was chosen beforehand."""

    def __init__(self, host: str, port: int | None, place: tuple[str, int], timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._place = place

    def connect(self) -> None:
        self.sock = socket.create_connection(self._place, self.timeout)


class _Https(http.client.HTTPSConnection):
    """The same with TLS: the certificate is checked against the name."""

    def __init__(self, host: str, port: int | None, place: tuple[str, int], timeout: float) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._trust)
        self._place = place

    def connect(self) -> None:
        plain = socket.create_connection(self._place, self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def _place(host: str, port: int, limits: Limits) -> tuple[str, int]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"there is no host {host}: {_reason(error)}") from error
    numbers = [str(entry[4][0]) for entry in found]
    allowed = [number for number in numbers if limits.allows_private or _is_public(number)]
    if not allowed:
        raise FetchError(f"{host} is a host of this computer or its network ({numbers[0]})")
    return allowed[0], port


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
