"""What the file says about itself, twice and alike: the Info dictionary and XMP."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pikepdf import Dictionary, Name, Pdf, Stream, String

from slidebuild import __version__
from slidebuild.pdf.job import Metadata
from slidebuild.pdf.xmp import packet

PROGRAM: Final = f"slidebuild {__version__}"


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
    properties = {
        "dc:format": "application/pdf",
        "dc:title": metadata.title,
        "dc:creator": metadata.author,
        "dc:description": metadata.subject,
        "dc:language": metadata.lang,
        "pdf:Keywords": ", ".join(metadata.keywords),
        "pdf:Producer": PROGRAM,
        "xmp:CreatorTool": PROGRAM,
        "xmp:CreateDate": stamp,
        "xmp:ModifyDate": stamp,
        "xmp:MetadataDate": stamp,
        "pdfuaid:part": "1" if is_accessible else "",
    }
    if Name.Metadata in pdf.Root:
        del pdf.Root[Name.Metadata]
    pdf.Root[Name.Metadata] = Stream(pdf, packet(properties))
    pdf.Root[Name.Metadata][Name.Type] = Name.Metadata
    pdf.Root[Name.Metadata][Name.Subtype] = Name.XML
