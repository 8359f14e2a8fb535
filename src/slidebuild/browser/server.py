"""A web server that answers our own browser's GET requests, as its proxy, with what we have in memory.

`http.server` would do; loading it, with all of `email` and `ssl`, takes 16 ms, a twentieth of a PDF after an edit, and
reading a request's header fields as those of an e-mail takes longer than answering it. (RFC 9112)
"""

from __future__ import annotations

import socketserver
from collections.abc import Callable, Mapping
from typing import Final

from slidebuild.records import dataclass

_LONGEST: Final = 1 << 16
"""Bytes of a line in a request, as in `http.server`."""
_MOST: Final = 100
"""Header fields of a request, likewise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server(socketserver.ThreadingTCPServer):
    """Listens on the loopback interface; `find` gives the answer to an address, None where nothing is to be had."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, find: Callable[[str], Answer | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.find = find

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle is nothing to report."""


class _Handler(socketserver.StreamRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        """Answer requests until either side has enough."""
        while self._handle_one():
            pass

    def _handle_one(self) -> bool:
        """Answer a request; whether another may come."""
        line = self.rfile.readline(_LONGEST)
        method, _, rest = line.partition(b" ")
        address, _, version = rest.rpartition(b" ")
        fields = self._fields()
        if fields is None or not version.startswith(b"HTTP/1.") or not line.endswith(b"\n"):
            return False
        if method != b"GET":  # CONNECT, POST …
            return self._send(Answer(501, {"Content-Length": "0"}, b""), is_last=True)
        found = self.server.find(address.decode("latin-1"))
        if found is None:
            return self._send(Answer(403, {"Content-Length": "0"}, b""), is_last=True)
        is_last = version.strip() == b"HTTP/1.0" or b"close" in fields.get(b"connection", b"").lower()
        return self._send(found, is_last=is_last)

    def _fields(self) -> Mapping[bytes, bytes] | None:
        """The header fields by their names in lower case; None where the browser hangs up before they end."""
        fields: dict[bytes, bytes] = {}
        for _ in range(_MOST):
            line = self.rfile.readline(_LONGEST)
            if line in (b"\r\n", b"\n"):
                return fields
            name, colon, value = line.partition(b":")
            if not colon:
                return None
            fields[name.lower()] = value.strip()
        return None

    def _send(self, answer: Answer, *, is_last: bool) -> bool:
        headers = {**answer.headers, "Connection": "close"} if is_last else answer.headers
        head = f"HTTP/1.1 {answer.status} \r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.wfile.write(f"{head}\r\n".encode("latin-1") + answer.body)
        return not is_last
