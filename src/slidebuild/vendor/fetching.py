"""Loading a remote file: HTTP and HTTPS only, from public addresses only, within limits of size and time."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import closing
from typing import Final
from urllib.parse import urljoin, urlsplit

from slidebuild import __version__
from slidebuild.public_web import PrivateHostError, connect, target
from slidebuild.records import dataclass

REDIRECTIONS: Final = 5
_CHUNK: Final = 1 << 16
_REDIRECTED: Final = frozenset((301, 302, 303, 307, 308))
_HEADERS: Final = {
    "User-Agent": f"Mozilla/5.0 (compatible; slidebuild/{__version__})",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class FetchError(Exception):
    """A file that was not loaded; one sentence that says why, and what helps."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


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
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"it takes longer than {limits.seconds:g} s")
    try:
        with closing(connect(parts, left, allows_private=limits.allows_private)) as connection:
            connection.request("GET", target(parts), headers=_HEADERS)
            with connection.getresponse() as answer:
                location = answer.getheader("Location")
                if answer.status in _REDIRECTED and location:
                    return location
                if answer.status != 200:
                    raise FetchError(f"the server answers {answer.status} {answer.reason}")
                return Fetched(_body(answer, limits, deadline), address, _kind(answer))
    except PrivateHostError as error:
        reason = f"{parts.hostname} is a host of this computer or its network ({error})"
        raise FetchError(reason, "--allow-private asks those as well") from None
    except socket.gaierror as error:
        raise FetchError(f"there is no host {parts.hostname}: {_reason(error)}") from error
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise FetchError(_reason(error)) from error


def _body(answer: http.client.HTTPResponse, limits: Limits, deadline: float) -> bytes:
    too_large = FetchError(f"it is larger than {limits.size / 1e6:g} MB", "--max-mb allows for more")
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


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
