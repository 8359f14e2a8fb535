"""`theme.yml`: what a theme says about itself, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, fields
from typing import Any, Final, Literal

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.records import dataclass
from slidebuild.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class FontSource:
    """One face of `fonts:`."""

    family: str
    file: str
    """Path below the theme's folder, or below that of `package`."""
    package: str | None = None
    """Python package that holds the file (`fontpkg_fira_sans`)."""
    weight: int = 400
    style: Literal["normal", "italic"] = "normal"


@dataclass(frozen=True, slots=True)
class Description:
    """A checked `theme.yml`; the keys of the file are these fields."""

    name: str
    parent: str | None = None
    description: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Defaults for deck settings; whoever merges the settings checks them."""
    regions: Mapping[str, bool] = field(default_factory=dict)
    """Region -> shown; a list in the file means all shown. A child's regions go over its parent's, by name."""
    css: tuple[str, ...] = ()
    fonts: tuple[FontSource, ...] = ()
    parent_fonts: bool = True
    """Whether the parent's faces come along, too."""
    layered: bool | None = None
    """Whether its CSS goes into `@layer`s, so that a deck's own CSS wins; None: as the parent, else yes."""


KEYS: Final = tuple(entry.name for entry in fields(Description))
FONT_KEYS: Final = tuple(entry.name for entry in fields(FontSource))


def read_description(
    theme: str, data: bytes, path: str, diagnostics: Diagnostics, kept: Cache = NO_CACHE
) -> Description:
    """The description in the bytes of a `theme.yml`; what is wrong is `bad-theme` and left out.

    `kept` keeps one that is right: a YAML parser takes 10 ms to load.
    """
    key = entry_key("theme.yml", theme, data)
    known = kept.get(key)
    if known is not None:
        return _from_json(known)
    found = Diagnostics()
    description = parse_description(theme, data, path, found)
    if not found and (text := _as_json(description)) is not None:
        kept.put(key, text)
    diagnostics.extend(iter(found))
    return description


def _as_json(description: Description) -> bytes | None:
    """None for one with settings that JSON cannot tell (dates)."""
    try:
        text = json.dumps(asdict(description), ensure_ascii=False).encode()
    except (TypeError, ValueError):
        return None
    return text if _from_json(text) == description else None


def _from_json(text: bytes) -> Description:
    values = json.loads(text)
    fonts = tuple(FontSource(**font) for font in values["fonts"])
    return Description(**{**values, "css": tuple(values["css"]), "fonts": fonts})


def parse_description(theme: str, data: bytes, path: str, diagnostics: Diagnostics) -> Description:
    """The description in the bytes of a `theme.yml`; what is wrong is `bad-theme` and left out."""
    import yaml

    source = SourceFile(path, data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))
    try:
        loader = yaml.SafeLoader(source.text)
        root = loader.get_single_node()
        values = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        diagnostics.add("bad-theme", f"theme.yml is no YAML: {problem}", source.span(mark.index if mark else 0))
        return Description(theme)
    if values is None:
        return Description(theme)
    if not isinstance(values, dict) or not isinstance(root, yaml.MappingNode):
        diagnostics.add("bad-theme", "theme.yml must be a mapping (`css: [theme.css]`)", source.span(0))
        return Description(theme)
    places = {str(key.value): source.span(key.start_mark.index, key.end_mark.index) for key, _ in root.value}
    return _Reader(theme, values, places, source.span(0), diagnostics).description()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads typed values out of the mapping, complaining where the key stands."""

    theme: str
    values: Mapping[Any, Any]
    places: Mapping[str, Span]
    top: Span
    diagnostics: Diagnostics

    def description(self) -> Description:
        for key in map(str, self.values):
            if key not in KEYS:
                self._unknown(key, KEYS, key)
        name = self._text("name")
        if name and name != self.theme:
            self._complain("name", f"the theme calls itself `{name}` but lies in the folder `{self.theme}`", mild=True)
        settings = self.values.get("settings") or {}
        if not isinstance(settings, dict):
            self._complain("settings", "`settings` must be a mapping of deck settings")
            settings = {}
        return Description(
            name=self.theme,
            parent=self._text("parent") or None,
            description=self._text("description"),
            settings={str(key): value for key, value in settings.items()},
            regions=self._regions(),
            css=self._texts("css"),
            fonts=self._fonts(),
            parent_fonts=self._truth("parent_fonts") is not False,
            layered=self._truth("layered"),
        )

    def _truth(self, key: str) -> bool | None:
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._complain(key, f"`{key}` must be true or false")
        return None

    def _text(self, key: str) -> str:
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._complain(key, f"`{key}` must be text")
        return ""

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key) or []
        value = [value] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._complain(key, f"`{key}` must be a list of names")
        return ()

    def _regions(self) -> dict[str, bool]:
        value = self.values.get("regions") or []
        if isinstance(value, dict) and all(isinstance(shown, bool) for shown in value.values()):
            return {str(name): shown for name, shown in value.items()}
        return dict.fromkeys(self._texts("regions"), True)

    def _fonts(self) -> tuple[FontSource, ...]:
        value = self.values.get("fonts") or []
        if not isinstance(value, list):
            self._complain("fonts", "`fonts` must be a list of faces")
            return ()
        return tuple(font for font in map(self._font, value) if font is not None)

    def _font(self, value: object) -> FontSource | None:
        if not isinstance(value, dict):
            self._complain("fonts", "a font must be a mapping with `family` and `file`")
            return None
        for key in map(str, value):
            if key not in FONT_KEYS:
                self._unknown(key, FONT_KEYS, "fonts")
        family, file, package = value.get("family"), value.get("file"), value.get("package")
        weight, style = value.get("weight", 400), value.get("style", "normal")
        if not (isinstance(family, str) and isinstance(file, str) and isinstance(package, str | None)):
            self._complain("fonts", "a font needs the texts `family` and `file` (and `package` for one of a package)")
            return None
        if not (isinstance(weight, int) and 1 <= weight <= 1000 and style in ("normal", "italic")):
            self._complain("fonts", f"font {family}: `weight` is 1 to 1000, `style` normal or italic")
            return None
        return FontSource(family, file, package, weight, style)

    def _unknown(self, key: str, known: tuple[str, ...], place: str) -> None:
        import difflib

        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
        self._complain(place, f"unknown key `{key}`", hint, mild=True)

    def _complain(self, key: str, message: str, hint: str | None = None, *, mild: bool = False) -> None:
        severity = Severity.WARNING if mild else None
        span = self.places.get(key, self.top)
        self.diagnostics.add("bad-theme", f"theme {self.theme}: {message}", span, hint=hint, severity=severity)
