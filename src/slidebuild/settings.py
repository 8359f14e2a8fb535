"""Typed deck settings: remark.js's options under their own names, ours beside them.

One table (`KEYS`) says of each key where it is kept, what values it takes and who may set it. Layers are merged here,
strongest first: command line, `--config`, front matter, `slidebuild.yml`, `theme.yml`, defaults.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.layer import Layer


@dataclass(frozen=True, slots=True)
class Ratio:
    """Width to height of a slide."""

    width: int = 4
    height: int = 3

    @property
    def pixels(self) -> tuple[int, int]:
        """Slide size in CSS px: height 681, width floor(681 * ratio) (remark: 908 at 4:3, 1210 at 16:9)."""
        return (681 * self.width) // self.height, 681

    def __str__(self) -> str:
        return f"{self.width}:{self.height}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """What moves from slide to slide besides the keys (remark: `navigation`)."""

    scroll: bool = True
    touch: bool = True
    click: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The presenter's timer (remark: `timer`)."""

    start_on_change: bool = True
    resetable: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSettings:
    """How the PDF is made (key `pdf`)."""

    steps: Literal["final", "all", "marked"] = "final"
    """`final`: a slide with its steps is one page; `all`: each step is; `marked`: also steps that say `print: true`."""
    animations: Literal["skip", "poster", "keep"] = "skip"
    """What becomes of a slide that moves: the placeholder, a still of it, or whatever the browser prints."""
    placeholder: str | None = None
    """Name of the slide that stands in for animated ones."""
    paper: Literal["a4", "letter"] = "a4"
    """What hand-outs are printed on."""
    javascript: bool = False
    """Run the deck's scripts while printing; only `slidebuild.yml` may say so."""
    dpi: int | None = 192
    """Pixels an inch: pictures with more of them at their printed size are resampled. None: they are left alone."""
    max_mb: float | None = None
    """Megabytes that the file should not exceed."""
    incremental: bool = False
    """Print and keep each slide by itself: an edit prints only what changed, the first print takes twice as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one deck."""

    title: str | None = None
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None
    lang: str = "en"
    date: str | None = None
    """ISO date of the talk (`2026-11-23`)."""
    url: str | None = None
    """Where the slides are online."""
    theme: str = "default"
    css: tuple[str, ...] = ()
    """Stylesheets of the deck, relative to it (those of `slidebuild.yml` to the root: `/…`)."""
    style: str = ""
    """CSS text added last."""
    footer: str = ""
    """Text of the theme's footer region (Markdown without blocks)."""
    logo: str | None = None
    """Picture of the theme's logo region."""
    color_scheme: Literal["light", "dark", "auto"] = "light"
    markdown: Literal["remark", "commonmark"] = "remark"
    math: bool | Literal["code"] = True
    """Typeset `$…$` and `$$…$$`; `code`: inline code that is a formula as well, as xaringan's decks have it."""
    macros: tuple[str, ...] = ()
    """Python modules with macros; only in slidebuild.yml."""
    decks: tuple[str, ...] = ()
    """Patterns of the project's decks (`talks/**/*.md`); only in slidebuild.yml."""
    ratio: Ratio = Ratio()
    navigation: Navigation = Navigation()
    timer: Timer = Timer()
    slide_number_format: str = "%current% / %total%"
    highlight_style: str = "default"
    highlight_language: str = ""
    highlight_lines: bool = False
    highlight_spans: bool | str = False
    """True for back-ticks, or a regular expression whose first group is the text kept (JSON: `{"$regexp": …}`)."""
    highlight_inline_code: bool = False
    count_incremental_slides: bool = True
    disable_incremental_slides: bool = False
    include_presenter_notes: bool = True
    inherit_presenter_notes: bool = False
    excluded_classes: tuple[str, ...] = ()
    clone_target: str = "_blank"
    pdf: PdfSettings = PdfSettings()


# -- values ------------------------------------------------------------------------------------------------------------

