"""Runs the preview: finds a port, opens the browser, says what happens in the terminal, stops cleanly."""

from __future__ import annotations

import asyncio
import errno
import gc
import secrets
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import FrameType
from typing import Final

import uvicorn

from slidebuild.preview.app import Measured, create_app
from slidebuild.preview.guard import LOCAL_NAMES, Access
from slidebuild.preview.live import Listener
from slidebuild.preview.terminal import Terminal
from slidebuild.preview.workspace import Workspace

HOST: Final = "127.0.0.1"
PORT: Final = 8000
TRIES: Final = 50
"""How many ports are tried after the one asked for."""
CYCLES: Final = (10_000, 5, 5)
"""When Python looks for cycles: seldom, yet more often than in commands, which end before what they leave matters."""
PATIENCE: Final = 3
"""Seconds that answers under way are given to end when the server stops."""


def serve(
    workspace: Workspace,
    *,
    port: int = PORT,
    open_browser: bool = False,
    say: Callable[[str], None] = print,
    colour: bool = False,
    host: str = HOST,
    follow: bool = True,
) -> None:
    """Serve the project until Ctrl-C (or SIGTERM), on this machine alone unless `host` is another address of it.

    Others come in only with a token, which is part of the address that is said. A port that is taken is passed over for
    the next free one; port 0 is any. `say` is given lines for the terminal, findings in `colour` or not; `follow` says
    whether windows go to the slide that is edited. OSError when no port can be had.
    """
    gc.set_threshold(*CYCLES)
    terminal = Terminal(say, colour)
    server = PreviewServer(
        replace(workspace, root=workspace.root.resolve()),
        port,
        terminal.built,
        terminal.measured,
        host=host,
        follow=follow,
    )
    if port not in (0, server.port):
        say(f"Port {port} is taken, so this is {server.port}.")
    what = workspace.deck or f"the decks of {workspace.root}"
    say(f"Showing {what} at {server.address} (Ctrl-C stops)")
    if server.is_public:
        say(f"Warning: everyone who reaches {host} and has this address sees all files of {workspace.root}.")
    with suppress(KeyboardInterrupt):  # uvicorn repeats the signal once it has stopped
        server.show(webbrowser.open if open_browser else None)
    say("Stopped.")


class PreviewServer(uvicorn.Server):
    """The web server: it lets go of the pages that listen for news when it is to stop, and would wait for them else."""

    def __init__(
        self,
        workspace: Workspace,
        port: int = 0,
        listener: Listener = lambda _path, _state: None,
        measured: Measured = lambda _path, _lines: None,
        *,
        host: str = HOST,
        follow: bool = True,
    ) -> None:
        self.is_public = host not in ("localhost", "::1") and not host.startswith("127.")
        token = secrets.token_urlsafe(16) if self.is_public else None
        access = Access(LOCAL_NAMES | {host, _url_host(host)}, token)
        app = create_app(workspace, listener, measured, follow=follow, access=access)
        super().__init__(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=PATIENCE))
        self._decks = app.state.preview.decks
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opener: Callable[[str], object] | None = None
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"http://{_url_host(host)}:{self.port}/" + (f"?token={token}" if token else "")

    def show(self, opener: Callable[[str], object] | None = None) -> None:
        """Run until told to stop; `opener` is given the address once the server answers."""
        self._opener = opener
        try:
            self.run(sockets=[self._socket])
        finally:
            self.close()

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()

    def stop(self) -> None:
        """End `show`; may be called from another thread or a signal handler."""
        self.should_exit = True
        if self._loop:
            asyncio.run_coroutine_threadsafe(self._decks.close(), self._loop)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self._opener and self.started:
            await asyncio.to_thread(self._opener, self.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn. Pages that connected again meanwhile are cut off, lest they outlive the event loop."""
        await super().shutdown(sockets)
        await asyncio.sleep(0)  # connections accepted a moment ago come into being
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # and end

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by uvicorn on SIGINT and SIGTERM."""
        super().handle_exit(sig, frame)
        self.stop()


def _url_host(host: str) -> str:
    """A host as addresses write it; for one that means all of the machine's, the address that others know it by."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - asked for by the user
        return _own_address()
    return f"[{host}]" if ":" in host else host


def _own_address() -> str:
    """The machine's address in its network: that of a socket which would reach the outside (nothing is sent)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return HOST
        return str(probe.getsockname()[0])


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket on the port, else on the next free one. OSError for a host that is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return socket.create_server((host, candidate), family=family, backlog=128)
        except OSError as error:
            if error.errno != errno.EADDRINUSE and error.errno != errno.EACCES:
                raise
    return socket.create_server((host, 0), family=family, backlog=128)
