"""Scripts pass: a `<script>` inside a slide never runs, as in remark, where `innerHTML` leaves it inert."""

from __future__ import annotations

from slidebuild import dom
from slidebuild.slides import Slide


def disarm_scripts(slide: Slide) -> None:
    """Give scripts the type `text/plain`, their own one kept in `data-sb-type`; so they stay in the page as text.

    In a static page the parser would run them; event handler attributes do run in remark and are left alone.
    """
    for tree in slide.trees:
        for script in dom.select(tree, "script"):
            own = dom.attribute(script, "type") or ""
            dom.set_attribute(script, "type", "text/plain")
            dom.set_attribute(script, "data-sb-type", own)
