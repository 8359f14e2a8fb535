"""The HTML the preview adds: its client in every deck page, the desk, the views, the page of a deck without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from slidebuild.diagnostics import Diagnostic
from slidebuild.installed import PACKAGE
from slidebuild.player.join import join_modules
from slidebuild.preview.live import State
from slidebuild.preview.patching import rest_of
from slidebuild.preview.workspace import Sheets
from slidebuild.report import as_json

OWN: Final = "/-/"
"""Where the preview's own files and events are; all other addresses are the project's."""
OWN_FILES: Final = {
    "client.js": "text/javascript",
    "client.css": "text/css",
    "desk.js": "text/javascript",
    "desk.css": "text/css",
    "sheets.js": "text/javascript",
    "sheets.css": "text/css",
    "two.js": "text/javascript",
    "two.css": "text/css",
}
_PLAYER_DATA: Final = '<script type="application/json" id="sb-deck">'


def with_client(deck: str, state: State, *, follow: bool) -> str:
    """A deck's page that keeps itself up to date.

    The client goes before the player's data, so that it sees the page before the player touches it.
    """
    html = state.page.html if state.page else ""
    at = html.rfind(_PLAYER_DATA)
    if at < 0:
        at = html.rfind("</body>")
    client = _client(deck, state, follow=follow)
    return html[:at] + client + html[at:] if at >= 0 else html + client


def without_page(deck: str, state: State) -> str:
    """What is shown of a deck that could not be built even once: the client, which lists what is wrong."""
    return _render("waiting.html.j2", deck=deck, client=_client(deck, state, follow=False))


def with_view(sheets: Sheets, deck: str, version: str, *, is_cover: bool) -> str:
    """The page that is to print, or the first slide, made fit for the screen."""
    at = sheets.html.rfind("</head>")
    style = f'<link rel="stylesheet" href="{OWN}sheets.css">'
    if is_cover:
        return sheets.html[:at] + style + sheets.html[at:]
    data = {"events": f"{OWN}events/{quote(deck)}", "deck": deck, "version": version, "count": sheets.count}
    script = f'<script src="{OWN}sheets.js" defer data-sheets="{_attribute(json.dumps(data))}"></script>'
    return sheets.html[:at] + style + script + sheets.html[at:]


def two_up(deck: str) -> str:
    """The slides and the page as it will print, side by side."""
    return _render("two.html.j2", deck=deck, address="/" + quote(deck))


def desk(decks: Iterable[Mapping[str, Any]], root: str) -> str:
    """All decks."""
    return _render("desk.html.j2", data=json.dumps(list(decks)).replace("<", "\\u003c"), root=root)


def card(path: str, state: State | None) -> dict[str, Any]:
    """What the desk tells of a deck."""
    known: dict[str, Any] = {"path": path, "address": "/" + quote(path), "status": "unknown"}
    if state is None or (state.page is None and not state.failed):
        return known
    severities = [str(item.severity) for item in state.diagnostics]
    known |= {
        "status": "failed" if state.failed else "good",
        "counts": {severity: severities.count(severity) for severity in ("error", "warning", "notice")},
        "version": state.version,
        "title": state.title,
    }
    if state.page is not None:
        known |= {"slides": len(state.page.slides), "noted": state.noted, "replaced": len(state.replaced)}
    return known


def news(state: State) -> dict[str, Any]:
    """A state as the client is told of it."""
    return {
        "version": state.version,
        "failed": state.failed,
        "crash": state.crash,
        "milliseconds": round(state.seconds * 1000),
        "diagnostics": [_finding(item, state.slides_of.get(item)) for item in state.diagnostics],
        "replaced": list(state.replaced),
    }


def _finding(item: Diagnostic, slide: int | None) -> dict[str, object]:
    finding = as_json(item) | {"slide": slide}
    if item.span:
        place = item.span.position
        line = item.span.source.line(place.line)
        width = max(1, min(item.span.end - item.span.start, len(line) - place.column + 1))
        # A line of a megabyte would be sent again with every build: a window around the place is enough.
        first = max(0, place.column - 1 - 60)
        excerpt = {"excerpt": line[first : first + 200], "from": place.column - 1 - first}
        finding |= {**excerpt, "to": place.column - 1 - first + width}
    return finding


def _client(deck: str, state: State, *, follow: bool) -> str:
    data: Mapping[str, object] = {
        "deck": deck,
        "address": "/" + quote(deck),
        "rest": rest_of(state.page) if state.page else "",
        "follow": follow,
        **news(state),
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    script = f'<script src="{OWN}client.js"></script>'
    return f'<script type="application/json" id="sb-preview">{text}</script>{script}'


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def _render(template: str, **values: object) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read(template)).render(own=OWN, **values)


@cache
def own_file(name: str) -> bytes:
    """A script or stylesheet of this package; the client's script is joined from its modules."""
    if name == "client.js":
        code = join_modules("main.js", _module)
        return f"(() => {{\n'use strict';\n{code}start();\n}})();\n".encode()
    return _read(name).encode()


def _module(name: str) -> str:
    """A module of the client. What ends beyond a slide is told as the printer tells it."""
    if name == "beyond.js":
        from slidebuild.pdf.audit import overflow_rule

        return overflow_rule()
    return _read(f"client/{name}")


def _read(name: str) -> str:
    return (PACKAGE / "preview" / name).read_text(encoding="utf-8")
