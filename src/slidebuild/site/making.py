"""One deck of a site: its page, its PDF, its picture, and the record of all that."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urldefrag, urljoin

from slidebuild import compiler, dom
from slidebuild.browser.session import Session
from slidebuild.diagnostics import Diagnostics
from slidebuild.policy import judge_deck
from slidebuild.project import OutputError, Project, deck_id, write_file
from slidebuild.project.findings import as_data
from slidebuild.project.output import write_page
from slidebuild.project.pages import FileRead, depends_on_files_alone, files_read
from slidebuild.project.root import SETTINGS_FILE
from slidebuild.records import dataclass
from slidebuild.site.addresses import site_address
from slidebuild.site.changes import Changes
from slidebuild.site.order import Order
from slidebuild.site.record import COVER, DeckRecord, SlideRecord
from slidebuild.source import is_local

if TYPE_CHECKING:
    from slidebuild.compiler import Compiled, CompiledSlide, Page
    from slidebuild.document import Card
    from slidebuild.pdf.twin import Twin
    from slidebuild.project import OpenedDeck
    from slidebuild.settings import Settings

COVER_WIDTH: Final = 1200
"""Pixels: what the pages that show links ask for (Open Graph), and sharp on the index."""


@dataclass(slots=True)
class Workshop:
    """Builds one deck after another, with one browser that starts when a page has to be printed."""

    order: Order
    _stack: ExitStack = field(default_factory=ExitStack)
    _session: Session | None = None
    _changes: Changes | None = None
    _project: Project | None = None
    _begun: _Begun | None = None

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def begin(self, path: str) -> None:
        """Do what comes before a deck is printed, and load what printing needs: a process that is forked then has it.

        What goes wrong now goes wrong again when the deck is made, and is told then. Macros are never run here: of what
        they do (threads, an end of the process) nothing is known.
        """
        if not depends_on_files_alone(self.project):
            return
        with suppress(Exception):
            self._begun = self._begin(path)
            if self.order.has_pdf and self._begun.compiled is not None:
                _prepare_printing(self._begun.compiled)

    def make(self, path: str) -> DeckRecord:
        """Build a deck and write its outputs, unless errors stand in the way.

        With `order.since` only a deck is built that has changed since then. Raises BrowserError, RevisionError.
        """
        begun, self._begun = self._begun, None
        if begun is None or begun.record.deck != path:
            begun = self._begin(path, starts_browser=self.order.has_pdf and self.order.since is None)
        record, compiled, diagnostics = begun.record, begun.compiled, begun.diagnostics
        if compiled is None or begun.page is None:
            return _failed(record, diagnostics)
        judged = judge_deck(diagnostics, compiled)
        if self.order.since is not None:
            if self._changes is None:
                self._changes = Changes.since(self.order.since, self.order.root)
            if not self._changes.touch(record.inputs):
                return replace(record, is_skipped=True)
        if judged.has_errors:
            return _failed(record, judged)
        made = None
        if self.order.has_pdf:
            made = self._print(compiled, diagnostics)
            judged = judge_deck(diagnostics, compiled)
            if made is None or judged.has_errors:
                return _failed(record, judged)
        return self._written(record, begun.page, made, _notes(compiled), judged)

    def _begin(self, path: str, *, starts_browser: bool = False) -> _Begun:
        """A deck up to its page."""
        diagnostics = Diagnostics()
        project = self.project
        record = DeckRecord(path, deck_id(path), key=self.order.key, time=time.time_ns())
        opened = project.open_deck(path, diagnostics)
        if opened is None:
            return _Begun(record, diagnostics)
        if starts_browser:
            from slidebuild.pdf.page_cache import text_key

            if opened.inputs.cache.get(text_key(opened.source)) is None:
                self.session.start()  # goes on while the deck compiles
        compiled = compiler.compile_deck(opened.source, opened.inputs, diagnostics)
        page = compiler.make_page(compiled, diagnostics, card=self._card(record.id, compiled.settings))
        record = replace(record, **_read(project, opened), **_described(compiled))
        return _Begun(record, diagnostics, compiled, page)

    def _print(self, compiled: Compiled, diagnostics: Diagnostics) -> _Printed | None:
        from slidebuild.pdf.page_cache import text_key
        from slidebuild.pdf.selection import Selection
        from slidebuild.pdf.shots import shoot
        from slidebuild.pdf.twin import make_pdf

        twin = make_pdf(compiled, self.session, diagnostics, timeout=self.order.timeout)
        if twin.data is None or diagnostics.has_errors:
            return None
        first = Selection("1", ())
        compiled.cache.put(text_key(compiled.source), b"1")
        shots = shoot(
            compiled, self.session, Diagnostics(), selection=first, width=COVER_WIDTH, timeout=self.order.timeout
        )
        return _Printed(twin, twin.data, shots[0].data)  # a PDF has a page of the first slide

    def _card(self, deck: str, settings: Settings) -> Card | None:
        """How a link to a deck looks: the site's address where the deck names none, the picture where one is made."""
        from slidebuild.document import Card, beside

        base = site_address(settings.site)
        folder = urljoin(base, f"{quote(deck)}/") if base else None
        url = settings.url or folder
        if url is None:
            return None
        image = beside(folder or url, COVER) if self.order.has_pdf else None
        return Card(urldefrag(url).url, image, settings.site.title)

    @property
    def project(self) -> Project:
        """The project, opened once. Faults of its settings are told by the one that gave the order."""
        if self._project is None:
            self._project = self.order.open_project(Diagnostics())
        return self._project

    @property
    def session(self) -> Session:
        """The browser."""
        if self._session is None:
            import os

            from slidebuild.browser.find import need_browser

            explicit = str(self.order.browser) if self.order.browser else None
            session = Session(need_browser(explicit, os.environ), lazy=True, to_print=True)
            self._session = self._stack.enter_context(session)
        return self._session

    def _written(
        self, record: DeckRecord, page: Page, printed: _Printed | None, notes: str, diagnostics: Diagnostics
    ) -> DeckRecord:
        folder = self.order.output / record.id
        fence = self.project.fence
        files: dict[Path, bytes] = {folder / address: data for address, data in page.assets.items()}
        files[folder / "index.html"] = page.html.encode("utf-8")
        try:
            write_page(folder / "index.html", page.html, page.assets, "assets", fence, is_lasting=False)
            more = dict(_beside(folder, Path(record.id).name, printed, notes))
            for file, data in more.items():
                write_file(file, data, fence, is_lasting=False)
            files |= more
            if printed is not None:
                shown = [page.label for page in printed.twin.pages if page.shows != "slide"]
                record = replace(record, pages=len(printed.twin.pages), replaced=tuple(shown))
        except OutputError as error:
            diagnostics.add("unwritable-output", str(error), path=record.deck)
            return _failed(record, diagnostics)
        made = {
            file.relative_to(self.order.output).as_posix(): FileRead.of(file, hashlib.sha256(data).hexdigest()).data
            for file, data in sorted(files.items())
        }
        return replace(record, written=made, findings=as_data(diagnostics))


