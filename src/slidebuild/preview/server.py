"""Runs the preview: finds a port, opens the browser, says what happens in the terminal, stops cleanly."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from slidebuild.preview.workspace import Workspace

if TYPE_CHECKING:
    import asyncio
    from types import FrameType

HOST: Final = "127.0.0.1"
PORT: Final = 8000
TRIES: Final = 50
"""How many ports are tried after the one asked for."""


def serve(
    workspace: Workspace, *, port: int = PORT, open_browser: bool = False, say: Callable[[str], None] = print
) -> None:
    """Serve the project on this machine alone until Ctrl-C (or SIGTERM).

    A port that is taken is passed over for the next free one. `say` is given lines for the terminal. OSError when no
    port can be had.
    """
    import uvicorn

    from slidebuild.preview.app import create_app
    from slidebuild.preview.terminal import Terminal

    listening = listen(port)
    taken = listening.getsockname()[1]
    if port and taken != port:
        say(f"Port {port} is taken, so this is {taken}.")
    address = f"http://{HOST}:{taken}/"
    what = workspace.deck or f"the decks of {workspace.root}"
    say(f"Showing {what} at {address} (Ctrl-C stops)")
    app = create_app(replace(workspace, root=workspace.root.resolve()), Terminal(say).built)

    class Server(uvicorn.Server):
        """Lets go of the pages that listen for news as soon as it is told to stop; it would wait for them otherwise."""

        _loop: asyncio.AbstractEventLoop

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            import asyncio

            self._loop = asyncio.get_running_loop()
            await super().startup(sockets)
            if open_browser:
                await asyncio.to_thread(webbrowser.open, address)

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            import asyncio

            super().handle_exit(sig, frame)
            asyncio.run_coroutine_threadsafe(app.state.preview.decks.close(), self._loop)

    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
    try:
        Server(config).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn repeats the signal once it has stopped
        pass
    finally:
        listening.close()
    say("Stopped.")


def listen(port: int) -> socket.socket:
    """A listening socket on the port, else on the next free one; port 0 is any."""
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return socket.create_server((HOST, candidate), backlog=128)
        except OSError:
            continue
    return socket.create_server((HOST, 0), backlog=128)
