"""Scripts pass: a `<script>` inside a slide never runs, as in remark, where `innerHTML` leaves it inert."""

from __future__ import annotations

import re
from typing import Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.patterns import regex
from slidebuild.slides import Slide

_RUNS: Final = regex(r"\s*(?:module|(?:text|application)/(?:x-)?(?:javascript|ecmascript))?\s*(?:;.*)?", re.I | re.S)
"""Types that a browser would run; what has another one is data (JSON, a shader, a template)."""


def disarm_scripts(slide: Slide, diagnostics: Diagnostics) -> None:
    """Give scripts the type `text/plain`, their own one kept in `data-sb-type`; so they stay in the page as text.

    In a static page the parser would run them; event handler attributes do run in remark and are left alone. What was
    meant to run is `inert-script`.
    """
    nth = 0
    for tree in slide.trees:
        for script in dom.select(tree, "script"):
            own = dom.attribute(script, "type") or ""
            dom.set_attribute(script, "type", "text/plain")
            dom.set_attribute(script, "data-sb-type", own)
            if _RUNS.fullmatch(own):
                diagnostics.add(
                    "inert-script",
                    "a script inside a slide does not run, as in remark.js",
                    slide.resolved.locate("<script", nth),
                    hint="show its result as a picture or a video, or load a page that holds it in an `<iframe>`",
                )
            nth += 1
