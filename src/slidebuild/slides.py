"""A resolved slide to its HTML tree: content classes inside out, Markdown, and remark's two passes over the DOM.

remark 0.15 (`converter.js`) converts content classes first, pastes their HTML into the Markdown around them and parses
that again; then it assigns `innerHTML`, drops empty paragraphs from what comes back, and assigns once more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from slidebuild import dom
from slidebuild.deck import ContentClass, LinkDefinition, MacroCall, Node, ResolvedDeck, ResolvedSlide, Text, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.markdown import render_with_report
from slidebuild.patterns import regex
from slidebuild.records import dataclass
from slidebuild.source import Span

MAX_ELEMENT_DEPTH: Final = 500
"""Elements nested deeper stay text. Browsers stop at 512, and the HTML parser's time is quadratic in the depth."""

_LEADING_SPACE: Final = regex(r"^[\s\ufeff]+")
_EMPTY_PARAGRAPH: Final = regex(r"<p>[\s\ufeff]*</p>")


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide as HTML trees. Passes change the trees; all else is fixed."""

    resolved: ResolvedSlide
    content: dom.Node
    """Root whose children are those of `.remark-slide-content` (without the slide number)."""
    notes: dom.Node
    """Root whose children are those of `.remark-slide-notes`."""

    @property
    def trees(self) -> tuple[dom.Node, dom.Node]:
        """Content, then notes."""
        return self.content, self.notes


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns the nodes of slides into trees, with the links and the Markdown dialect of their deck."""

    links: Mapping[str, LinkDefinition]
    dialect: Literal["remark", "commonmark"]
    has_math: bool
    diagnostics: Diagnostics

    def slide(self, resolved: ResolvedSlide) -> Slide:
        """The trees of one slide."""
        return Slide(resolved, self._tree(resolved.content, resolved), self._tree(resolved.notes, resolved))

    def html(self, nodes: tuple[Node, ...], *, is_inline_class: bool = False, undefined: set[str] | None = None) -> str:
        """HTML of nodes. (Recursion is bounded: content classes nest at most `lexer.MAX_CLASS_DEPTH` deep.)

        Labels of links that nothing defines are added to `undefined`.
        """
        parts: list[str] = []
        for node in nodes:
            match node:
                case Text():
                    parts.append(node.text)
                case ContentClass(names=names, children=children, is_block=is_block):
                    name = "div" if is_block else "span"
                    inner = self.html(children, is_inline_class=not is_block, undefined=undefined)
                    parts.append(f'<{name} class="{" ".join(names)}">{inner}</{name}>')
                case MacroCall():
                    parts.append(node.span.text)
        markdown = _LEADING_SPACE.sub("", "".join(parts))
        rendered = render_with_report(markdown, self.links, self.dialect, math=self.has_math)
        if rendered.undefined and undefined is not None:
            undefined.update(rendered.undefined)
        return _without_only_paragraph(rendered.html) if is_inline_class else rendered.html

    def _tree(self, nodes: tuple[Node, ...], resolved: ResolvedSlide) -> dom.Node:
        undefined: set[str] = set()
        html, too_deep = limit_depth(self.html(nodes, undefined=undefined))
        for label in sorted(undefined):
            _report_undefined(label, nodes, resolved, self.links, self.diagnostics)
        if too_deep:
            self.diagnostics.add(
                "nesting-too-deep",
                f"elements are nested more than {MAX_ELEMENT_DEPTH} deep; the tags beyond stay text",
                resolved.span.part(0, 0),
                hint="close the elements further up",
            )
        tree = dom.parse(html)
        once = dom.inner_html(tree)
        cleaned = _EMPTY_PARAGRAPH.sub("", once)
        return tree if cleaned == once else dom.parse(cleaned)


def convert(deck: ResolvedDeck, converter: Converter) -> tuple[Slide, ...]:
    """All slides of a deck as trees."""
    return tuple(converter.slide(slide) for slide in deck.slides)


def _report_undefined(
    label: str,
    nodes: tuple[Node, ...],
    resolved: ResolvedSlide,
    links: Mapping[str, LinkDefinition],
    diagnostics: Diagnostics,
) -> None:
    import difflib

    place = _reference(label, nodes, resolved.span.part(0, 0))
    if place is None:
        return
    near = difflib.get_close_matches(label, links, 1)
    diagnostics.add(
        "undefined-link-reference",
        f"no link is defined as `{label}`, so the brackets show on the slide",
        place,
        hint=f"did you mean `{near[0]}`?" if near else f"add a line `[{label}]: https://…` anywhere in the deck",
    )


def _reference(label: str, nodes: tuple[Node, ...], otherwise: Span) -> Span | None:
    """Where `[text][label]` is written, `otherwise` if it can't be told; None for a mere index as in `a[0][1]`."""
    words = r"\s+".join(re.escape(word) for word in label.split())
    pattern = re.compile(rf"(?P<before>\w?)(?P<text>\[[^\[\]]*)?\]\s?(?P<label>\[\s*{words}\s*\])", re.IGNORECASE)
    is_index = False
    for run in runs(nodes):
        for found in pattern.finditer(run.text):
            if found["text"] and found["before"]:
                is_index = True
                continue
            is_exact = len(run.text) == run.span.end - run.span.start
            return run.span.part(*found.span("label")) if is_exact else run.span
    return None if is_index else otherwise


def _without_only_paragraph(html: str) -> str:
    """What is in the paragraph when it is the only element; text beside it is lost, as in remark."""
    if "<p>" not in html:
        return html
    tree = dom.parse(html)
    elements = [node for node in dom.children(tree) if dom.is_element(node)]
    if len(elements) == 1 and dom.tag(elements[0]) == "p":
        return dom.inner_html(elements[0])
    return html


_TAG: Final = regex(r"<(/?)([a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def limit_depth(html: str) -> tuple[str, bool]:
    """The HTML with start tags beyond `MAX_ELEMENT_DEPTH` escaped, and whether there were any.

    Depth is estimated by counting tags, which never takes a shallow fragment for a deep one by more than its unclosed
    elements.
    """
    if html.count("<") <= MAX_ELEMENT_DEPTH:
        return html, False
    depth = 0
    parts: list[str] = []
    at = 0
    too_deep = False
    for found in _TAG.finditer(html):
        if found[2].lower() in dom.VOID or found[0].endswith("/>"):
            continue
        if found[1]:
            depth = max(0, depth - 1)
        elif depth >= MAX_ELEMENT_DEPTH:
            too_deep = True
            parts += [html[at : found.start()], "&lt;"]
            at = found.start() + 1
        else:
            depth += 1
    return "".join([*parts, html[at:]]) if too_deep else html, too_deep
