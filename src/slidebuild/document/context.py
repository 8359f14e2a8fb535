"""What templates get to see."""

from __future__ import annotations

from typing import Any

from slidebuild.document.escape import safe
from slidebuild.document.model import Document, PageSlide


def deck_context(document: Document) -> dict[str, Any]:
    """What every template gets."""
    settings = document.settings
    return {
        "deck": {
            "title": document.title,
            "author": settings.author or "",
            "description": settings.description or "",
            "keywords": list(settings.keywords),
            "date": settings.date or "",
            "lang": settings.lang,
            "url": settings.url or "",
            "count": len(document.slides),
            "total": document.total,
        },
        "theme": document.theme.name,
        "header": safe(document.header),
        "footer": safe(document.footer),
        "logo": document.logo,
        "logo_dark": document.logo_dark,
    }


def slide_context(document: Document, page: PageSlide) -> dict[str, Any]:
    """What the templates of regions get as `slide`: also the deck's sections and which of them the slide is part of."""
    resolved = page.resolved
    current = max((section.index for section in document.sections if section.index <= resolved.index), default=None)
    return {
        "index": resolved.index,
        "number": resolved.number,
        "name": resolved.name or "",
        "title": page.title,
        "classes": list(resolved.class_names),
        "properties": dict(resolved.properties),
        "section": next((section.title for section in document.sections if section.index == current), ""),
        "sections": [
            {"title": section.title, "anchor": section.anchor, "is_current": section.index == current}
            for section in document.sections
        ],
    }
