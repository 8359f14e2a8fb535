"""The HTML the preview adds: its client in every deck page, the list of decks, the page of a deck that has none yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final
from urllib.parse import quote

from slidebuild.diagnostics import Diagnostic
from slidebuild.preview.live import State
from slidebuild.report import as_json

OWN: Final = "/-/"
"""Where the preview's own files and events are; all other addresses are the project's."""
_PLAYER_DATA: Final = '<script type="application/json" id="sb-deck">'


def with_client(html: str, deck: str, state: State) -> str:
    """A deck's page that keeps itself up to date.

    The client goes before the player's data, so that it sees the slides before the player touches them.
    """
    at = html.rfind(_PLAYER_DATA)
    if at < 0:
        at = html.rfind("</body>")
    return html[:at] + _client(deck, state) + html[at:] if at >= 0 else html + _client(deck, state)


def without_page(deck: str, state: State) -> str:
    """What is shown of a deck that could not be built even once: the client, which lists what is wrong."""
    return _render("waiting.html.j2", deck=deck, client=_client(deck, state))


def desk(decks: Iterable[tuple[str, State | None]]) -> str:
    """The list of decks, with the findings of those that were built."""
    return _render("desk.html.j2", decks=[(path, "/" + quote(path), state) for path, state in decks])


def news(state: State) -> dict[str, object]:
    """A state as the client is told of it."""
    return {
        "version": state.version,
        "failed": state.failed,
        "crash": state.crash,
        "files": state.files,
        "milliseconds": round(state.seconds * 1000),
        "diagnostics": [_finding(item) for item in state.diagnostics],
    }


def _finding(item: Diagnostic) -> dict[str, object]:
    finding = as_json(item)
    if item.span:
        place = item.span.position
        line = item.span.source.line(place.line)
        width = max(1, min(item.span.end - item.span.start, len(line) - place.column + 1))
        # A line of a megabyte would be sent again with every build: a window around the place is enough.
        first = max(0, place.column - 1 - 60)
        excerpt = {"excerpt": line[first : first + 200], "from": place.column - 1 - first}
        finding |= {**excerpt, "to": place.column - 1 - first + width}
    return finding


def _client(deck: str, state: State) -> str:
    data: Mapping[str, object] = {"events": f"{OWN}events/{quote(deck)}", **news(state)}
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    script = f'<script src="{OWN}client.js"></script>'
    return f'<script type="application/json" id="sb-preview">{text}</script>{script}'


def _render(template: str, **values: object) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(own_file(template).decode()).render(own=OWN, **values)


@cache
def own_file(name: str) -> bytes:
    """A file of this package."""
    return (resources.files("slidebuild.preview") / name).read_bytes()
