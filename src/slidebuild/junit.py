"""Diagnostics as a JUnit report, which most build servers show: a suite for each deck, a case for each finding.

Errors and warnings are failures, notices pass and are told in the case's output. A deck without findings has one case,
which passes. (The format has no standard; this is the part of it that Jenkins, GitLab and Forgejo agree on.)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as Xml

from slidebuild.diagnostics import Diagnostic, Severity
from slidebuild.patterns import regex
from slidebuild.report import draw

_NO_XML: Final = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def junit_report(found: Iterable[tuple[Diagnostic, str]], decks: Iterable[str]) -> str:
    """The report; `decks` are those that were looked at, each diagnostic comes with its project's folder."""
    suites: dict[str, list[Diagnostic]] = {deck: [] for deck in decks}
    for item, _ in found:
        suites.setdefault(_path(item), []).append(item)
    root = Xml.Element("testsuites", name="slidebuild check")
    for name, items in suites.items():
        root.append(_suite(name, items))
    _count(root, [item for items in suites.values() for item in items])
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _path(item: Diagnostic) -> str:
    return (item.span.source.path if item.span is not None else item.path) or "slidebuild"


def _suite(name: str, items: list[Diagnostic]) -> Xml.Element:
    suite = Xml.Element("testsuite", name=_clean(name))
    for item in items:
        line = f" line {item.span.position.line}" if item.span is not None else ""
        place = {"file": _clean(_path(item))} | (
            {"line": str(item.span.position.line)} if item.span is not None else {}
        )
        case = Xml.SubElement(suite, "testcase", _attributes(f"{item.code}{line}: {item.message}", name) | place)
        if item.severity is Severity.NOTICE:
            Xml.SubElement(case, "system-out").text = _clean(draw(item))
        else:
            failure = Xml.SubElement(case, "failure", {"message": _clean(item.message), "type": item.code})
            failure.text = _clean(draw(item))
    if not items:
        Xml.SubElement(suite, "testcase", _attributes("nothing to complain about", name))
    _count(suite, items)
    return suite


def _attributes(name: str, path: str) -> dict[str, str]:
    return {"name": _clean(name), "classname": _clean(path)}


def _count(element: Xml.Element, items: list[Diagnostic]) -> None:
    failures = sum(item.severity is not Severity.NOTICE for item in items)
    cases = sum(1 for _ in element.iter("testcase"))
    for key, value in (("tests", cases), ("failures", failures), ("errors", 0), ("skipped", 0)):
        element.set(key, str(value))


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
