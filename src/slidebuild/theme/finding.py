"""Finding a theme by name and reading it with its ancestors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

from slidebuild.cache import NO_CACHE, Cache
from slidebuild.css import flatten, references, rewrite
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.source import Span, is_local
from slidebuild.theme.description import Description, FontSource, read_description
from slidebuild.theme.loaders import BuiltInThemes, InstalledThemes, ThemeLoader, read_resource
from slidebuild.theme.model import Font, Stylesheet, Theme
from slidebuild.theme.templates import Templates

FOUNDATION: Final = "default"
"""The theme whose templates lie under every theme."""


def theme_names(loader: ThemeLoader | None = None) -> tuple[str, ...]:
    """Names of all themes that `find_theme` knows."""
    return tuple(sorted({name for source in _loaders(loader) for name in source.names()}))


def theme_origins(loader: ThemeLoader | None = None) -> dict[str, str]:
    """Name of each theme -> where it is found: `project`, `installed` or `built-in`."""
    kinds = ("project", "installed", "built-in")[-len(_loaders(loader)) :]
    found: dict[str, str] = {}
    for source, kind in reversed(list(zip(_loaders(loader), kinds, strict=True))):
        found |= dict.fromkeys(source.names(), kind)
    return dict(sorted(found.items()))


def find_theme(
    name: str,
    diagnostics: Diagnostics,
    loader: ThemeLoader | None = None,
    span: Span | None = None,
    kept: Cache = NO_CACHE,
) -> Theme:
    """The theme of a name; `default` when there is none (`unknown-theme`) or it cannot be used (`bad-theme`).

    `loader` gives the project's own themes. `span` is where the deck names the theme. `kept` keeps what was read out
    of `theme.yml`s.
    """
    reader = _ThemeReader(_loaders(loader), diagnostics, kept)
    descriptions = reader.chain(name, span)
    if not descriptions:
        descriptions = reader.chain(FOUNDATION, span)
    return reader.theme(descriptions)


def _loaders(loader: ThemeLoader | None) -> tuple[ThemeLoader, ...]:
    shipped: tuple[ThemeLoader, ...] = (InstalledThemes(), BuiltInThemes())
    return shipped if loader is None else (loader, *shipped)


class _ThemeReader:
    """Reads one theme and its ancestors."""

    def __init__(self, loaders: tuple[ThemeLoader, ...], diagnostics: Diagnostics, kept: Cache) -> None:
        self.loaders = loaders
        self.diagnostics = diagnostics
        self.kept = kept
        self.homes: dict[str, ThemeLoader] = {}

    def home(self, name: str) -> ThemeLoader | None:
        """The first loader that has the theme; all its files are read there."""
        if name not in self.homes:
            for loader in self.loaders:
                if loader.read(name, "theme.yml") is not None:
                    self.homes[name] = loader
                    break
        return self.homes.get(name)

    def data(self, theme: str, path: str) -> bytes | None:
        home = self.home(theme)
        return home.read(theme, path) if home is not None else None

    def text(self, theme: str, path: str) -> str | None:
        data = self.data(theme, path)
        return None if data is None else data.decode("utf-8-sig", errors="replace")

    def chain(self, name: str, span: Span | None) -> list[Description]:
        """The theme and its ancestors; empty when there is no such theme."""
        found: list[Description] = []
        wanted: str | None = name
        while wanted is not None:
            path = f"themes/{wanted}/theme.yml"
            data = self.data(wanted, "theme.yml")
            if data is None:
                child = f" (parent of {found[-1].name})" if found else ""
                self.diagnostics.add(
                    "unknown-theme", f"there is no theme `{wanted}`{child}", span, hint=self._nearest(wanted)
                )
                break
            if any(wanted == description.name for description in found):
                cycle = " → ".join([*(description.name for description in found), wanted])
                self.diagnostics.add("bad-theme", f"themes that are each other's parent: {cycle}", path=path)
                break
            description = read_description(wanted, data, path, self.diagnostics, self.kept)
            found.append(description)
            wanted = description.parent
        return found

    def _nearest(self, name: str) -> str:
        import difflib

        names = sorted({name for loader in self.loaders for name in loader.names()})
        near = difflib.get_close_matches(name, names, 3)
        return f"did you mean {' or '.join(f'`{found}`' for found in near)}?" if near else f"themes: {', '.join(names)}"

    def theme(self, chain: list[Description]) -> Theme:
        """The theme of a chain of descriptions."""
        ancestors = list(reversed(chain))
        assets: dict[str, bytes] = {}
        stylesheets = [self._stylesheet(entry.name, path, assets) for entry in ancestors for path in entry.css]
        fonts = [self._font(entry.name, source) for entry in _with_fonts(chain) for source in entry.fonts]
        regions: dict[str, bool] = {}
        settings: dict[str, Any] = {}
        for entry in ancestors:
            regions |= entry.regions
            settings |= entry.settings
        names = tuple(entry.name for entry in chain)
        layered = next((entry.layered for entry in chain if entry.layered is not None), True)
        lookup = names if FOUNDATION in names else (*names, FOUNDATION)
        return Theme(
            name=chain[0].name,
            description=chain[0].description,
            chain=names,
            settings=settings,
            regions=tuple(name for name, shown in regions.items() if shown),
            stylesheets=tuple(sheet for sheet in stylesheets if sheet is not None),
            fonts=_distinct(font for font in fonts if font is not None),
            assets=assets,
            is_layered=layered,
            _templates=Templates(lookup, cache(self.text)),
        )

    def _stylesheet(self, theme: str, path: str, assets: dict[str, bytes]) -> Stylesheet | None:
        if self.data(theme, path) is None:
            self._missing(theme, f"the stylesheet {path} does not exist")
            return None
        flat = flatten(path, lambda address: self.text(theme, address))
        for missing in flat.missing:
            self._missing(theme, f"{path} imports {missing}, which does not exist or imports itself")
        for reference in references(flat.text):
            if is_local(reference.address):
                data = self.data(theme, reference.address)
                if data is None:
                    self._missing(theme, f"{path} addresses {reference.address}, which does not exist")
                else:
                    assets[f"{theme}/{reference.address}"] = data

        def key(address: str) -> str | None:
            return f"{theme}/{address}" if f"{theme}/{address}" in assets else None

        return Stylesheet(f"{theme}/{path}", rewrite(flat.text, lambda ref: key(ref.address)), flat.imports)

    def _font(self, theme: str, source: FontSource) -> Font | None:
        if source.package is None:
            data, where = self.data(theme, source.file), source.file
        else:
            data, where = read_resource(source.package, source.file), f"{source.file} of the package {source.package}"
        if data is None:
            self._missing(theme, f"font {source.family}: there is no {where}")
            return None
        stem = PurePosixPath(source.file).stem.split("[")[0]
        name = f"{theme}/fonts/{stem}" + (f"-{source.weight}" if "[" in source.file else "")
        return Font(source.family, source.weight, source.style, name, data)

    def _missing(self, theme: str, message: str) -> None:
        path = f"themes/{theme}/theme.yml"
        self.diagnostics.add("bad-theme", f"theme {theme}: {message}", path=path, severity=Severity.WARNING)


def _with_fonts(chain: list[Description]) -> list[Description]:
    """The themes of a chain whose fonts are taken, the furthest ancestor first."""
    last = next((place for place, entry in enumerate(chain) if not entry.parent_fonts), len(chain))
    return list(reversed(chain[: last + 1]))


def _distinct(fonts: Iterable[Font]) -> tuple[Font, ...]:
    """One font for each family, weight and style: a child's instead of its parent's."""
    return tuple({(font.family, font.weight, font.style): font for font in fonts}.values())
