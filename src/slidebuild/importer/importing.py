"""One old page to a deck: text with front matter, stylesheets, pictures, and a report of what stays behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from slidebuild import front_matter
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.importer.files import Carrier, Origin, Outputs
from slidebuild.importer.leftovers import report_leftovers
from slidebuild.importer.macros import OldMacro
from slidebuild.importer.matter import write_matter
from slidebuild.importer.options import page_facts, page_options
from slidebuild.importer.page import LoadScript, Page, read_page, slides_text
from slidebuild.importer.slides import OldSlides, Use, read_slides, rewrite_addresses
from slidebuild.importer.stylesheets import carry_stylesheets
from slidebuild.records import dataclass
from slidebuild.source import SourceFile, Span, is_local

_NOWHERE: Final = SourceFile("-", "").span(0)


@dataclass(frozen=True, slots=True)
class ImportedDeck:
    """A deck that was imported, not yet written."""

    path: str
    """Root-relative path of the deck."""
    files: Mapping[str, bytes]
    """All to be written, root-relative; the deck itself is the last."""
    slides: int
    """How many slides the text has, steps included."""
    settings: Mapping[str, Any]
    """Its front matter."""
    macros: tuple[OldMacro, ...]
    """What has to be ported by hand."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The slides' text and where it was written."""

    source: SourceFile
    """File with the text: the page, or what its `sourceUrl` names."""
    text: str
    start: int
    """Offset of the text in that file; exact only if the text stands there as it is."""

    def span(self, needle: str) -> Span:
        """Where something first occurs; the nearest place that is known if it is written differently."""
        at = self.text.find(needle)
        here = self.source.text
        if at >= 0 and here[self.start : self.start + len(self.text)] == self.text:
            return self.source.span(self.start + at, self.start + at + len(needle))
        found = here.find(needle, self.start)
        return self.source.span(found, found + len(needle)) if found >= 0 else self.source.span(self.start)


def import_page(origin: Origin, name: str, outputs: Outputs, diagnostics: Diagnostics) -> ImportedDeck | None:
    """The deck of a page, to be called `decks/NAME.md`; None, with an error, when the page has none."""
    page = _page(origin, diagnostics)
    text = _text(page, origin, diagnostics) if page is not None else None
    if page is None or text is None:
        return None
    carrier = Carrier(origin, outputs, name)
    settings: dict[str, Any] = {**page_facts(page), "theme": "remark"}
    settings |= page_options(page, diagnostics)
    own, body = _own_matter(text.text)
    slides = read_slides(body)
    if slides.has_formulas() and not _has_math(page, origin):
        settings["math"] = False
        hint = "take `math: false` out of the front matter to have them typeset"
        message = "the page loads neither MathJax nor KaTeX, so what looks like a formula stays text"
        diagnostics.add("not-imported", message, text.span("$"), hint=hint, severity=Severity.NOTICE)
    elif page.is_knitted and slides.has_formulas_in_code():
        settings["math"] = "code"
    if settings.get("math") is not False and page.equation_tags is not None:
        settings["math"] = {**({"code": True} if "math" in settings else {}), "tags": page.equation_tags}
    body = _carry_files(body, slides, carrier, text, diagnostics)
    stylesheets = carry_stylesheets(page, carrier, diagnostics)  # after the slides: their pictures go to `img/`
    if stylesheets:
        settings["css"] = stylesheets
    macros = report_leftovers(page, diagnostics)

    written = {key: value for key, value in settings.items() if key not in own.values}
    deck = f"---\n{write_matter(written)}{own.yaml}---\n{body}"
    carrier.add(carrier.deck_path, deck.encode("utf-8"))
    return ImportedDeck(carrier.deck_path, carrier.files, len(slides.slides), {**written, **own.values}, macros)


def _page(origin: Origin, diagnostics: Diagnostics) -> Page | None:
    source = _read(origin.page, origin.shown, diagnostics)
    if source is None:
        return None
    page = read_page(source, _scripts(origin))
    if page.is_deck:
        return page
    hint = 'a deck has an element with id="source", or `sourceUrl` in its call of remark.create'
    diagnostics.add("no-deck-found", "this page holds no remark.js slides", path=origin.shown, hint=hint)
    return None


def is_deck(origin: Origin) -> bool:
    """Whether a page holds a remark.js deck."""
    try:
        data = origin.page.read_bytes()
    except OSError:
        return False
    source = decode(origin.shown, data, Diagnostics()) if b"remark" in data else None
    return source is not None and read_page(source, _scripts(origin)).is_deck


def _scripts(origin: Origin) -> LoadScript:
    """Reads scripts beside the page; those that do not speak of remark are not even decoded."""

    def load(address: str) -> SourceFile | None:
        file = origin.find(address, origin.folder, _NOWHERE, Diagnostics())
        data = file.read_bytes() if file is not None else b""
        shown = str(Path(origin.shown).parent / address.partition("?")[0])
        return decode(shown, data, Diagnostics()) if b"remark." in data else None

    return load


