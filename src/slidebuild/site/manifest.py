"""The receipt of a build: `manifest.json` lists every output with what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from slidebuild.diagnostics import Diagnostics
from slidebuild.project.project import read_settings
from slidebuild.site.order import Order
from slidebuild.site.record import DeckRecord

NAME: Final = "manifest.json"
VERSION: Final = 1


class ManifestError(Exception):
    """A file that is no manifest; the message says why."""


def manifest(
    order: Order, environment: Mapping[str, object], records: Sequence[DeckRecord], site: Mapping[str, str]
) -> dict[str, Any]:
    """The manifest of a site; `site` are its own pages, path -> SHA-256. No times, no names of machines or people."""
    return {
        "manifest": VERSION,
        "environment": dict(environment),
        "options": _options(order),
        "pdf": order.has_pdf,
        "decks": {record.deck: _deck(record) for record in sorted(records, key=lambda record: record.deck)},
        "site": dict(sorted(site.items())),
    }


def _options(order: Order) -> dict[str, Any]:
    """Settings of `--config` and of the command line, those of the latter over the former."""
    given = {name: value for name, value in order.options.items() if value is not None}
    if order.config is not None:
        given = dict(read_settings(order.config, order.config.name, Diagnostics()).values) | given
    return dict(sorted(given.items()))


def _deck(record: DeckRecord) -> dict[str, Any]:
    return {
        "title": record.title,
        "inputs": dict(sorted(record.inputs.items())),
        "outputs": dict(sorted(record.outputs.items())),
        "slides": [
            {"anchor": slide.anchor, "title": slide.title, "sha256": slide.digest, "files": list(slide.files)}
            for slide in record.slides
        ],
    }


def as_text(data: Mapping[str, Any]) -> str:
    """The file's text."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_manifest(file: Path) -> dict[str, Any]:
    """A manifest. Raises ManifestError, OSError."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ManifestError(f"{file} is no JSON: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("decks"), dict):
        raise ManifestError(f"{file} is no manifest of slidebuild")
    if data.get("manifest") != VERSION:
        raise ManifestError(f"{file} was written by another version of slidebuild (manifest {data.get('manifest')})")
    if not _has(data, _PARTS) or not all(_has(deck, _PARTS_OF_DECKS) for deck in data["decks"].values()):
        raise ManifestError(f"{file} is no whole manifest: somebody has changed it")
    return data


_PARTS: Final = {"environment": dict, "options": dict, "pdf": bool, "site": dict}
_PARTS_OF_DECKS: Final = {"inputs": dict, "outputs": dict, "slides": list}


def _has(data: object, parts: Mapping[str, type]) -> bool:
    return isinstance(data, dict) and all(isinstance(data.get(name), kind) for name, kind in parts.items())
