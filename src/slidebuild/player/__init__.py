"""The player: JavaScript and CSS that turn the static page into a slideshow.

The sources are ES modules, one concern a file; pages carry them as one inline script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.installed import PACKAGE
from slidebuild.player.words import KEY_NAMES, say, speak, words

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


def script(options: Mapping[str, object], lang: str = "en", cache: Cache = NO_CACHE) -> str:
    """The whole player as one classic script; it starts itself and belongs at the end of `<body>`.

    `options` are defaults under remark.js's names; what the page's `#sb-deck` says goes before them. The player speaks
    `lang` where it can. Safe inside a `<script>` element, and the same text for the same options. Raises TypeError for
    options that are not JSON. `cache` keeps the joined code.
    """
    translated = words(lang)
    if names := {word: translated[word] for word in KEY_NAMES if word in translated}:
        options = {**options, "words": names}
    # `<` can only stand in strings here, where the escape means the same; so can the two line separators.
    text = json.dumps(dict(options), ensure_ascii=True, sort_keys=True, separators=(",", ":")).replace("<", r"\u003c")
    code = speak(_code("main.js", cache), translated)
    return f"(function () {{\n'use strict';\n{code}start({text});\n}})();\n"


def copy_script(lang: str = "en", cache: Cache = NO_CACHE) -> str:
    """The script behind copy buttons, for pages with code whose fence asks for one; in `lang` where it can."""
    translated = words(lang)
    code = speak(_code("codecopy.js", cache), {**translated, "en": lang} if translated else {})
    return f"(function () {{\n'use strict';\n{code}offerCopies();\n}})();\n"


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


_joined: Final[dict[str, str]] = {}


def _code(entry: str, cache: Cache) -> str:
    """The code of a module and of all it imports."""
    if entry not in _joined:
        key = entry_key("player", entry)
        kept = cache.get(key)
        _joined[entry] = kept.decode() if kept is not None else _join(entry)
        if kept is None:
            cache.put(key, _joined[entry].encode())
    return _joined[entry]


def _join(entry: str) -> str:
    from slidebuild.player.join import join_modules

    code = join_modules(entry, _read)
    if re.search(r"</script|<!--", code, re.IGNORECASE):
        raise ValueError("the player's code would end the <script> element that it stands in")
    return code


def _read(name: str) -> str:
    return (PACKAGE / "player" / name).read_text(encoding="utf-8")


def _compact_css(text: str) -> str:
    """Without comments, blank lines and indentation; nothing else is touched. Strings hold no `/*`."""
    lines = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
