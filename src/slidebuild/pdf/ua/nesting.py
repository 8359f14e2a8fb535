"""Rules about which tags may stand in which. PDF 1.7, tables 333 and 336 to 338."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from slidebuild.patterns import regex
from slidebuild.pdf.structure import Element
from slidebuild.pdf.tag_tables import TableGrid
from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject

_TABLE: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "Table": (
        regex(r"( Caption)?( TR| THead| TBody| TFoot)*|( TR| THead| TBody| TFoot)*( Caption)?"),
        frozenset(),
    ),
    "TR": (regex(r"( TH| TD)*"), frozenset(("Table", "THead", "TBody", "TFoot"))),
    "THead": (regex(r"( TR)*"), frozenset(("Table",))),
    "TBody": (regex(r"( TR)*"), frozenset(("Table",))),
    "TFoot": (regex(r"( TR)*"), frozenset(("Table",))),
    "TH": (regex(r".*"), frozenset(("TR",))),
    "TD": (regex(r".*"), frozenset(("TR",))),
}
"""Type -> what it may hold, each with a blank before it, and what may hold it (empty: anything)."""
_LIST: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "L": (regex(r"( Caption)?( L| LI)*"), frozenset()),
    "LI": (regex(r"( Lbl| LBody)*"), frozenset(("L",))),
    "LBody": (regex(r".*"), frozenset(("LI",))),
}
_CONTENTS: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "TOC": (regex(r"( Caption)?( TOC| TOCI)*"), frozenset()),
    "TOCI": (regex(r"( Lbl| Reference| NonStruct| P| TOC)*"), frozenset(("TOC",))),
}
_RUBY: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "Ruby": (regex(r" RB( RT| RP RT RP)"), frozenset()),
    "RB": (regex(r".*"), frozenset(("Ruby",))),
    "RT": (regex(r".*"), frozenset(("Ruby",))),
    "RP": (regex(r".*"), frozenset(("Ruby",))),
}
_WARICHU: Final[Mapping[str, tuple[re.Pattern[str], frozenset[str]]]] = {
    "Warichu": (regex(r" WP WT WP"), frozenset()),
    "WT": (regex(r".*"), frozenset(("Warichu",))),
    "WP": (regex(r".*"), frozenset(("Warichu",))),
}


def tables_are_built_of_rows(subject: Subject) -> Iterator[Fault]:
    """Tables hold rows of cells, which fill their grid."""
    yield from _misplaced(subject, _TABLE)
    for table in subject.of_kind("Table"):
        kinds = subject.kids(table)
        if kinds.count("THead") > 1 or kinds.count("TFoot") > 1:
            yield Fault("a table has more than one head or foot", subject.page_of(table))
        if {"THead", "TFoot"}.intersection(kinds) and "TBody" not in kinds:
            yield Fault("a table has a head or foot, but no body", subject.page_of(table))
        if not TableGrid.of(table, subject.standard).is_full:
            yield Fault("a table's rows do not fill its columns", subject.page_of(table))


def lists_are_built_of_items(subject: Subject) -> Iterator[Fault]:
    """Lists hold items, items labels and bodies."""
    yield from _misplaced(subject, _LIST)


def contents_are_built_of_items(subject: Subject) -> Iterator[Fault]:
    """Tables of contents hold entries."""
    yield from _misplaced(subject, _CONTENTS)


def ruby_is_built_of_its_parts(subject: Subject) -> Iterator[Fault]:
    """Ruby holds its base and its text."""
    yield from _misplaced(subject, _RUBY)


def warichu_is_built_of_its_parts(subject: Subject) -> Iterator[Fault]:
    """Warichu holds its text between its marks."""
    yield from _misplaced(subject, _WARICHU)


def _misplaced(subject: Subject, table: Mapping[str, tuple[re.Pattern[str], frozenset[str]]]) -> Iterator[Fault]:
    for element in subject.of_kind(*table):
        holds, held_by = table[subject.standard(element)]
        kids = "".join(f" {kind}" for kind in subject.kids(element))
        if not holds.fullmatch(kids) or (_holds_text(element) and holds.pattern != ".*"):
            found = kids.strip().replace(" ", ", ") or "text"
            yield Fault(f"/{element.kind} holds {found}", subject.page_of(element))
        parent = subject.parent(element)
        if held_by and parent not in held_by:
            yield Fault(f"/{element.kind} stands in /{parent or 'the root'}", subject.page_of(element))


def _holds_text(element: Element) -> bool:
    return any(not isinstance(kid, Element) for kid in element.kids)
