"""Slides that move by CSS: only a browser knows which rules of a stylesheet really apply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from slidebuild.browser.session import Session
from slidebuild.cache import NO_CACHE, Cache
from slidebuild.installed import PACKAGE
from slidebuild.pdf.page_cache import Named, page_key, where
from slidebuild.pdf.slices import Slices, slices


def find_css_animations(
    session: Session,
    html: str,
    assets: Mapping[str, bytes],
    *,
    width: int = 1210,
    height: int = 681,
    cache: Cache = NO_CACHE,
    javascript: bool = False,
) -> Mapping[int, tuple[str, ...]]:
    """Names of the CSS animations by 0-based `.remark-slide-container`; slides without any are left out.

    The page is looked at as on screen, with its clock stopped at the first moment, so the answer does not depend on
    time. Its scripts run where the project lets them: what they animate counts as `script`. An animation of something
    on the slide counts. One of the slide as a whole that ends is how the slide comes in, and does not; neither do those
    of theme regions and slide numbers.

    Slides are asked about that are not in the cache; the browser is not started when all are.
    """
    cut = slices(html) if cache is not NO_CACHE and not javascript else None
    if cut is None:
        return _ask(session, html, assets, (width, height), javascript=javascript)
    keys = _keys(session, cut, assets, (width, height))
    kept = {index: data for index, key in enumerate(keys) if (data := cache.get(key)) is not None}
    names = {index: tuple(json.loads(data)) for index, data in kept.items()}
    missing = [index for index in range(len(keys)) if index not in kept]
    if missing:
        found = _ask(session, cut.some(set(missing)), assets, (width, height))
        for index in missing:
            names[index] = found.get(index, ())
            cache.put(keys[index], json.dumps(names[index]).encode())
    return {index: names[index] for index in sorted(names) if names[index]}


def _ask(
    session: Session, html: str, assets: Mapping[str, bytes], size: tuple[int, int], *, javascript: bool = False
) -> Mapping[int, tuple[str, ...]]:
    with session.page(
        html, assets, width=size[0], height=size[1], javascript=javascript, media="screen", is_still=False
    ) as page:
        found = page.evaluate(_script())
    names: dict[int, dict[str, None]] = {}
    for index, name in found:
        names.setdefault(index, {})[name] = None
    return {index: tuple(sorted(names[index])) for index in sorted(names)}


def _keys(session: Session, cut: Slices, assets: Mapping[str, bytes], size: tuple[int, int]) -> list[str]:
    """One for each slide: of all that its animations may depend on."""
    browser, files = where(session), Named.of(assets)
    common = files.within(f"{cut.head}{cut.tail}")
    keys = []
    for index, slide in enumerate(cut.slides):
        used = [files.digests[name] for name in sorted({*common, *files.within(slide)})]
        keys.append(page_key("css-animations", browser, cut.some((index,)), used, size))
    return keys


@cache
def _script() -> str:
    return (PACKAGE / "pdf" / "movement.js").read_text("utf-8")
