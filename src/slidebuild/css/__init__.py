"""The only door to the CSS parser (tinycss2): addresses in stylesheets, imports, and the CSSOM's view of backgrounds.

- `references(css)` lists the `url()`, `image-set("…")` and `@import` addresses of a stylesheet.
- `rewrite(css, change)` changes them and nothing else: all other bytes of the text stay.
- `flatten(path, read)` puts local `@import`ed stylesheets in the place of the rule, and makes every local address
  count from the root of what is read, wherever it was written.
- `background_style(properties)` is what remark's `element.style.backgroundX = value` leaves in a `style` attribute.
"""

from slidebuild.css.addresses import Reference, normalise, quote, references, rewrite
from slidebuild.css.backgrounds import background_style
from slidebuild.css.imports import FlatStylesheet, flatten

__all__ = [
    "FlatStylesheet",
    "Reference",
    "background_style",
    "flatten",
    "normalise",
    "quote",
    "references",
    "rewrite",
]
