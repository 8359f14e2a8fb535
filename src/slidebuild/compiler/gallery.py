"""Themes side by side: the same twelve slides in each, light and dark, on one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from slidebuild.compiler.model import Inputs
from slidebuild.compiler.pages import make_still_page
from slidebuild.compiler.pipeline import compile_deck
from slidebuild.diagnostics import Diagnostics
from slidebuild.fonts import FontError, Licence, licence
from slidebuild.installed import PACKAGE
from slidebuild.layer import Layer
from slidebuild.records import dataclass
from slidebuild.source import DictLoader, SourceFile
from slidebuild.theme import Theme, ThemeLoader, find_theme, theme_origins

COLUMNS: Final = 4
_GAP: Final = 0.6
"""Between slides, in hundredths of the width."""


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family that a theme brings."""

    name: str
    styles: tuple[str, ...]
    """`400`, `600 italic`."""
    licence: Licence


@dataclass(frozen=True, slots=True)
class ListedTheme:
    """A theme and what there is to know before choosing it."""

    name: str
    origin: str
    """`project`, `installed` or `built-in`."""
    description: str
    parents: tuple[str, ...]
    """The nearest first."""
    fonts: tuple[FontFamily, ...]
    has_schemes: bool
    """Whether it is both light and dark."""


def listed_themes(loader: ThemeLoader | None, diagnostics: Diagnostics) -> tuple[ListedTheme, ...]:
    """Every theme that can be used, by name; faults of theirs are reported."""
    return tuple(
        _listed(find_theme(name, diagnostics, loader), origin) for name, origin in theme_origins(loader).items()
    )


def gallery(themes: Sequence[ListedTheme], loader: ThemeLoader | None, diagnostics: Diagnostics) -> str:
    """The page: for each theme its slides, in both schemes where it has them. The slides are live, fonts included."""
    from jinja2 import Environment, StrictUndefined

    shown = [
        {
            "theme": theme,
            "schemes": [
                _sheet(theme.name, scheme, loader, diagnostics)
                for scheme in (("light", "dark") if theme.has_schemes else ("light",))
            ],
        }
        for theme in themes
    ]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = (PACKAGE / "compiler" / "gallery.html.j2").read_text(encoding="utf-8")
    return environment.from_string(text).render(shown=shown)


def _listed(theme: Theme, origin: str) -> ListedTheme:
    return ListedTheme(
        name=theme.name,
        origin=origin,
        description=theme.description,
        parents=theme.chain[1:],
        fonts=_families(theme),
        has_schemes=any("light-dark(" in sheet.text for sheet in theme.stylesheets),
    )


def _families(theme: Theme) -> tuple[FontFamily, ...]:
    styles: dict[str, list[str]] = {}
    licences: dict[str, Licence] = {}
    for font in theme.fonts:
        style = "" if font.style == "normal" else f" {font.style}"
        styles.setdefault(font.family, []).append(f"{font.weight}{style}")
        if font.family not in licences:
            try:
                licences[font.family] = licence(font.data)
            except FontError:  # told where the font is used
                licences[font.family] = Licence("", "", "")
    return tuple(FontFamily(name, tuple(styles[name]), licences[name]) for name in styles)


def _sheet(theme: str, scheme: str, loader: ThemeLoader | None, diagnostics: Diagnostics) -> Mapping[str, object]:
    """The page of the slides as they stand in a frame: `html`, and `width` to `height` of the frame."""
    text = (PACKAGE / "themes/gallery.md").read_text(encoding="utf-8")
    settings = Layer({"theme": theme, "colorScheme": scheme, "style": _GRID})
    inputs = Inputs(DictLoader({}), themes=loader, stronger=(settings,), assets="inline")
    compiled = compile_deck(SourceFile("gallery.md", text), inputs, diagnostics)
    width, height = compiled.settings.ratio.pixels
    rows = -(-len(compiled.slides) // COLUMNS)
    across = (100 - _GAP * (COLUMNS + 1)) / COLUMNS
    down = rows * across * height / width + _GAP * (rows + 1)
    page = make_still_page(compiled, diagnostics)
    return {"scheme": scheme, "html": page.html, "ratio": f"100 / {down:.3f}"}


_GRID: Final = f"""
:root:root body {{ overflow: hidden; background: none; }}
:root:root:root, :root:root .remark-slides-area {{ background: none; }}
:root:root .remark-slides-area {{
  display: grid; grid-template-columns: repeat({COLUMNS}, 1fr); gap: {_GAP}vw; padding: {_GAP}vw;
  box-sizing: border-box;
}}
:root:root .remark-slide-container.remark-slide-container {{
  --sb-fit: tan(atan2({(100 - _GAP * (COLUMNS + 1)) / COLUMNS}vw, var(--sb-width))); margin: 0;
}}
"""
