"""A preview that runs beside the test."""

from __future__ import annotations

import threading
import time

from slidebuild.preview.server import PreviewServer
from slidebuild.preview.workspace import Workspace


class Server(threading.Thread):
    """The preview in a thread, on a free port unless one is given."""

    def __init__(self, workspace: Workspace, port: int = 0) -> None:
        super().__init__(daemon=True)
        self._server = PreviewServer(workspace, port)
        self.port = self._server.port
        self.address = self._server.address
        self.start()
        while not self._server.started:
            time.sleep(0.01)

    def run(self) -> None:
        self._server.show()

    def stop(self) -> None:
        """End it; fails when it does not end."""
        self._server.stop()
        self.join(10)
        assert not self.is_alive()
