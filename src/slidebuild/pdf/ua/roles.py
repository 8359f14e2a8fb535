"""Rules about types of tags."""

from __future__ import annotations

from collections.abc import Iterator

from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import STANDARD, Subject


def types_are_known(subject: Subject) -> Iterator[Fault]:
    """Each type is a standard one or stands for one."""
    told = set[str]()
    for element in subject.elements:
        if not subject.standard(element) and element.kind not in told:
            told.add(element.kind)
            yield Fault(
                f"/{element.kind} is no standard type and the role map does not tell what it is",
                subject.page_of(element),
            )


def roles_end(subject: Subject) -> Iterator[Fault]:
    """The role map does not run in circles."""
    for kind in sorted(subject.roles):
        seen, at = {kind}, subject.roles[kind]
        while at in subject.roles and at not in seen:
            seen.add(at)
            at = subject.roles[at]
        if at == kind:
            yield Fault(f"the role map leads from /{kind} back to /{kind}")


def standard_types_stay(subject: Subject) -> Iterator[Fault]:
    """The role map leaves standard types alone."""
    for kind in sorted(subject.roles):
        if kind in STANDARD:
            yield Fault(f"the role map makes /{subject.roles[kind]} of the standard type /{kind}")
