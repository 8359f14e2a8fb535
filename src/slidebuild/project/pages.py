"""Building the page of a deck, or finding it built: a page whose inputs are what they were comes from the cache.

An entry names all that the page was made from: the deck's text and settings are its key, files that were read, or
looked for in vain, are compared one by one. What was said about the deck is said again, as its settings and waivers
want it: these are among the inputs. (A cache for pages, as make and ccache are for programs: nothing of the compiler is
even imported.)
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from slidebuild.cache import Cache, entry_key
from slidebuild.diagnostics import Diagnostics
from slidebuild.project.file_state import FileState, file_state
from slidebuild.project.findings import as_data, from_data
from slidebuild.project.loader import FileLoader
from slidebuild.project.project import AssetMode, Project
from slidebuild.records import dataclass
from slidebuild.source import similar_path


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page with its files."""

    html: str
    assets: Mapping[str, bytes]
    """Address relative to the page -> bytes."""
    slides: int
    is_kept: bool = False
    """Whether it came from the cache."""


def build_page(
    project: Project,
    path: str,
    data: bytes,
    diagnostics: Diagnostics,
    *,
    assets: AssetMode = "copy",
    asset_folder: str = "assets",
) -> BuiltPage | None:
    """The HTML page of a deck whose file holds `data`; None, with an error, when that is no text.

    With macros of the project or of installed packages, or with installed themes, pages are not kept: what those
    depend on nobody knows.
    """
    deck = _Deck(project, path, data, assets, asset_folder)
    kept = _recall(deck, diagnostics) if deck.is_keepable else None
    if kept is not None:
        return kept
    from slidebuild.compiler import compile_deck, make_page
    from slidebuild.policy import judge_deck

    found = Diagnostics()
    opened = project.open_text(path, data, found, assets=assets, asset_folder=asset_folder)
    if opened is None:
        diagnostics.extend(iter(found))
        return None
    started = time.time_ns()
    compiled = compile_deck(opened.source, opened.inputs, found)
    page = make_page(compiled, found)
    found = judge_deck(found, compiled)
    built = BuiltPage(page.html, page.assets, len(compiled.slides))
    if deck.is_keepable and not found.has_errors:
        _keep(deck, built, found, opened.loader, started)
    diagnostics.extend(iter(found))
    return built


@dataclass(frozen=True, slots=True)
class _Deck:
    project: Project
    path: str
    data: bytes
    assets: AssetMode
    asset_folder: str

    @property
    def is_keepable(self) -> bool:
        return depends_on_files_alone(self.project)

    @property
    def cache(self) -> Cache:
        return self.project.cache

    @property
    def key(self) -> str:
        return deck_key("page", self.project, self.path, self.data, self.assets, self.asset_folder)


def depends_on_files_alone(project: Project) -> bool:
    """Whether all that decks of a project depend on is known: no macros and no installed themes are."""
    from slidebuild.installed import entry_points

    return not (project.macro_modules or entry_points("slidebuild.macros") or entry_points("slidebuild.themes"))


def deck_key(kind: str, project: Project, path: str, data: bytes, *more: str) -> str:
    """The key of what is made of a deck: its text, all settings, and what else says how it is made."""
    layers = (project.settings, *project.stronger)
    settings = json.dumps([[dict(layer.values), layer.path] for layer in layers], sort_keys=True, default=repr)
    spans = (layer.where(key) for layer in layers for key in layer.values)
    texts = dict.fromkeys(span.source.text for span in spans if span is not None)
    return entry_key(kind, path, data, *more, settings, *texts)


def _keep(deck: _Deck, built: BuiltPage, diagnostics: Diagnostics, loader: FileLoader, started: int) -> None:
    """Put a page, with all it depends on, into the cache."""
    where = {id(data): path for path, data in loader.files.items() if data is not None}
    entries: dict[str, str] = {}
    files: dict[str, str] = {}
    for address, data in built.assets.items():
        if id(data) in where:
            files[address] = where[id(data)]
        else:
            entries[address] = entry_key("file", data)
            deck.cache.put(entries[address], data)
    head = {
        "slides": built.slides,
        **files_read(deck.project.root, loader),
        "time": started,
        "files": files,
        "entries": entries,
        "findings": as_data(diagnostics),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    deck.cache.put(deck.key, f"{text}\n{built.html}".encode("utf-8", errors="surrogatepass"))


def _recall(deck: _Deck, diagnostics: Diagnostics) -> BuiltPage | None:
    """The page as it was kept, if nothing that it depends on has changed."""
    entry = deck.cache.get(deck.key)
    if entry is None:
        return None
    head_text, _, html = entry.partition(b"\n")
    head = json.loads(head_text)
    loader = FileLoader(deck.project.root)
    if not is_unchanged(head, loader):
        return None
    found = {address: loader.read(path) for address, path in head["files"].items()}
    found |= {address: deck.cache.get(key) for address, key in head["entries"].items()}
    assets = {address: data for address, data in found.items() if data is not None}
    if len(assets) < len(found):
        return None
    diagnostics.extend(from_data(head["findings"]))
    text = html.decode("utf-8", errors="surrogatepass")
    return BuiltPage(text, dict(sorted(assets.items())), head["slides"], is_kept=True)


def files_read(root: Path, loader: FileLoader) -> dict[str, Any]:
    """All that was read, or looked for in vain, as JSON: what `is_unchanged` takes."""
    paths = loader.paths
    reads = {path: FileRead.of(root / path, loader.version(path)).data for path in paths}
    names = {path: similar_path(loader, path) for path, is_there in paths.items() if not is_there}
    return {"read": reads, "names": names}


def is_unchanged(head: Mapping[str, Any], loader: FileLoader) -> bool:
    """Whether all that was read is what it was, at the `time` (ns) that `head` tells."""
    if not all(FileRead(data).holds(path, loader, head["time"]) for path, data in head["read"].items()):
        return False
    return all(similar_path(loader, path) == name for path, name in head["names"].items())


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it was when the page was made: its digest, and what the file system said of it; or that it was not."""

    data: list[Any] | None

    @staticmethod
    def of(file: Path, digest: str | None) -> FileRead:
        """A file with the SHA-256 of what was read; None where there was none."""
        return FileRead(None) if digest is None else FileRead([digest, *(file_state(file) or ())])

    def holds(self, path: str, loader: FileLoader, time_ns: int) -> bool:
        """Whether it is still so. Files are read only where size, times and number don't say it already."""
        if self.data is None:
            return loader.read(path) is None
        digest, *status = self.data
        known = FileState(*status) if status else None
        if known is not None and known.is_settled(time_ns) and file_state(loader.root / path) == known:
            return True
        content = loader.read(path)
        return content is not None and hashlib.sha256(content).hexdigest() == digest
