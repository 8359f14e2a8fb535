"""Slides that move by CSS: only a browser knows which rules of a stylesheet really apply."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from slidebuild.browser.session import Session


def find_css_animations(
    session: Session, html: str, assets: Mapping[str, bytes], *, width: int = 1210, height: int = 681
) -> Mapping[int, tuple[str, ...]]:
    """Names of the CSS animations by 0-based `.remark-slide-container`; slides without any are left out.

    The page is looked at as on screen, without scripts, with its clock stopped at the first moment, so the answer does
    not depend on time. An animation of something on the slide counts. One of the slide as a whole that ends is how the
    slide comes in, and does not; neither do those of theme regions and slide numbers.
    """
    with session.page(html, assets, width=width, height=height, media="screen", is_still=False) as page:
        found = page.evaluate(_script())
    names: dict[int, dict[str, None]] = {}
    for index, name in found:
        names.setdefault(index, {})[name] = None
    return {index: tuple(sorted(names[index])) for index in sorted(names)}


@cache
def _script() -> str:
    return (files(__package__) / "movement.js").read_text("utf-8")
