"""A theme as data, and the CSS and HTML it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final, TypeAlias

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.css import quote, rewrite
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.fonts import FontError, subset, whole
from slidebuild.records import dataclass
from slidebuild.theme.templates import TemplateFaultError, Templates

Publish: TypeAlias = Callable[[str, bytes], str]
"""Stores a file, returns its address."""

LAYERS: Final = "@layer sb-base, sb-theme;"
"""Order of our cascade layers; what a deck adds stands in no layer and wins."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet of a theme with what it imports."""

    path: str
    """`default/theme.css`."""
    text: str
    """Addresses of files of the theme are keys of `Theme.assets`."""
    imports: tuple[str, ...] = ()
    """Rules that import from other hosts."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face that the theme brings along."""

    family: str
    weight: int
    style: str
    name: str
    """`default/fonts/FiraSans-Regular`: where the subset is published, without suffix."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all that it inherits."""

    name: str
    description: str
    chain: tuple[str, ...]
    """Its own name, its parent's, and so on."""
    settings: Mapping[str, Any]
    """Defaults for deck settings, as in `slidebuild.yml`; the parent's are in it."""
    regions: tuple[str, ...]
    """Names of the regions shown, the parent's first."""
    stylesheets: tuple[Stylesheet, ...]
    """Furthest ancestor's first."""
    fonts: tuple[Font, ...]
    assets: Mapping[str, bytes]
    """Files that the stylesheets address: `default/paper.svg` -> bytes."""
    is_layered: bool
    """Whether the CSS goes into cascade layers (not so in `remark`, which behaves as remark.js)."""
    _templates: Templates = field(repr=False)
    _made: dict[frozenset[str] | None, _MadeCss] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The CSS by what the fonts hold, as long as the theme is kept (by the preview)."""

    def css(
        self, publish: Publish, characters: frozenset[str] | None, diagnostics: Diagnostics, kept: Cache = NO_CACHE
    ) -> str:
        """The theme's CSS: remote imports, layer order, `@font-face` rules, stylesheets.

        `characters`: what the fonts must hold (`fonts.needed_characters`); None: all that they have, not packed, for
        a page that does not leave the machine. A font that cannot be used is `bad-theme` and left out; `kept` keeps
        those that were made.
        """
        made = self._made.get(characters)
        if made is not None and made.holds(publish):
            return made.text
        found = Diagnostics()
        recorded = _Recorded(publish)
        text = self._css(recorded, characters, found, kept)
        diagnostics.extend(iter(found))
        if not found:
            self._made.clear()
            self._made[characters] = _MadeCss(text, recorded.files)
        return text

    def _css(self, publish: Publish, characters: frozenset[str] | None, diagnostics: Diagnostics, kept: Cache) -> str:
        imports = dict.fromkeys(rule for sheet in self.stylesheets for rule in sheet.imports)
        made = _font_files(self.fonts, characters, kept)
        faces = [_font_face(font, data, publish, diagnostics) for font, data in zip(self.fonts, made, strict=True)]

        def address(path: str) -> str | None:
            return publish(path, self.assets[path]) if path in self.assets else None

        sheets = [rewrite(sheet.text, lambda ref: address(ref.address)).strip() for sheet in self.stylesheets]
        if self.is_layered:
            sheets = [f"@layer sb-theme {{\n{sheet}\n}}" for sheet in sheets]
        return "\n".join([*imports, *([LAYERS] if self.is_layered else []), *faces, *sheets])

    def base_css(self, text: str) -> str:
        """CSS that the theme may restyle (highlighting, math), in the lowest layer where there are layers."""
        return f"@layer sb-base {{\n{text.strip()}\n}}" if self.is_layered and text.strip() else text

    def has_template(self, path: str) -> bool:
        """Whether there is such a template, own or inherited."""
        return self._templates.owner(path) is not None

    def render(self, path: str, context: Mapping[str, Any], diagnostics: Diagnostics, kept: Cache = NO_CACHE) -> str:
        """Fill in a template; a mistake in it is `bad-theme` and gives no text. `kept` keeps what came of it."""
        try:
            return self._templates.fill([(path, {})], context, kept)[0]
        except TemplateFaultError as error:
            file = error.file or f"themes/{self.name}/templates/{path}"
            where = f", line {error.line}" if error.line else ""
            diagnostics.add("bad-theme", f"template {file.rpartition('/')[2]}{where}: {error}", path=file)
            return ""

    def render_all(
        self,
        wanted: Sequence[tuple[str, Mapping[str, Any]]],
        common: Mapping[str, Any],
        diagnostics: Diagnostics,
        kept: Cache = NO_CACHE,
    ) -> list[str]:
        """Fill in several templates, each with values of its own and the common ones, as `render` does."""
        try:
            return self._templates.fill(wanted, common, kept)
        except TemplateFaultError:  # some may be without a mistake
            return [self.render(path, {**common, **context}, diagnostics) for path, context in wanted]


@dataclass(frozen=True, slots=True)
class _MadeCss:
    """A theme's CSS, and the files that were published for it."""

    text: str
    files: Mapping[str, tuple[bytes, str]]
    """Name -> bytes, address."""

    def holds(self, publish: Publish) -> bool:
        """Whether the files, published again, have the same addresses."""
        published = [publish(path, data) for path, (data, _) in self.files.items()]
        return published == [address for _, address in self.files.values()]


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Publishes each file once, and remembers."""

    publish: Publish
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def __call__(self, path: str, data: bytes) -> str:
        if path not in self.files:
            self.files[path] = (data, self.publish(path, data))
        return self.files[path][1]


_FORMATS: Final[Mapping[bytes, tuple[str, str]]] = {b"wOF2": ("woff2", "woff2"), b"OTTO": ("otf", "opentype")}
"""First bytes of a font file -> suffix and what CSS calls the format; all others are TrueType."""


def _font_files(fonts: tuple[Font, ...], characters: frozenset[str] | None, kept: Cache) -> list[bytes | FontError]:
    if not fonts:
        return []
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=4) as threads:  # compressing runs outside Python's lock
        return list(threads.map(lambda font: _font_file(font, characters, kept), fonts))


def _font_file(font: Font, characters: frozenset[str] | None, kept: Cache) -> bytes | FontError:
    try:
        if characters is None:
            return whole(font.data, font.weight, kept)
        return subset(font.data, characters, font.weight, kept)
    except FontError as error:
        return error


def _font_face(font: Font, data: bytes | FontError, publish: Publish, diagnostics: Diagnostics) -> str:
    if isinstance(data, FontError):
        message = f"font {font.family}: {font.name} is no usable font ({data})"
        diagnostics.add("bad-theme", message, severity=Severity.WARNING)
        return ""
    suffix, kind = _FORMATS.get(data[:4], ("ttf", "truetype"))
    address = quote(publish(f"{font.name}.{suffix}", data))
    return (
        f"@font-face {{ font-family: {quote(font.family)}; font-weight: {font.weight}; font-style: {font.style}; "
        f'font-display: block; src: url({address}) format("{kind}"); }}'
    )
