"""A service of this machine that a deck must not reach: it notes whoever knocks."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Service:
    """A TCP and a UDP port on the loopback interface."""

    port: int = 0
    udp: int = 0
    seen: list[bytes] = field(default_factory=list)
    """The beginning of what each visitor said."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def service() -> Iterator[Service]:
    """A running service."""
    found = Service()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            said = self.request[0] if isinstance(self.request, tuple) else self.request.recv(2000)
            found.seen.append(bytes(said[:80]) or b"(nothing)")
            if not isinstance(self.request, tuple):
                with suppress(OSError):
                    self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")

    class Tcp(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Tcp(("127.0.0.1", 0), Handler) as tcp, socketserver.UDPServer(("127.0.0.1", 0), Handler) as udp:
        found.port, found.udp = tcp.server_address[1], udp.server_address[1]
        for server in (tcp, udp):
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield found
        tcp.shutdown()
        udp.shutdown()


def knock(port: int) -> None:
    """Visit it, to know that it notices."""
    with socket.create_connection(("127.0.0.1", port)) as visitor:
        visitor.sendall(b"hello")
        visitor.recv(10)
