"""The preview's web application: decks under the address of their file, everything else from memory or the project."""

from __future__ import annotations

import asyncio
import json
import os
import posixpath
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from slidebuild.media_types import media_type
from slidebuild.patterns import regex
from slidebuild.preview import editor, pages
from slidebuild.preview.guard import Access, Guard
from slidebuild.preview.live import Listener, LiveDeck, LiveDecks, State
from slidebuild.preview.patching import patch, whole
from slidebuild.preview.searching import search
from slidebuild.preview.watch import Watch
from slidebuild.preview.workspace import Details, LivePage, Sheets, Workspace

OWN_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Content security policy of the preview's own pages; a deck's page may load what the deck says."""
SHEETS_POLICY: Final = "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
"""Of pages that show a deck without its scripts."""
THREADS: Final = 2
"""For builds: each thread holds memory of its own."""
LOCAL: Final = frozenset(("127.0.0.1", "::1", "testclient"))


MOST: Final = 50
LONGEST: Final = 300
"""So many findings of a browser are taken, and so many letters of each."""

Measured = Callable[[str, Sequence[str]], None]
"""Hears what hangs out of the slides of a deck: its path, a line for each finding."""


class Preview:
    """The application's answers."""

    def __init__(self, workspace: Workspace, listener: Listener, measured: Measured, *, follow: bool) -> None:
        self.decks = LiveDecks(workspace, listener)
        self._workspace = workspace
        self._files = StaticFiles(directory=workspace.root)
        self._measured = measured
        self._follow = follow
        self._sheets: dict[str, bytes] = {}

    async def home(self, request: Request) -> Response:
        """The one deck asked for, or all."""
        if self._workspace.deck and "desk" not in request.query_params:
            return RedirectResponse("/" + quote(self._workspace.deck))
        cards = await asyncio.to_thread(self._cards)
        return self._own(pages.desk(cards, self._workspace.root.name))

    async def own_file(self, request: Request) -> Response:
        """A script or stylesheet of the preview."""
        name = request.path_params["name"]
        if name not in pages.OWN_FILES:
            raise HTTPException(404)
        return Response(pages.own_file(name), media_type=pages.OWN_FILES[name])

    async def icon(self, _request: Request) -> Response:
        """The project's icon; browsers ask for one in any case."""
        file = self._reachable("favicon.ico")
        return FileResponse(file) if file is not None and file.is_file() else Response(status_code=204)

    async def desk_events(self, _request: Request) -> Response:
        """News of all decks, as server-sent events."""
        return StreamingResponse(self._desk_stream(), media_type="text/event-stream")

    async def events(self, request: Request) -> Response:
        """News of a deck, as server-sent events, from the version on that the page has."""
        deck = self._deck(request)
        known = request.query_params.get("version", "")
        return StreamingResponse(_stream(deck, known), media_type="text/event-stream")

    async def lines(self, request: Request) -> Response:
        """Where the blocks of a slide were written."""
        state = await self._deck(request).current()
        index = _number(request.query_params.get("slide"))
        lines = await asyncio.to_thread(state.details.lines, index) if state.details else None
        if lines is None:
            raise HTTPException(404)
        return JSONResponse(asdict(lines))

    async def open_editor(self, request: Request) -> Response:
        """Opens a line in the editor of whoever sits at this machine; else tells the address that VS Code opens."""
        self._deck(request)
        asked = await _sent(request)
        try:
            path, line = str(asked["path"]), int(asked["line"])
        except (ValueError, TypeError, KeyError):
            raise HTTPException(400) from None
        file = self._reachable(path)
        if file is None or not file.is_file():
            raise HTTPException(404)
        command = editor.editor_command(os.environ, file, line)
        is_here = request.client is None or request.client.host in LOCAL
        if is_here and command and await asyncio.to_thread(editor.run_editor, command):
            return JSONResponse({"editor": Path(command[0]).name})
        return JSONResponse({"address": editor.editor_address(file, line)})

    async def measured(self, request: Request) -> Response:
        """What a browser found to hang out of slides, for the terminal; told once, however many windows say it."""
        deck = self._deck(request)
        sent = await _sent(request)
        try:
            found = [(int(item["slide"]), str(item["message"])[:LONGEST]) for item in sent["found"][:MOST]]
        except (ValueError, TypeError, KeyError):
            raise HTTPException(400) from None
        state = deck.state
        if sent.get("version") == state.version and state.details:
            self._measured(deck.path, await asyncio.to_thread(_with_places, state.details, found))
        return Response(status_code=204)

    async def search(self, request: Request) -> Response:
        """Slides of all decks that hold some words."""
        texts: list[tuple[str, Any]] = []
        for path in await asyncio.to_thread(self._workspace.decks):
            deck = self.decks.find(path)
            state = await deck.current() if deck else State()
            if state.details:
                texts.append((path, await asyncio.to_thread(state.details.texts)))
        found = await asyncio.to_thread(search, request.query_params.get("q", ""), texts)
        return JSONResponse([asdict(hit) | {"address": f"/{quote(hit.deck)}#{hit.index + 1}"} for hit in found])

    async def two(self, request: Request) -> Response:
        """Slides and PDF side by side."""
        return self._own(pages.two_up(self._deck(request).path))

    async def page_or_file(self, request: Request) -> Response:
        """A deck's page, a file that was built with one, or a file of the project (never a hidden one)."""
        path = request.path_params["path"]
        data = self.decks.asset(path) or self._sheets.get(path)
        if isinstance(data, bytes):
            return _from_memory(data, path, request.headers.get("range"))
        if data is not None and data.is_file():
            return FileResponse(data)
        deck = self.decks.find(path)
        if deck is not None:
            return await self._page(deck, request.query_params.get("as"))
        if "\\" in path or "\0" in path or self._reachable(path) is None:
            raise HTTPException(404)
        return await self._files.get_response(path, request.scope)

    async def _page(self, deck: LiveDeck, view: str | None) -> Response:
        state = await deck.current()
        if state.page is None:
            return self._own(pages.without_page(deck.path, state), status_code=500)
        if view in ("print", "cover") and state.details:
            make = state.details.sheets if view == "print" else state.details.cover
            sheets = await asyncio.to_thread(make)
            self._publish(deck, sheets)
            html = pages.with_view(sheets, deck.path, state.version, is_cover=view == "cover")
            return HTMLResponse(html, headers={"content-security-policy": SHEETS_POLICY})
        return HTMLResponse(await asyncio.to_thread(pages.with_client, deck.path, state, follow=self._follow))

    def _publish(self, deck: LiveDeck, sheets: Sheets) -> None:
        """Files that only the printed page needs (the placeholder's)."""
        folder = posixpath.dirname(deck.path)
        for address, data in sheets.assets.items():
            path = posixpath.normpath(posixpath.join(folder, unquote(address)))
            if self.decks.asset(path) is None:
                self._sheets[path] = data

    def _reachable(self, path: str) -> Path | None:
        """The file of a path below the root, symlinks resolved; None for one that is hidden or lies elsewhere."""
        root = self._workspace.root
        try:
            file = (root / path.lstrip("/")).resolve()
        except (OSError, RuntimeError, ValueError):
            return None
        if not file.is_relative_to(root):
            return None
        asked, real = Path(path).parts, file.relative_to(root).parts
        return None if any(part.startswith(".") for part in (*asked, *real)) else file

    def _cards(self) -> list[dict[str, Any]]:
        return [pages.card(path, self.decks.known(path)) for path in self._workspace.decks()]

    async def _desk_stream(self) -> AsyncIterator[str]:
        async for turned in self.decks.turns():
            cards = await asyncio.to_thread(self._cards) if turned else None
            yield f"data: {json.dumps(cards)}\n\n" if turned else ": still here\n\n"

    @staticmethod
    def _own(html: str, status_code: int = 200) -> Response:
        return HTMLResponse(html, status_code=status_code, headers={"content-security-policy": OWN_POLICY})

    def _deck(self, request: Request) -> LiveDeck:
        deck = self.decks.find(request.path_params["path"])
        if deck is None:
            raise HTTPException(404)
        return deck


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON object that one of our pages sends; other sites' pages cannot send this type without asking first."""
    if request.headers.get("content-type") != "application/json":
        raise HTTPException(415)
    try:
        sent = json.loads(await request.body())
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise HTTPException(400)
    return sent


