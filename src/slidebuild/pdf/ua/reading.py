"""A PDF of any origin, opened to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pikepdf

Document: TypeAlias = pikepdf.Pdf


class BadPdfError(Exception):
    """A file that is no PDF, or one that cannot be read; the message says why."""


@contextmanager
def opened(file: Path) -> Iterator[Document]:
    """The document in a file. Raises BadPdfError, OSError."""
    try:
        with pikepdf.Pdf.open(file) as pdf:
            yield pdf
    except pikepdf.PdfError as error:
        raise BadPdfError(str(error)) from error
