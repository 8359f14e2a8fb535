"""What is known of the page before it is printed, and cannot be read from the PDF afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from slidebuild.browser.page import Page
from slidebuild.installed import PACKAGE
from slidebuild.pdf.audit import audit_script, audited
from slidebuild.pdf.findings import Finding
from slidebuild.pdf.geometry import Sheet
from slidebuild.pdf.job import PrintPage
from slidebuild.pdf.lay_out import lay_out_script
from slidebuild.pdf.marks import marks_script
from slidebuild.records import dataclass

_SCRIPT: Final = """(argument) => {
  const found = (%(survey)s)(argument, %(layOut)s);
  (%(leaveMarks)s)(true);
  document.getElementById("sb-stacked").remove();
  return { ...found, audited: (%(audit)s)() };
}"""
"""One call for all: each takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A line of a link on a slide."""

    page: int
    """0-based."""
    name: str
    """What it reads."""
    x: float
    """Of its left top corner, in CSS px from the slide's."""
    y: float


@dataclass(frozen=True, slots=True)
class Survey:
    """The page as it will be printed."""

    ids: tuple[str, ...]
    """Of the slides' boxes, in order."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of the boxes in CSS px."""
    links: tuple[LinkBox, ...]
    findings: tuple[Finding, ...] = ()
    """What is amiss with the slides as they are laid out."""


def prepare(page: Page, sheet: Sheet, addresses: Mapping[str, int]) -> Survey:
    """Lay the loaded page out for printing: boxes fixed, movement frozen, links between slides made to lead there.

    `addresses`: what may stand after a `#`, and the slide it leads to.
    """
    argument = {"css": sheet.css, "stacked": sheet.stacked_css, "aliases": dict(addresses)}
    found = page.evaluate(prepare_script(), argument)
    return Survey(
        tuple(found["ids"]),
        tuple((width, height) for width, height in found["sizes"]),
        tuple(LinkBox(link["page"], link["name"], link["x"], link["y"]) for link in found["links"]),
        audited(found["audited"]),
    )


def page_addresses(pages: tuple[PrintPage, ...]) -> Mapping[str, int]:
    """What may stand after a `#`, and the 0-based page it leads to.

    Of slides of one name the last is meant, as in the player. Anchors go before aliases, which are numbers mostly.
    """
    addresses: dict[str, int] = {}
    for index, page in enumerate(pages):
        if not page.anchor.isdecimal() or page.anchor not in addresses:
            addresses[page.anchor] = index
    for index, page in enumerate(pages):
        for alias in page.aliases:
            addresses.setdefault(alias, index)
    return addresses


@cache
def prepare_script() -> str:
    """All that is done on a page before it is printed, which is put together once."""
    survey = (PACKAGE / "pdf" / "survey.js").read_text("utf-8")
    return _SCRIPT % {
        "survey": survey,
        "layOut": lay_out_script(),
        "leaveMarks": marks_script(),
        "audit": audit_script(),
    }
