"""Rules about what pages draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject


def no_artifact_in_tag(subject: Subject) -> Iterator[Fault]:
    """Artifacts are not parts of tagged content."""
    for page, drawing in enumerate(subject.drawings):
        if drawing.has_artifact_in_tag:
            yield Fault("an artifact stands in tagged content", page)


def no_tag_in_artifact(subject: Subject) -> Iterator[Fault]:
    """Tagged content is not part of an artifact."""
    for page, drawing in enumerate(subject.drawings):
        if drawing.has_tag_in_artifact:
            yield Fault("tagged content stands in an artifact", page)


def all_is_marked(subject: Subject) -> Iterator[Fault]:
    """All that is drawn has a tag or is an artifact."""
    for page, drawing in enumerate(subject.drawings):
        if drawing.unmarked:
            yield Fault(f"{' and '.join(sorted(drawing.unmarked))} without a tag, and no artifact", page)


def numbered_forms_once(subject: Subject) -> Iterator[Fault]:
    """A form with tagged content is drawn once."""
    drawn: Counter[tuple[int, int]] = Counter()
    for page, drawing in enumerate(subject.drawings):
        before = set(drawn)
        drawn.update(drawing.numbered_forms)
        for key in sorted(drawing.numbered_forms):
            if drawn[key] > 1:
                where = "again" if key in before else "more than once"
                yield Fault(f"form {key[0]} with tagged content is drawn {where}", page)


def no_reference_forms(subject: Subject) -> Iterator[Fault]:
    """No content comes out of another file."""
    from pikepdf import Name, Stream

    for obj in subject.pdf.objects:
        if isinstance(obj, Stream) and obj.get(Name.Subtype) == Name.Form and Name.Ref in obj:
            yield Fault(f"form {obj.objgen[0]} shows a page of another file")