def _with_places(details: Details, found: Sequence[tuple[int, str]]) -> list[str]:
    """Findings as the terminal shows them."""
    lines = [(details.lines(slide), message) for slide, message in found]
    return [f"{place.path}:{place.line}: warning: {message} [slide-overflow]" for place, message in lines if place]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


_RANGE: Final = regex(r"bytes=(\d+)-(\d*)")


def _from_memory(data: bytes, path: str, wanted: str | None) -> Response:
    """A file, or the part of it that a player of videos asks for (one range from the beginning; RFC 9110, 14.2)."""
    headers = {"accept-ranges": "bytes"}
    kind = media_type(path)
    found = _RANGE.fullmatch(wanted or "")
    if not found:
        return Response(data, media_type=kind, headers=headers)
    first, last = int(found[1]), min(int(found[2] or len(data)), len(data) - 1)
    if first > last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(data)}"})
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], status_code=206, media_type=kind, headers=headers)


async def _stream(deck: LiveDeck, known: str) -> AsyncIterator[str]:
    """Each state with what turns the page that the window has (of version `known`) into the present one."""
    base: LivePage | None = deck.page(known)
    async for state in deck.states():
        if state is None:
            yield ": still here\n\n"
            continue
        message = pages.news(state)
        if base is None:
            base = deck.page(known)
        if state.page is not None and state.version != known:
            message["patch"] = patch(base, state.page) if base is not None else whole(state.page)
            base, known = state.page, state.version
        yield f"data: {json.dumps(message, ensure_ascii=False)}\n\n"


def create_app(
    workspace: Workspace,
    listener: Listener = lambda _path, _state: None,
    measured: Measured = lambda _path, _lines: None,
    *,
    follow: bool = True,
    access: Access = Access(),  # noqa: B008 - it is frozen
) -> Starlette:
    """The application; it watches the project's files as long as it runs."""

    def built(path: str, state: State) -> None:
        watch.look_closely(preview.decks.folders())
        listener(path, state)

    preview = Preview(workspace, built, measured, follow=follow)
    watch = Watch(workspace.root, preview.decks.files_changed)

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        stop = asyncio.Event()
        watching = asyncio.create_task(watch.run(stop))
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
            Route("/favicon.ico", preview.icon),
            Route(f"{pages.OWN}events", preview.desk_events),
            Route(f"{pages.OWN}search", preview.search),
            Route(f"{pages.OWN}events/{{path:path}}", preview.events),
            Route(f"{pages.OWN}lines/{{path:path}}", preview.lines),
            Route(f"{pages.OWN}open/{{path:path}}", preview.open_editor, methods=["POST"]),
            Route(f"{pages.OWN}measured/{{path:path}}", preview.measured, methods=["POST"]),
            Route(f"{pages.OWN}two/{{path:path}}", preview.two),
            Route(f"{pages.OWN}{{name}}", preview.own_file),
            Route("/{path:path}", preview.page_or_file),
        ],
        middleware=[Middleware(Guard, access=access)],
        lifespan=running,
    )
    app.state.preview = preview
    return app
