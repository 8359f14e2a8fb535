"""Themes: how a deck looks.

A theme is a folder with `theme.yml` (see `description`), CSS, what the CSS addresses, and `templates/*.html.j2`
(see `templates`). It is looked for among the project's own themes, then those of installed packages (entry points of
the group `slidebuild.themes`), then the built-in ones, and may have a parent: the parent's CSS comes first, templates,
settings and regions that it lacks are the parent's. Under every theme lie the templates of `default`.

    theme = find_theme("default", diagnostics, project_themes)
    theme.settings                        # defaults for deck settings, as written in theme.yml
    theme.css(publish, characters, diagnostics)  # fonts, then the stylesheets, addresses as `publish` gives them
    theme.render("page.html.j2", {…}, diagnostics)

`publish(path, data)` stores a file that the CSS needs (`default/paper.svg`, `default/fonts/FiraSans-Regular.woff2`)
and returns its address as seen from where the CSS will stand: a hashed file name, a `data:` URI.
"""

from slidebuild.theme.finding import find_theme, theme_names, theme_origins
from slidebuild.theme.loaders import BuiltInThemes, DictThemes, InstalledThemes, ThemeLoader
from slidebuild.theme.model import Font, Publish, Stylesheet, Theme

__all__ = [
    "BuiltInThemes",
    "DictThemes",
    "Font",
    "InstalledThemes",
    "Publish",
    "Stylesheet",
    "Theme",
    "ThemeLoader",
    "find_theme",
    "theme_names",
    "theme_origins",
]