def _read(file: Path, shown: str, diagnostics: Diagnostics) -> SourceFile | None:
    try:
        data = file.read_bytes()
    except OSError as error:
        diagnostics.add("unreadable-file", f"cannot be read: {error.strerror or error}", path=shown)
        return None
    return decode(shown, data, diagnostics)


def _text(page: Page, origin: Origin, diagnostics: Diagnostics) -> _Text | None:
    """The text that remark.js would take: of `sourceUrl`, else of `source`, else of the element `#source`."""
    url, literal = page.option("sourceUrl"), page.option("source")
    if url is not None and page.creation is not None:
        span = page.creation[0].span(url.value.start, url.value.end)
        if not isinstance(url.value.content, str):
            hint = "write the name of the file into the page and import it again"
            diagnostics.add("no-deck-found", "only a browser could tell which file `sourceUrl` means", span, hint=hint)
            return None
        return _linked_text(url.value.content, span, origin, diagnostics)
    if literal is not None and page.creation is not None:
        span = page.creation[0].span(literal.value.start, literal.value.end)
        if isinstance(literal.value.content, str):
            return _Text(page.source, literal.value.content, span.start)
        if page.slides is None or 'getElementById("source")' not in span.text.replace("'", '"'):
            hint = 'put the text into an element with id="source" and import the page again'
            diagnostics.add("no-deck-found", "only a browser could tell what `source` is", span, hint=hint)
            return None
    if page.slides is None:
        return None
    start = page.slides.text.start
    found = slides_text(page.slides)
    begins = page.source.text.startswith("\n", start) and not found.startswith("\n")
    return _Text(page.source, found, start + (1 if begins else 0))


def _linked_text(address: str, span: Span, origin: Origin, diagnostics: Diagnostics) -> _Text | None:
    if not is_local(address):
        message, hint = f"the slides are at {address}", "download the file beside the page and name it in `sourceUrl`"
        diagnostics.add("no-deck-found", message, span, hint=hint)
        return None
    file = origin.find(address, origin.folder, span, diagnostics)
    if file is None:
        diagnostics.add("no-deck-found", f"`sourceUrl` names {address}, which does not exist", span)
        return None
    shown = str(Path(origin.shown).parent / address.partition("?")[0])
    source = _read(file, shown, diagnostics)
    return None if source is None else _Text(source, source.text, 0)


@dataclass(frozen=True, slots=True)
class _OwnMatter:
    """Front matter that the text has already; it wins."""

    values: Mapping[str, Any]
    yaml: str


def _own_matter(text: str) -> tuple[_OwnMatter, str]:
    matter = front_matter.split(SourceFile("-", text), Diagnostics())
    if not matter.layer.values:
        return _OwnMatter({}, ""), text
    lines = text[: matter.end].rstrip("\n").split("\n")[1:-1]
    return _OwnMatter(matter.layer.values, "".join(f"{line}\n" for line in lines)), text[matter.end :]


def _has_math(page: Page, origin: Origin) -> bool:
    """Whether the page or one of its own scripts loads MathJax or KaTeX."""
    if page.has_math:
        return True
    for element in page.elements:
        if element.tag == "script" and element.get("src"):
            file = origin.find(element.get("src"), origin.folder, element.span, Diagnostics())
            if file is not None and re.search(b"mathjax|katex", file.read_bytes(), re.IGNORECASE):
                return True
    return False


def _carry_files(body: str, slides: OldSlides, carrier: Carrier, text: _Text, diagnostics: Diagnostics) -> str:
    """The text with the addresses of files of the page, copied where they have to be."""
    changes: dict[str, str] = {}
    for use in dict.fromkeys(slides.uses()):
        new = _carry(use, carrier, text, diagnostics) if use.address not in changes else None
        if new is not None:
            changes[use.address] = new
    body, lost = rewrite_addresses(body, changes)
    for address in sorted(lost):
        hint = f"it is to be {changes[address]}"
        message = f"the address {address} is not written like that in the text, so it was left"
        diagnostics.add("not-imported", message, text.span(address), hint=hint)
    return body


def _carry(use: Use, carrier: Carrier, text: _Text, diagnostics: Diagnostics) -> str | None:
    """The new address of a file; None when it stays."""
    address = use.address
    if not is_local(address):
        return None
    span = text.span(address)
    origin = carrier.origin
    file = origin.find(address, origin.folder, span, diagnostics if use.kind != "link" else Diagnostics())
    if file is None:
        if use.kind == "picture":
            diagnostics.add("missing-image", f"there is no picture {address}", span)
        elif use.kind != "link":
            diagnostics.add("missing-media", f"there is no file {address}", span)
        return None
    if file.suffix.lower() in (".html", ".htm", ".md"):
        what = "the page in a frame" if use.kind == "frame" else "the page that is linked to"
        hint = "give its address online, if it has one"
        message = f"{what}, {address}, is not carried over"
        severity = Severity.NOTICE if use.kind == "link" else None
        diagnostics.add("not-imported", message, span, hint=hint, severity=severity)
        return None
    return carrier.address(carrier.picture(file), address, written_in=carrier.deck_path)
