"""The preview's web application: decks under the address of their file, everything else from memory or the project."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from slidebuild.preview import pages
from slidebuild.preview.live import Listener, LiveDeck, LiveDecks
from slidebuild.preview.watch import watch
from slidebuild.preview.workspace import Workspace

OWN_FILES: Final = {
    "client.js": "text/javascript",
    "client.css": "text/css",
    "desk.css": "text/css",
}
OWN_POLICY: Final = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"
"""Content security policy of the preview's own pages; a deck's page may load what the deck says."""
EVERYWHERE: Final = {
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}
HOSTS: Final = ("127.0.0.1", "localhost")


class Preview:
    """The application's answers."""

    def __init__(self, workspace: Workspace, listener: Listener) -> None:
        self.decks = LiveDecks(workspace, listener)
        self._workspace = workspace
        self._files = StaticFiles(directory=workspace.root)

    async def home(self, _request: Request) -> Response:
        """The one deck asked for, or the list of all."""
        if self._workspace.deck:
            return RedirectResponse("/" + quote(self._workspace.deck))
        decks = [(path, self.decks.known(path)) for path in self._workspace.decks()]
        return HTMLResponse(pages.desk(decks), headers={"content-security-policy": OWN_POLICY})

    async def own_file(self, request: Request) -> Response:
        """A script or stylesheet of the preview."""
        name = request.path_params["name"]
        if name not in OWN_FILES:
            raise HTTPException(404)
        return Response(pages.own_file(name), media_type=OWN_FILES[name])

    async def events(self, request: Request) -> Response:
        """News of a deck, as server-sent events."""
        deck = self._deck(request)
        if deck is None:
            raise HTTPException(404)
        return StreamingResponse(_stream(deck), media_type="text/event-stream")

    async def page_or_file(self, request: Request) -> Response:
        """A deck's page, a file that was built with one, or a file of the project (never a hidden one)."""
        path = request.path_params["path"]
        data = self.decks.asset(path)
        if data is not None:
            return _from_memory(data, path, request.headers.get("range"))
        deck = self._deck(request)
        if deck is not None:
            return await self._page(deck)
        if any(part.startswith(".") for part in path.split("/")) or "\\" in path or "\0" in path:
            raise HTTPException(404)
        return await self._files.get_response(path, request.scope)

    async def _page(self, deck: LiveDeck) -> Response:
        state = await deck.current()
        if state.html is None:
            headers = {"content-security-policy": OWN_POLICY}
            return HTMLResponse(pages.without_page(deck.path, state), status_code=500, headers=headers)
        return HTMLResponse(pages.with_client(state.html, deck.path, state))

    def _deck(self, request: Request) -> LiveDeck | None:
        return self.decks.find(request.path_params["path"])


_RANGE: Final = re.compile(r"bytes=(\d+)-(\d*)")


def _from_memory(data: bytes, path: str, wanted: str | None) -> Response:
    """A file, or the part of it that a player of videos asks for (one range from the beginning; RFC 9110, 14.2)."""
    headers = {"accept-ranges": "bytes"}
    kind = mimetypes.guess_type(path)[0]
    found = _RANGE.fullmatch(wanted or "")
    if not found:
        return Response(data, media_type=kind, headers=headers)
    first, last = int(found[1]), min(int(found[2] or len(data)), len(data) - 1)
    if first > last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(data)}"})
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], status_code=206, media_type=kind, headers=headers)


async def _stream(deck: LiveDeck) -> AsyncIterator[str]:
    async for state in deck.states():
        yield f"data: {json.dumps(pages.news(state))}\n\n" if state else ": still here\n\n"


class _Civil:
    """Headers of every answer; and no answer to what another site's page asks for behind the user's back.

    Browsers say where a request comes from (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/); a link that the
    user follows is welcome from everywhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope)
        own = asked.get("sec-fetch-site", "none") in ("same-origin", "none")
        followed = (asked.get("sec-fetch-mode"), asked.get("sec-fetch-dest")) == ("navigate", "document")
        app = self._app if own or followed else PlainTextResponse("Not for other sites", status_code=403)
        await app(scope, receive, send_with_headers)


def create_app(workspace: Workspace, listener: Listener = lambda _path, _state: None) -> Starlette:
    """The application; it watches the project's files as long as it runs."""
    preview = Preview(workspace, listener)

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(workspace.root, preview.decks.files_changed, stop))
        first = preview.decks.find(workspace.deck) if workspace.deck else None
        if first:
            preview.decks.start(first)
        try:
            yield
        finally:
            stop.set()
            await preview.decks.close()
            await watching

    app = Starlette(
        routes=[
            Route("/", preview.home),
            Route(f"{pages.OWN}events/{{path:path}}", preview.events),
            Route(f"{pages.OWN}{{name}}", preview.own_file),
            Route("/{path:path}", preview.page_or_file),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS)), Middleware(_Civil)],
        lifespan=running,
    )
    app.state.preview = preview
    return app
