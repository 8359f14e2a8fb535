"""The table of keys: where each is kept, what values it takes, who may set it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from slidebuild.records import dataclass
from slidebuild.settings import values
from slidebuild.settings.values import Reader


@dataclass(frozen=True, slots=True)
class Key:
    """One key of front matter and `slidebuild.yml`."""

    field: str
    """Where it is kept in `Settings` (or the nested type)."""
    read: Reader
    is_trusted: bool = False
    """Only `slidebuild.yml` and the command line may set it."""
    takes_null: bool = False
    of_remark: bool = False
    """An option of remark.js: it shows decks whatever the value, so a wrong one is a warning, and null is none."""


def _remark(field: str, read: Reader) -> Key:
    return Key(field, read, of_remark=True)


_NAVIGATION: Final = {
    "scroll": _remark("scroll", values.truth),
    "touch": _remark("touch", values.truth),
    "click": _remark("click", values.truth),
    "shortcuts": Key("shortcuts", values.truth),
}
_TIMER: Final = {
    "startOnChange": _remark("start_on_change", values.truth),
    "resetable": _remark("resetable", values.truth),
    "enabled": _remark("enabled", values.truth),
}
_FIGURES: Final = {"numbering": Key("numbering", values.truth)}
_PDF: Final = {
    "steps": Key("steps", values.one_of("final", "all", "marked")),
    "animations": Key("animations", values.one_of("skip", "poster", "keep")),
    "placeholder": Key("placeholder", values.text, takes_null=True),
    "paper": Key("paper", values.one_of("a4", "letter")),
    "javascript": Key("javascript", values.truth, is_trusted=True),
    "dpi": Key("dpi", values.dpi, takes_null=True),
    "max_mb": Key("max_mb", values.megabytes, takes_null=True),
}
_SITE: Final = {
    "title": Key("title", values.text, is_trusted=True),
    "description": Key("description", values.text, is_trusted=True),
    "url": Key("url", values.address, is_trusted=True, takes_null=True),
}
MATH: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "code": Key("in_code", values.truth),
        "tags": Key("tags", values.one_of("none", "ams", "all")),
        "macros": Key("macros", values.tex_macros),
        "engine": Key("engine", values.one_of("mathml", "katex", "mathjax"), is_trusted=True),
        "path": Key("path", values.text, is_trusted=True, takes_null=True),
    }
)
"""What `math` holds where it is a mapping."""

NESTED: Final[Mapping[str, Mapping[str, Key]]] = MappingProxyType(
    {"navigation": _NAVIGATION, "timer": _TIMER, "figures": _FIGURES, "pdf": _PDF, "site": _SITE}
)
"""Keys that hold mappings."""

KEYS: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "title": Key("title", values.text, takes_null=True),
        "author": Key("author", values.text, takes_null=True),
        "subject": Key("subject", values.text, takes_null=True),
        "keywords": Key("keywords", values.keywords),
        "description": Key("description", values.text, takes_null=True),
        "lang": Key("lang", values.language),
        "date": Key("date", values.date, takes_null=True),
        "url": Key("url", values.address, takes_null=True),
        "minutes": Key("minutes", values.minutes, takes_null=True),
        "theme": Key("theme", values.text),
        "css": Key("css", values.texts),
        "style": Key("style", values.text),
        "header": Key("header", values.text),
        "footer": Key("footer", values.text),
        "logo": Key("logo", values.text, takes_null=True),
        "logoDark": Key("logo_dark", values.text, takes_null=True),
        "colorScheme": Key("color_scheme", values.one_of("light", "dark", "auto")),
        "markdown": Key("markdown", values.one_of("remark", "commonmark")),
        "math": Key("math", values.math),
        "macros": Key("macros", values.texts, is_trusted=True),
        "decks": Key("decks", values.texts, is_trusted=True),
        "ratio": _remark("ratio", values.ratio),
        "slideNumberFormat": _remark("slide_number_format", values.text),
        "highlightStyle": _remark("highlight_style", values.text),
        "highlightLanguage": _remark("highlight_language", values.text),
        "highlightLines": _remark("highlight_lines", values.truth),
        "highlightSpans": _remark("highlight_spans", values.spans),
        "highlightInlineCode": _remark("highlight_inline_code", values.truth),
        "countIncrementalSlides": _remark("count_incremental_slides", values.truth),
        "disableIncrementalSlides": _remark("disable_incremental_slides", values.truth),
        "includePresenterNotes": _remark("include_presenter_notes", values.truth),
        "inheritPresenterNotes": _remark("inherit_presenter_notes", values.truth),
        "excludedClasses": _remark("excluded_classes", values.texts),
        "cloneTarget": _remark("clone_target", values.text),
        "check": Key("check", values.rules),
    }
)
"""All other keys."""

IGNORED: Final = frozenset(("source", "sourceUrl", "container", "controller"))
"""Options of `remark.create` that mean nothing here."""

SLIDE_PROPERTIES: Final = frozenset(
    (
        "name",
        "class",
        "layout",
        "template",
        "count",
        "exclude",
        "continued",
        "include",
        "animation",
        "poster",
        "print",
        "background-image",
        "background-color",
        "background-size",
        "background-position",
        "highlight-style",
        "code-step",
    )
)
"""Properties of single slides; where one stands, the text is no front matter."""
