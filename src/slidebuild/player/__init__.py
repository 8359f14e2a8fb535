"""The player: JavaScript and CSS that turn the static page into a slideshow.

The sources are ES modules, one concern a file; pages carry them as one inline script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from slidebuild.player.join import join_modules
from slidebuild.player.words import say, words

__all__ = ["copy_script", "head_script", "say", "script", "stylesheet"]

STYLESHEETS: Final = (
    "slides.css",
    "desk.css",
    "presenter.css",
    "overlays.css",
    "overview.css",
    "reading.css",
    "print.css",
)
"""In the order in which they count."""


def script(options: Mapping[str, object], lang: str = "en") -> str:
    """The whole player as one classic script; it starts itself and belongs at the end of `<body>`.

    `options` are defaults under remark.js's names; what the page's `#sb-deck` says goes before them. The player speaks
    `lang` where it can. Safe inside a `<script>` element, and the same text for the same options. Raises TypeError for
    options that are not JSON.
    """
    if translated := words(lang):
        options = {**options, "words": dict(translated)}
    # `<` can only stand in strings here, where the escape means the same; so can the two line separators.
    text = json.dumps(dict(options), ensure_ascii=True, sort_keys=True, separators=(",", ":")).replace("<", r"\u003c")
    return f"(function () {{\n'use strict';\n{_code()}start({text});\n}})();\n"


@cache
def copy_script() -> str:
    """The script behind copy buttons, for pages with code whose fence asks for one."""
    return f"(function () {{\n'use strict';\n{join_modules('codecopy.js', _read)}offerCopies();\n}})();\n"


@cache
def stylesheet() -> str:
    """The structural CSS: where slides stand, the presenter view, overlays, reading without JavaScript, paper.

    Expects the custom properties `--sb-width` and `--sb-height` on `<html>`.
    """
    return "".join(_compact_css(_read(name)) for name in STYLESHEETS)


def head_script() -> str:
    """A script for `<head>` that tells the CSS, before anything is painted, that the player is coming.

    Until it has started only the first slide shows, or none where the address asks for a certain one.
    """
    return (
        "(function(c){c.add('sb-js');if(location.hash.length>1)c.add('sb-elsewhere')})"
        "(document.documentElement.classList)"
    )


@cache
def _code() -> str:
    code = join_modules("main.js", _read)
    if re.search(r"</script|<!--", code, re.IGNORECASE):
        raise ValueError("the player's code would end the <script> element that it stands in")
    return code


def _read(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _compact_css(text: str) -> str:
    """Without comments, blank lines and indentation; nothing else is touched. Strings hold no `/*`."""
    lines = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
