"""`{{title}}`, `{{url}}` and `{{qr}}` in the deck's own skipped slide: filled in for the slide that it replaces."""

from __future__ import annotations

import re
from typing import Final

from slidebuild import dom
from slidebuild.patterns import regex
from slidebuild.pdf.default_placeholder import qr_code
from slidebuild.pdf.wording import wording

_NAME: Final = regex(r"(?:\{\{|%7B%7B)\s*(title|url|qr)\s*(?:\}\}|%7D%7D)", re.IGNORECASE)
"""In an address CommonMark has escaped the braces."""

_LOOK: Final = "display:inline-block;width:180px;height:180px;background:#fff"


def fill(tree: dom.Node, title: str, url: str | None, lang: str) -> None:
    """Fill in what stands for the slide that is replaced: its title, where it is online, and that as a QR code.

    Without an address `{{url}}` and `{{qr}}` are nothing, and a link to it is none. The tree is changed.
    """
    values = {"title": title, "url": url or "", "qr": ""}
    html = {"title": dom.escape(title), "url": dom.escape(url or ""), "qr": _code(url, lang) if url else ""}
    for node in list(dom.walk(tree)):
        if dom.is_text(node):
            text = dom.text(node)
            if _NAME.search(text):
                dom.replace(node, _filled(text, html, escape=True))
        elif dom.is_element(node):
            for name, value in list(node.attributes.items()):
                if value and _NAME.search(value):
                    dom.set_attribute(node, name, _filled(value, values, escape=False))
            if dom.tag(node) == "a" and dom.attribute(node, "href") == "":
                dom.remove_attribute(node, "href")


def _filled(text: str, values: dict[str, str], *, escape: bool) -> str:
    parts: list[str] = []
    at = 0
    for found in _NAME.finditer(text):
        between = text[at : found.start()]
        parts += [dom.escape(between) if escape else between, values[found[1].lower()]]
        at = found.end()
    return "".join([*parts, dom.escape(text[at:]) if escape else text[at:]])


def _code(url: str, lang: str) -> str:
    label = dom.escape_attribute(wording(lang).code)
    return f'<span class="sb-qr" role="img" aria-label="{label}" style="{_LOOK}">{qr_code(url)}</span>'
