"""What the file says about itself, twice and alike: the Info dictionary and XMP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from pikepdf import Dictionary, Name, Pdf, String

from slidebuild import __version__
from slidebuild.pdf.job import Metadata

PROGRAM: Final = f"slidebuild {__version__}"


class BadDate(ValueError):  # noqa: N818 (named as what it is)
    """SOURCE_DATE_EPOCH or the deck's date cannot be read."""


def creation_time(written: str | None, environ: Mapping[str, str]) -> datetime | None:
    """The time to write into the file, in UTC: SOURCE_DATE_EPOCH, else the deck's own date, else none; never the clock.

    Raises BadDate. (https://reproducible-builds.org/specs/source-date-epoch/)
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    try:
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
        if not written:
            return None
        if len(written) == len("2026-11-23"):
            day = date.fromisoformat(written)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        name = f"SOURCE_DATE_EPOCH {epoch!r} is no number of seconds" if epoch else f"{written!r} is no ISO date"
        raise BadDate(name) from error


def write_metadata(pdf: Pdf, metadata: Metadata, when: datetime | None, *, is_accessible: bool) -> None:
    """Title, author, subject, keywords, language and dates; nothing of the browser, the machine or its user.

    `is_accessible`: the file says that it is PDF/UA-1.
    """
    info = {
        "/Title": metadata.title,
        "/Author": metadata.author,
        "/Subject": metadata.subject,
        "/Keywords": ", ".join(metadata.keywords),
        "/Creator": PROGRAM,
        "/Producer": PROGRAM,
    }
    if when is not None:
        info |= dict.fromkeys(("/CreationDate", "/ModDate"), when.strftime("D:%Y%m%d%H%M%SZ"))
    if Name.Info in pdf.trailer:
        del pdf.trailer[Name.Info]
    pdf.trailer[Name.Info] = pdf.make_indirect(Dictionary({key: String(text) for key, text in info.items() if text}))
    pdf.Root[Name.Lang] = String(metadata.lang)
    preferences = pdf.Root.get(Name.ViewerPreferences, Dictionary())
    preferences[Name.DisplayDocTitle] = True
    pdf.Root[Name.ViewerPreferences] = preferences
    _write_xmp(pdf, metadata, when, is_accessible=is_accessible)


def _write_xmp(pdf: Pdf, metadata: Metadata, when: datetime | None, *, is_accessible: bool) -> None:
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ") if when is not None else ""
    entries: dict[str, object] = {
        "dc:format": "application/pdf",
        "dc:title": metadata.title,
        "dc:creator": [metadata.author] if metadata.author else None,
        "dc:description": metadata.subject,
        "dc:language": [metadata.lang],
        "pdf:Keywords": ", ".join(metadata.keywords),
        "pdf:Producer": PROGRAM,
        "xmp:CreatorTool": PROGRAM,
        "xmp:CreateDate": stamp,
        "xmp:ModifyDate": stamp,
        "xmp:MetadataDate": stamp,
        "pdfuaid:part": "1" if is_accessible else None,
    }
    if Name.Metadata in pdf.Root:
        del pdf.Root[Name.Metadata]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for key, value in entries.items():
            if value:
                xmp[key] = value
