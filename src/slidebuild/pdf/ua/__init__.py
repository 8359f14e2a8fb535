"""PDF/UA-1 (ISO 14289-1): the rules that a machine can check, for any PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pikepdf import Pdf

from slidebuild.pdf.drawn import Drawn
from slidebuild.pdf.ua.rule import Fault, Finding, Rule
from slidebuild.pdf.ua.rules import IDENTIFIER, RULES
from slidebuild.pdf.ua.subject import Subject

__all__ = ("IDENTIFIER", "RULES", "Fault", "Finding", "Rule", "findings")


_NOTHING: Final[Mapping[str, Drawn]] = MappingProxyType({})


def findings(pdf: Pdf, drawn: Mapping[str, Drawn] = _NOTHING) -> Iterator[Finding]:
    """All places where a file breaks a rule, rule by rule. Raises PdfError when parts of it cannot be read.

    `drawn`: what content draws that was read before, by its digest.
    """
    subject = Subject(pdf, drawn)
    for rule in RULES:
        yield from (Finding(rule, fault) for fault in rule.check(subject))