Reader: TypeAlias = Callable[[Any], Any]
"""Turns a YAML value into a setting; ValueError says what is expected (`a number`)."""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError("a text")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ValueError("a text or a list of texts")


def _keywords(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return _texts(value)


def _truth(value: Any) -> bool:
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    raise ValueError("true or false")


def _math(value: Any) -> bool | str:
    if isinstance(value, bool) or value == "code":
        return value  # type: ignore[no-any-return]
    raise ValueError("true, false or code")


def _one_of(*allowed: str) -> Reader:
    def read(value: Any) -> str:
        if value in allowed:
            return str(value)
        raise ValueError("one of " + ", ".join(allowed))

    return read


def _ratio(value: Any) -> Ratio:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[:/]\s*(\d+(?:\.\d+)?)\s*", str(value), re.ASCII)
    if found:
        share = Fraction(found[1]) / Fraction(found[2]) if Fraction(found[2]) else Fraction(0)
        if Fraction(1, 5) <= share <= 5:
            return Ratio(share.numerator, share.denominator)
    raise ValueError("a ratio such as 4:3 or 16:9")


def _language(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
        return value
    raise ValueError("a language tag such as en or pt-BR")


def _date(value: Any) -> str:
    if isinstance(value, str):
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise ValueError("a date such as 2026-11-23")


def _spans(value: Any) -> bool | str:
    if isinstance(value, bool):
        return value
    pattern = value.get("$regexp") if isinstance(value, dict) else value
    if isinstance(pattern, str):
        return pattern  # JavaScript's dialect: the code pass reads it and reports what it can't
    raise ValueError("true, false or a regular expression")


def _address(value: Any) -> str:
    if isinstance(value, str) and re.match(r"https?://[^\s/]+", value):
        return value
    raise ValueError("an address that begins with http:// or https://")


def _dpi(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 36 <= value <= 2400:
        return value
    raise ValueError("a whole number from 36 to 2400, or null to leave pictures alone")


def _megabytes(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6:
        return float(value)
    raise ValueError("a number of megabytes above 0")


# -- the table ---------------------------------------------------------------------------------------------------------


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
    "scroll": _remark("scroll", _truth),
    "touch": _remark("touch", _truth),
    "click": _remark("click", _truth),
}
_TIMER: Final = {
    "startOnChange": _remark("start_on_change", _truth),
    "resetable": _remark("resetable", _truth),
    "enabled": _remark("enabled", _truth),
}
_PDF: Final = {
    "steps": Key("steps", _one_of("final", "all", "marked")),
    "animations": Key("animations", _one_of("skip", "poster", "keep")),
    "placeholder": Key("placeholder", _text, takes_null=True),
    "paper": Key("paper", _one_of("a4", "letter")),
    "javascript": Key("javascript", _truth, is_trusted=True),
    "dpi": Key("dpi", _dpi, takes_null=True),
    "max_mb": Key("max_mb", _megabytes, takes_null=True),
    "incremental": Key("incremental", _truth),
}
NESTED: Final[Mapping[str, Mapping[str, Key]]] = MappingProxyType(
    {"navigation": _NAVIGATION, "timer": _TIMER, "pdf": _PDF}
)
"""Keys that hold mappings."""

KEYS: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "title": Key("title", _text, takes_null=True),
        "author": Key("author", _text, takes_null=True),
        "subject": Key("subject", _text, takes_null=True),
        "keywords": Key("keywords", _keywords),
        "description": Key("description", _text, takes_null=True),
        "lang": Key("lang", _language),
        "date": Key("date", _date, takes_null=True),
        "url": Key("url", _address, takes_null=True),
        "theme": Key("theme", _text),
        "css": Key("css", _texts),
        "style": Key("style", _text),
        "footer": Key("footer", _text),
        "logo": Key("logo", _text, takes_null=True),
        "colorScheme": Key("color_scheme", _one_of("light", "dark", "auto")),
        "markdown": Key("markdown", _one_of("remark", "commonmark")),
        "math": Key("math", _math),
        "macros": Key("macros", _texts, is_trusted=True),
        "decks": Key("decks", _texts, is_trusted=True),
        "ratio": _remark("ratio", _ratio),
        "slideNumberFormat": _remark("slide_number_format", _text),
        "highlightStyle": _remark("highlight_style", _text),
        "highlightLanguage": _remark("highlight_language", _text),
        "highlightLines": _remark("highlight_lines", _truth),
        "highlightSpans": _remark("highlight_spans", _spans),
        "highlightInlineCode": _remark("highlight_inline_code", _truth),
        "countIncrementalSlides": _remark("count_incremental_slides", _truth),
        "disableIncrementalSlides": _remark("disable_incremental_slides", _truth),
        "includePresenterNotes": _remark("include_presenter_notes", _truth),
        "inheritPresenterNotes": _remark("inherit_presenter_notes", _truth),
        "excludedClasses": _remark("excluded_classes", _texts),
        "cloneTarget": _remark("clone_target", _text),
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
    )
)
"""Properties of single slides; where one stands, the text is no front matter."""


# -- layers ------------------------------------------------------------------------------------------------------------


def build_settings(layers: Iterable[Layer], diagnostics: Diagnostics) -> Settings:
    """Settings from layers, weakest first. What is wrong is reported and left at what it was."""
    settings = Settings()
    for layer in layers:
        changes: dict[str, Any] = {}
        for name, value in layer.values.items():
            if name in NESTED:
                changes[name] = _nested(name, value, getattr(settings, name), layer, diagnostics)
            elif name in KEYS:
                _set(KEYS[name], name, value, layer, diagnostics, changes)
            elif name not in IGNORED:
                _report_unknown(name, (*KEYS, *NESTED), layer, diagnostics)
        settings = replace(settings, **changes)
    return settings


def _nested(name: str, value: Any, current: Any, layer: Layer, diagnostics: Diagnostics) -> Any:
    if value is None:
        return current
    if not isinstance(value, Mapping):
        example = next(iter(NESTED[name]))
        _report_value(name, f"a mapping (`{name}: {{{example}: …}}`)", layer, diagnostics)
        return current
    changes: dict[str, Any] = {}
    for key, inner in value.items():
        dotted = f"{name}.{key}"
        if key in NESTED[name]:
            _set(NESTED[name][key], dotted, inner, layer, diagnostics, changes)
        elif not (name == "timer" and key == "formatter"):
            _report_unknown(dotted, tuple(f"{name}.{known}" for known in NESTED[name]), layer, diagnostics)
    return replace(current, **changes)


def _set(key: Key, name: str, value: Any, layer: Layer, diagnostics: Diagnostics, changes: dict[str, Any]) -> None:
    if key.is_trusted and not layer.is_trusted:
        message = f"`{name}` is code or reaches beyond the deck, so a deck may not set it"
        diagnostics.add("forbidden-setting", message, layer.where(name), hint="move it to slidebuild.yml")
        return
    if value is None and (key.takes_null or key.of_remark):
        if key.takes_null:
            changes[key.field] = None
        return
    try:
        changes[key.field] = key.read(value)
    except ValueError as error:
        severity = Severity.WARNING if key.of_remark else None
        _report_value(name, str(error), layer, diagnostics, severity)


def _report_value(
    name: str, expected: str, layer: Layer, diagnostics: Diagnostics, severity: Severity | None = None
) -> None:
    message = f"`{name}` must be {expected}"
    diagnostics.add("bad-setting-value", message, layer.where(name), path=layer.path, severity=severity)


def _report_unknown(name: str, known: Iterable[str], layer: Layer, diagnostics: Diagnostics) -> None:
    near = difflib.get_close_matches(name, known, 1, cutoff=0.6)
    diagnostics.add(
        "unknown-setting",
        f"there is no setting `{name}`",
        layer.where(name),
        hint=f"did you mean `{near[0]}`?" if near else None,
        path=layer.path,
    )
