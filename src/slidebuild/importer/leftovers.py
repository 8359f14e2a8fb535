"""What a page holds besides slides, options and CSS: scripts and markup, which a deck has no place for."""

from __future__ import annotations

import re
from typing import Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics, Severity
from slidebuild.importer.macros import OldMacro, hint, old_macro
from slidebuild.importer.page import Element, Page, ReadScript, is_remark
from slidebuild.patterns import regex

_MATH: Final = regex("mathjax|katex", re.IGNORECASE)
_SHOWN: Final = "img, svg, iframe, video, audio, canvas, object, embed"
_NO_MARKUP: Final = frozenset(("script", "style", "link", "meta", "title", "noscript", "template", "base"))


def report_leftovers(page: Page, diagnostics: Diagnostics) -> tuple[OldMacro, ...]:
    """Report all that stays behind; the macros of the page, to be ported."""
    macros: list[OldMacro] = []
    known = {script.element.node.mem_id: script for script in page.scripts}
    for element in page.elements:
        if element.tag == "script":
            script = known.get(element.node.mem_id)
            if script is None:
                _report_script(element, diagnostics)
            else:
                macros += _report_rest(script, diagnostics)
        elif _is_markup(element, page):
            message = f"the page's own <{element.tag}> beside the slides is not carried over"
            diagnostics.add("not-imported", message, element.span, hint="what stands on every slide belongs to a theme")
    return tuple(macros)


def _report_script(element: Element, diagnostics: Diagnostics) -> None:
    source = element.get("src")
    if is_remark(element):
        return
    if source.startswith("data:"):
        source = "in this address"
    if _MATH.search(source or element.get("type")):
        message = f"{source or 'the settings of MathJax'} is not needed: formulas are typeset when the deck is built"
        diagnostics.add("not-imported", message, element.span, severity=Severity.NOTICE)
    elif source:
        message = f"the script {source} is not carried over"
        diagnostics.add("not-imported", message, element.span, hint="scripts belong to a theme, decks have none")
    elif dom.text(element.node).strip():
        kind = element.get("type") or "text"
        message = f"a script that holds data ({kind}) is not carried over"
        diagnostics.add("not-imported", message, element.span, severity=Severity.NOTICE)


def _report_rest(read: ReadScript, diagnostics: Diagnostics) -> list[OldMacro]:
    script = read.script
    for macro in script.macros:
        message = f"the macro `{macro.name}` is JavaScript"
        span = read.span(macro.start, macro.start + macro.code.find("\n") if "\n" in macro.code else macro.end)
        diagnostics.add("not-imported", message, span, hint=hint(macro.name))
    for call in script.creations[1:]:
        message = "only the first slideshow of a page is imported"
        diagnostics.add("not-imported", message, read.span(call.start, call.end))
    if script.rest is not None:
        code = read.code.text
        end = code.find("\n", script.rest)
        span = read.span(script.rest, len(code) if end < 0 else end)
        if _MATH.search(code):
            message = "a script that loads or sets MathJax is not needed: formulas are typeset when the deck is built"
            diagnostics.add("not-imported", message, span, severity=Severity.NOTICE)
        else:
            message = "a script of the page is not carried over"
            diagnostics.add("not-imported", message, span, hint="scripts belong to a theme, decks have none")
    return [old_macro(macro) for macro in script.macros]


def _is_markup(element: Element, page: Page) -> bool:
    """Whether this stands in the body by itself and shows something."""
    node = element.node
    if not element.in_body or element.tag in _NO_MARKUP or node.parent is None or dom.tag(node.parent) != "body":
        return False
    if page.slides is not None and any(part.mem_id == page.slides.node.mem_id for part in dom.walk(node)):
        return False
    return bool(dom.text(node).strip() or element.tag in _SHOWN.split(", ") or dom.select(node, _SHOWN))
