"""Links to pages of the web."""

from __future__ import annotations

from collections import Counter

from slidebuild import dom
from slidebuild.check.subject import Subject, beginning, place_of_address
from slidebuild.check.web import Web
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.records import dataclass
from slidebuild.source import Span


@dataclass(frozen=True, slots=True)
class Linked:
    """A deck, and the web that it links to."""

    subject: Subject
    web: Web


def check_web_links(linked: Linked, diagnostics: Diagnostics) -> None:
    """`unreachable-link`: a page that is gone or whose host does not exist; a notice where no clear answer came.

    Servers that refuse programs (401, 403, 429 …) count as there.
    """
    places = _links(linked.subject)
    answers = linked.web.ask(places)
    for address, span in places.items():
        answer = answers[address]
        match answer.state:
            case "there":
                continue
            case "gone":
                message, severity = f"{address} is not there: {answer.detail}", None
            case "unsure":
                message, severity = f"{address} gave no answer that tells: {answer.detail}", Severity.NOTICE
            case "private":
                message, severity = f"{address} leads into a private network and was not asked", Severity.NOTICE
        diagnostics.add("unreachable-link", message, span, severity=severity)


def _links(subject: Subject) -> dict[str, Span]:
    """Addresses on slides, each with the place of its first use."""
    found: dict[str, Span] = {}
    for slide in subject.slides:
        uses: Counter[str] = Counter()
        for link in dom.select(slide.tree.content, "a[href]"):
            address = (dom.attribute(link, "href") or "").strip()
            if not address.lower().startswith(("http://", "https://")) or address in found:
                continue
            place = place_of_address(slide.resolved, address, uses[address])
            found[address] = place.span if place is not None else _definition(subject, address, slide.resolved.span)
            uses[address] += 1
            if found[address] == slide.resolved.span:
                found[address] = beginning(slide.resolved)
    return found


def _definition(subject: Subject, address: str, otherwise: Span) -> Span:
    """Where a link definition gives the address."""
    for link in subject.compiled.converter.links.values():
        at = link.span.text.find(address) if link.address == address else -1
        if at >= 0:
            return link.span.part(at, at + len(address))
    return otherwise
