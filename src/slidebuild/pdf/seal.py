"""The last step of every file that is handed out: what it says about itself, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from types import MappingProxyType

from pikepdf import ObjectStreamMode, Pdf

from slidebuild.pdf.dedupe import store_once
from slidebuild.pdf.drawn import Drawn
from slidebuild.pdf.job import Metadata
from slidebuild.pdf.metadata import write_metadata
from slidebuild.pdf.ua import findings
from slidebuild.pdf.unicode_maps import settle_unicode_maps


def seal(
    pdf: Pdf,
    metadata: Metadata,
    when: datetime | None,
    *,
    is_settled: bool = False,
    drawn: Mapping[str, Drawn] = MappingProxyType({}),
) -> bytes:
    """The file as bytes. It says that it is PDF/UA-1 if it breaks no rule of it that a machine can check.

    `is_settled`: its pages were cut out (`page_cut`), so that they have no resources but their own, and fonts that tell
    what their glyphs read as.
    `drawn`: what content draws that was read before, by its digest.
    The same input gives the same bytes: nothing of the clock, the machine or memory is left in it.
    """
    if not is_settled:
        pdf.remove_unreferenced_resources()
        settle_unicode_maps(pdf)
    store_once(pdf)
    write_metadata(pdf, metadata, when, is_accessible=True)
    if next(findings(pdf, drawn), None) is not None:
        write_metadata(pdf, metadata, when, is_accessible=False)
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        min_version="1.7",
        compress_streams=True,
        fix_metadata_version=False,  # XMP does not tell one; looking for it takes lxml
    )
    return out.getvalue()
