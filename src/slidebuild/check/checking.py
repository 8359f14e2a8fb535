"""One deck through all rules that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from slidebuild.check import rules
from slidebuild.check.dictionary import Dictionary
from slidebuild.check.measuring import Drawing, draw
from slidebuild.check.rule import Rule
from slidebuild.check.spelling import WORD_LIST, Spelt, read_words
from slidebuild.check.subject import Subject
from slidebuild.check.unused import ProjectFiles
from slidebuild.check.web import Web
from slidebuild.check.weblinks import Linked
from slidebuild.compiler import Inputs, compile_deck, make_page
from slidebuild.diagnostics import CODES, Diagnostics, Severity
from slidebuild.layer import Layer
from slidebuild.pdf.placeholder_check import check_placeholder
from slidebuild.pdf.twin import make_pdf
from slidebuild.policy import judge, levels
from slidebuild.records import dataclass
from slidebuild.settings import build_settings
from slidebuild.source import SourceFile

if TYPE_CHECKING:
    from slidebuild.browser.session import Session

T = TypeVar("T")

_OF_OTHERS: Final = frozenset(
    (
        "asset-not-loaded",
        "broken-pdf",
        "dead-deck-link",
        "not-pdf-ua",
        "page-count",
        "pdf-too-large",
        "picture-too-large",
        "request-refused",
        "unknown-slide",
        "unknown-tag",
        "unused-picture",
        "verapdf-failed",
    )
)
"""What printing, the site or the whole project tells; that a check of one deck does not find it says nothing."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What rules beyond the deck's text work with; None for what was not asked for."""

    browser: Session | None = None
    timeout: float = 60.0
    """Seconds for a deck in the browser."""
    web: Web | None = None
    dictionary: Callable[[str], Dictionary] | None = None
    """The dictionary of a language."""

    @property
    def absent(self) -> frozenset[str]:
        """Codes of rules that cannot run."""
        tables: list[Iterable[Rule[Any]]] = []
        if self.browser is None:
            tables.append(rules.BROWSER)
        if self.web is None:
            tables.append(rules.WEB)
        if self.dictionary is None:
            tables.append(rules.DICTIONARY)
        present = {rule.code for rule in rules.DECK}
        return frozenset(rule.code for table in tables for rule in table) - present


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it."""

    slides: int
    findings: Diagnostics
    """As the setting `check` and the waivers want them told."""


def check_deck(source: SourceFile, inputs: Inputs, tools: Tools, before: Diagnostics) -> Checked:
    """Everything that is wrong with a deck; `before` is what was said when it was read.

    Raises BrowserError and DictionaryError.
    """
    found = Diagnostics()
    found.extend(iter(before))
    compiled = compile_deck(source, inputs, found)
    make_page(compiled, found)
    stand_in = compiled.placeholder.slide if compiled.placeholder else None
    check_placeholder(compiled.settings.url, stand_in, found)
    wanted = levels(compiled.settings)
    subject = Subject.of(compiled)
    _run(rules.DECK, subject, wanted, found)
    if tools.browser is not None and subject.slides and not found.has_errors:
        _with_browser(subject, tools.browser, tools.timeout, wanted, found)
    if tools.web is not None:
        _run(rules.WEB, Linked(subject, tools.web), wanted, found)
    if tools.dictionary is not None and any(rules.is_on(rule, wanted) for rule in rules.DICTIONARY):
        words = read_words(inputs.loader.read(WORD_LIST))
        spelt = Spelt(subject, tools.dictionary(compiled.settings.lang), words)
        _run(rules.DICTIONARY, spelt, wanted, found)
    findings = judge(found, wanted, compiled.sources, frozenset(CODES) - _OF_OTHERS - tools.absent)
    return Checked(len(compiled.slides), findings)


def check_project(root: Path, used: frozenset[str], layers: Iterable[Layer], found: Diagnostics) -> None:
    """What only shows when all decks of a project were checked: `used` are the files that these have read."""
    settings = build_settings(layers, Diagnostics())
    wanted = levels(settings)
    own = Diagnostics()
    _run(rules.PROJECT, ProjectFiles(root, used), wanted, own)
    found.extend(iter(judge(own, wanted)))


def _run(table: Iterable[Rule[T]], subject: T, wanted: Mapping[str, Severity | None], found: Diagnostics) -> None:
    for rule in table:
        if rules.is_on(rule, wanted):
            rule.look(subject, found)


def _with_browser(
    subject: Subject, session: Session, timeout: float, wanted: Mapping[str, Severity | None], found: Diagnostics
) -> None:
    def look(drawing: Drawing) -> None:
        _run(rules.BROWSER, drawing, wanted, found)

    draw(subject, session, timeout, look)
    if subject.compiled.settings.pdf.max_mb is not None:  # the budget is that of the printed file
        printed = Diagnostics()
        make_pdf(subject.compiled, session, printed, timeout=timeout)
        told = {rule.code for rule in rules.BROWSER}
        found.extend(item for item in printed if item.code not in told)
