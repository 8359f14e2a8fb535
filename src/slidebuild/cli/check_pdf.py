"""`slidebuild check --pdf`: the rules of PDF/UA-1, for a PDF of any origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from slidebuild.cli.run import Deck, asked_decks
from slidebuild.cli.session import Session
from slidebuild.diagnostics import Diagnostics

if TYPE_CHECKING:
    from slidebuild.pdf.ua import Finding
    from slidebuild.pdf.ua.places import SlidePlace
    from slidebuild.pdf.ua.reading import Document
    from slidebuild.pdf.ua.verapdf import Verdict

_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {"13-004": 'say in `alt` what the picture shows; `alt=""` for one that only decorates'}
)
"""By checkpoint: what an author can do."""


def check_pdf(file: Path, decks: tuple[str, ...], session: Session, root: Path | None) -> None:
    """Report what is wrong with a PDF, with slide and line when its deck is named or found."""
    from slidebuild.pdf.ua.reading import BadPdfError, opened

    diagnostics = Diagnostics()
    deck = asked_decks(decks, root)[0] if decks else _deck_of(file, session, root)
    result: dict[str, Any] = {"deck": deck.path if deck else None, "pdf": str(file), "outputs": []}
    session.run.results.append(result)
    try:
        with session.run.timed(f"{file} checked"), opened(file) as pdf:
            _check(pdf, file, _places(pdf, deck, session), session, diagnostics, result)
    except BadPdfError as error:
        diagnostics.add("unreadable-file", f"{file} is no PDF that can be read: {error}", path=str(file))
    session.run.report(diagnostics)


def _check(
    pdf: Document,
    file: Path,
    places: Mapping[int, SlidePlace],
    session: Session,
    diagnostics: Diagnostics,
    result: dict[str, Any],
) -> None:
    from slidebuild.pdf.ua import RULES, findings

    found = list(findings(pdf))
    for finding in found:
        fault, rule = finding.fault, finding.rule
        hint = _HINTS.get(rule.checkpoint)
        _report(diagnostics, file, fault.page, places, f"{fault.message} ({_number(finding)})", hint)
    broken = {finding.rule.checkpoint for finding in found}
    verdict = _ask_verapdf(file, session, diagnostics)
    for entry in verdict.faults if verdict is not None else ():
        _report(diagnostics, file, entry.page, places, f"veraPDF: {entry.message} (ISO 14289-1, {entry.clause})", None)
    result |= {
        "pages": len(pdf.pages),
        "rules": [
            {
                "checkpoint": rule.checkpoint,
                "clause": rule.clause,
                "asks": rule.asks,
                "findings": [_as_json(finding, places) for finding in found if finding.rule is rule],
            }
            for rule in RULES
        ],
        "verapdf": None if verdict is None else verdict.is_compliant,
    }
    for rule in RULES:
        session.run.detail(f"{rule.checkpoint:<7} {'broken' if rule.checkpoint in broken else 'met':<6} {rule.asks}")
    told = "all met" if not broken else f"{len(broken)} broken"
    also = "" if verdict is None else f"; veraPDF: {'met' if verdict.is_compliant else 'broken'}"
    session.run.say(f"{file}: {len(pdf.pages)} pages, {len(RULES)} rules of PDF/UA-1, {told}{also}")


def _number(finding: Finding) -> str:
    rule = finding.rule
    return f"Matterhorn {rule.checkpoint}" if rule.checkpoint != rule.clause else f"ISO 14289-1, {rule.clause}"


def _report(
    diagnostics: Diagnostics,
    file: Path,
    page: int | None,
    places: Mapping[int, SlidePlace],
    message: str,
    hint: str | None,
) -> None:
    place = places.get(page) if page is not None else None
    where = f"{file.name}" if page is None else f"{file.name}, page {page + 1}"
    if place is not None:
        title = f", “{place.title}”" if place.title else ""
        diagnostics.add("not-pdf-ua", f"{where}{title}: {message}", place.span, hint=hint)
    else:
        diagnostics.add("not-pdf-ua", f"{where}: {message}", path=str(file), hint=hint)


def _as_json(finding: Finding, places: Mapping[int, SlidePlace]) -> dict[str, Any]:
    page = finding.fault.page
    place = places.get(page) if page is not None else None
    return {
        "message": finding.fault.message,
        "page": None if page is None else page + 1,
        "slide": place.label if place else None,
        "path": place.span.source.path if place else None,
        "line": place.span.position.line if place else None,
    }


def _ask_verapdf(file: Path, session: Session, diagnostics: Diagnostics) -> Verdict | None:
    from slidebuild.pdf.ua.verapdf import VeraPdfFailed, ask_verapdf, find_verapdf

    program = find_verapdf()
    if program is None:
        session.run.detail("verapdf is not on PATH")
        return None
    try:
        return ask_verapdf(program, file)
    except VeraPdfFailed as error:
        diagnostics.add("verapdf-failed", f"veraPDF gave no verdict on {file.name}: {error}", path=str(file))
        return None


def _places(pdf: Document, deck: Deck | None, session: Session) -> Mapping[int, SlidePlace]:
    """The slides of the pages. What is wrong with the deck itself is not said here."""
    from slidebuild.compiler import compile_deck
    from slidebuild.pdf.ua.places import is_ours, slide_places

    if deck is None or not is_ours(pdf):
        return {}
    diagnostics = Diagnostics()
    opened = session.open(deck, diagnostics)
    if opened is None:
        session.run.report(diagnostics)
        return {}
    return slide_places(pdf, compile_deck(opened.source, opened.inputs, diagnostics).slides)


def _deck_of(file: Path, session: Session, root: Path | None) -> Deck | None:
    """The deck whose PDF or hand-out the file is, by its place in `dist`."""
    from slidebuild.project import find_decks, find_root

    base = (root or find_root(file)).resolve()
    wanted = set(_without_layout(file.resolve()))
    project = session.project(base)
    patterns = project.settings.values.get("decks") or ()
    paths = find_decks(base, (patterns,) if isinstance(patterns, str) else patterns)
    return next((Deck(base, path) for path in paths if project.target(path, None, ".pdf").file in wanted), None)


def _without_layout(file: Path) -> Iterator[Path]:
    yield file
    for suffix in ("-notes", "-lines", "-1-up", "-2-up", "-4-up", "-6-up"):
        if file.stem.endswith(suffix):
            yield file.with_stem(file.stem.removesuffix(suffix))
