"""What a picture says about its own licence: XMP, SVG metadata, EXIF. What is not in the file, nobody guesses."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.patterns import regex

_LONGEST: Final = 300
_PATTERNS: Final = (
    regex(rb"<cc:license[^>]*rdf:resource=[\"']([^\"']+)[\"']"),
    regex(rb"cc:license=[\"']([^\"']+)[\"']"),
    regex(rb"xmpRights:WebStatement(?:=[\"']|>)([^\"'<]+)"),
    regex(rb"<xmpRights:UsageTerms>.*?<rdf:li[^>]*>([^<]+)", re.DOTALL),
    regex(rb"<dc:rights>.*?<rdf:li[^>]*>([^<]+)", re.DOTALL),
    regex(rb"<dc:rights>\s*(?:<cc:Agent>\s*<dc:title>)?([^<]+)"),
)
"""The first that is found wins: addresses of licences before words about rights."""
_COPYRIGHT: Final = 0x8298
"""EXIF tag of the copyright notice."""


def licence_of(data: bytes) -> str:
    """A licence's address, or what is said about rights; empty when the file says nothing."""
    for pattern in _PATTERNS:
        found = pattern.search(data)
        if found is not None:
            return _line(found[1].decode("utf-8", "replace"))
    return _line(_exif(data))


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _exif(data: bytes) -> str:
    import io

    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return str(image.getexif().get(_COPYRIGHT) or "")
    except (OSError, SyntaxError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return ""
