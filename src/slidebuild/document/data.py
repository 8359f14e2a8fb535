"""What the player learns about a deck: the JSON in the page."""

from __future__ import annotations

import json

from slidebuild.document.model import Document, PageSlide


def page_data(document: Document) -> dict[str, object]:
    """What the player learns about the deck: remark's options under their names, and the slides."""
    return {**deck_data(document), "slides": [slide_data(page) for page in document.slides]}


def deck_data(document: Document) -> dict[str, object]:
    """The same without the slides."""
    settings = document.settings
    return {
        "ratio": str(settings.ratio),
        "navigation": {
            "scroll": settings.navigation.scroll,
            "touch": settings.navigation.touch,
            "click": settings.navigation.click,
            "shortcuts": settings.navigation.shortcuts,
        },
        "timer": {
            "startOnChange": settings.timer.start_on_change,
            "resetable": settings.timer.resetable,
            "enabled": settings.timer.enabled,
        },
        "minutes": settings.minutes,
        "slideNumberFormat": settings.slide_number_format,
        "highlightStyle": settings.highlight_style,
        "highlightLanguage": settings.highlight_language,
        "highlightLines": settings.highlight_lines,
        "highlightSpans": settings.highlight_spans,
        "highlightInlineCode": settings.highlight_inline_code,
        "countIncrementalSlides": settings.count_incremental_slides,
        "includePresenterNotes": settings.include_presenter_notes,
        "cloneTarget": settings.clone_target,
        "title": document.title,
        **document.extra,
    }


def slide_data(page: PageSlide) -> dict[str, object]:
    """What the player learns about a slide."""
    resolved = page.resolved
    return {
        "name": resolved.name,
        "number": resolved.number,
        "title": page.title,
        "notes": bool(page.notes),
        "properties": dict(resolved.properties),
    }


def as_json(value: object) -> str:
    """JSON that can stand in a `<script>`."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
