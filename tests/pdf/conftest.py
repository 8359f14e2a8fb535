"""One browser session for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import pikepdf
import pytest

from slidebuild.browser.find import need_browser
from slidebuild.browser.session import Session
from slidebuild.pdf import seal
from slidebuild.pdf.drawn import Drawn
from slidebuild.pdf.ua import Finding, findings


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    with Session(need_browser(None, os.environ)) as session:
        yield session


@pytest.fixture(autouse=True)
def accessible(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test prints breaks no rule of PDF/UA-1, but for pictures without a text.

    What is known of its content from when it was cut out leads to the same findings as reading it again.
    """
    broken: set[tuple[str, str]] = set()

    def all_findings(pdf: pikepdf.Pdf, drawn: Mapping[str, Drawn]) -> Iterator[Finding]:
        found = list(findings(pdf))
        assert [(one.rule, one.fault) for one in findings(pdf, drawn)] == [(one.rule, one.fault) for one in found]
        broken.update((finding.rule.checkpoint, finding.fault.message) for finding in found)
        return iter(found)

    monkeypatch.setattr(seal, "findings", all_findings)
    yield
    assert not {fault for fault in broken if fault[0] != "13-004"}