@dataclass(frozen=True, slots=True)
class _Begun:
    """A deck before it is printed; without a page when it cannot be read."""

    record: DeckRecord
    diagnostics: Diagnostics
    compiled: Compiled | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class _Printed:
    twin: Twin
    data: bytes
    cover: bytes


def _prepare_printing(compiled: Compiled) -> None:
    """Load what prints, and make the fonts that all pages to print show; they stay in memory."""
    import_module("slidebuild.pdf.print_run")
    import_module("slidebuild.pdf.finish")
    import_module("slidebuild.pdf.shots")
    compiler.make_print_page(compiled, (), Diagnostics())


def _beside(folder: Path, name: str, printed: _Printed | None, notes: str) -> Iterator[tuple[Path, bytes]]:
    """The files beside a page."""
    if printed is not None:
        yield folder / f"{name}.pdf", printed.data
        yield folder / COVER, printed.cover
    if notes:
        yield folder / f"{name}.notes.md", notes.encode("utf-8", errors="replace")


def _notes(compiled: Compiled) -> str:
    """Titles and notes as Markdown; nothing for a deck without notes, or one that keeps them for its author."""
    from slidebuild.compiler.transcript import transcript

    if not compiled.settings.include_presenter_notes or not any(slide.resolved.notes for slide in compiled.slides):
        return ""
    return transcript(compiled, range(len(compiled.slides)))


def _failed(record: DeckRecord, diagnostics: Diagnostics) -> DeckRecord:
    return replace(record, findings=as_data(diagnostics), has_failed=True)


def _read(project: Project, opened: OpenedDeck) -> dict[str, Any]:
    """All files that a deck was made from: itself, what it loads or includes, theme, settings, macros."""
    for path in (opened.source.path, SETTINGS_FILE, *project.macro_files()):
        opened.loader.read(path)
    return files_read(project.root, opened.loader)


def _described(compiled: Compiled) -> dict[str, Any]:
    settings = compiled.settings
    slides = tuple(_slide(slide) for slide in compiled.slides)
    links: dict[str, None] = {}
    targets: dict[str, None] = {}
    for slide in compiled.slides:
        if slide.resolved.name:
            targets |= {slide.resolved.name: None, f"slide-{slide.resolved.name}": None}
        if 'href="' in slide.content or 'id="' in slide.content:
            tree = dom.parse(slide.content)
            found = (dom.attribute(node, "href") or "" for node in dom.select(tree, "a[href]"))
            links |= {address: None for address in found if is_local(address)}
            targets |= {dom.attribute(node, "id") or "": None for node in dom.select(tree, "[id]")}
    return {
        "title": compiled.title,
        "author": settings.author or "",
        "date": settings.date or "",
        "description": settings.description or "",
        "lang": settings.lang,
        "keywords": settings.keywords,
        "ratio": str(settings.ratio),
        "total": compiled.total,
        "slides": slides,
        "links": tuple(links),
        "targets": tuple(targets),
        "check": dict(settings.check),
    }


def _slide(slide: CompiledSlide) -> SlideRecord:
    tree = dom.parse(slide.content)
    files = (dom.attribute(node, "src") or "" for node in dom.select(tree, "[src]"))
    shown = f"{slide.content}\0{slide.notes}\0{slide.style}\0{slide.resolved.class_names}"
    return SlideRecord(
        anchor=slide.resolved.anchor,
        number=slide.resolved.number,
        title=slide.title,
        text=" ".join(_words(tree)),
        digest=hashlib.sha256(shown.encode("utf-8", errors="surrogatepass")).hexdigest()[:16],
        is_step=slide.resolved.continues,
        files=tuple(dict.fromkeys(file for file in files if is_local(file))),
    )


_APART: Final = frozenset(("style", "script", "annotation"))


def _words(tree: dom.Node) -> list[str]:
    """The words of a slide; formulas as they are read, elements apart."""
    parts = [dom.text(node) for node in dom.walk(tree) if dom.is_text(node) and not _is_apart(node)]
    return " ".join(parts).split()


def _is_apart(node: dom.Node) -> bool:
    return node.parent is not None and dom.tag(node.parent) in _APART
