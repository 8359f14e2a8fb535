"""SVG files that move, made still: nothing else can stop the clock of a picture, and a PDF must not show the time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from slidebuild.browser.session import Session
from slidebuild.installed import PACKAGE
from slidebuild.patterns import regex

_SUSPECT: Final = regex(rb"<(?:[\w.-]+:)?(?:animate|set\b)|@keyframes")
"""Cheap test: nothing moves in a file without this."""

_STYLE: Final = "*{animation-duration:0s!important;animation-delay:0s!important;animation-iteration-count:1!important}"
"""CSS animations are over at once: they show their end where they keep it, else no movement."""

_REWRITE: Final = """({ texts, css }) => {
  const still = STILL;
  return texts.map((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    if (svg.querySelector("parsererror") !== null) return null;
    still(svg);
    const style = svg.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = css;
    svg.documentElement.append(style);
    return new XMLSerializer().serializeToString(svg);
  });
}"""


def still_files(assets: Mapping[str, bytes], session: Session) -> Mapping[str, bytes]:
    """The same files, SVGs among them made still; those that are no well-formed XML in UTF-8 are left as they are.

    The browser rewrites them, by the very rules that hold for SVG in the page (`still_script`); it is not asked where
    nothing can move.
    """
    texts: dict[str, str] = {}
    for name in assets:
        if name.partition("?")[0].lower().endswith(".svg") and _SUSPECT.search(assets[name]):
            try:
                texts[name] = assets[name].decode("utf-8-sig")
            except UnicodeDecodeError:
                continue
    if not texts:
        return assets
    script = _REWRITE.replace("STILL", still_script())
    with session.page("<!DOCTYPE html>", {}, width=100, height=100) as page:
        found = page.evaluate(script, {"texts": list(texts.values()), "css": _STYLE})
    changed = {name: text.encode() for name, text in zip(texts, found, strict=True) if text is not None}
    return {**assets, **changed}


@cache
def still_script() -> str:
    """A JavaScript function that makes the SMIL animations below a node stand still."""
    return (PACKAGE / "pdf" / "still_svg.js").read_text("utf-8")
