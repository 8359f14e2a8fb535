"""The CommonMark dialect: markdown-it's own rules with HTML, tables and `~~deletions~~`, and four things of ours.

Formulas pass untouched, headings get the ids they have in the remark dialect, definitions come from the whole deck,
and nesting has a limit: what lies deeper is kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from slidebuild.deck import LinkDefinition
from slidebuild.fence_attributes import split_info
from slidebuild.markdown.characters import heading_id
from slidebuild.markdown.formulas import block_shape, find_formulas
from slidebuild.patterns import regex

MAX_DEPTH: Final = 100
"""How deep quotes and lists nest (a list and its item count as two)."""

MAX_IMAGE_DEPTH: Final = 20
"""How deep pictures nest in each other's alternative texts."""

_ENTITY = regex(r"&#?\w+;", re.ASCII)
_FULL_REFERENCE = regex(r"\[[^\[\]]*\]\[([^\[\]]+)\]")


def render(text: str, links: Mapping[str, LinkDefinition], *, math: bool) -> tuple[str, tuple[str, ...]]:
    """The HTML of a text, and the labels of `[text][label]`s that no definition was there for."""
    parser = _parser(math)
    references = {
        normalizeReference(label): {"href": parser.normalizeLink(link.address), "title": link.title or ""}
        for label, link in links.items()
    }
    env: dict[str, Any] = {"references": references}
    tokens = parser.parse(text, env)
    html: str = parser.renderer.render(tokens, parser.options, env)
    return html, tuple(dict.fromkeys(_undefined(tokens)))


@cache
def _parser(math: bool) -> MarkdownIt:  # noqa: FBT001 (the key of the cache)
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH + 10}).enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "too_deep", too_deep)
    parser.inline.ruler.at("image", bounded_image)
    parser.core.ruler.push("heading_ids", heading_ids)
    parser.core.ruler.push("fence_attributes", fence_attributes)
    if math:
        parser.block.ruler.before("lheading", "formula_paragraph", formula_paragraph)
        parser.inline.ruler.before("escape", "formula", formula)
    return parser


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the library's call)
    """At the deepest level everything is one paragraph of text, so that nothing is lost and no stack overflows."""
    if silent or state.level < MAX_DEPTH:
        return False
    _add_paragraph(state, start, end)
    return True


def formula_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (likewise)
    """A paragraph with a `$$…$$` that runs over lines: those begin no list, heading or quote.

    Example: `$$⏎a⏎= b⏎$$` is a paragraph, not a heading with a rest.
    """
    if silent or "$$" not in state.src:
        return False
    hidden = _hidden_lines(state, start, end)
    if not hidden:
        return False
    terminators = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end and not state.isEmpty(line):
        if line not in hidden and any(rule(state, line, end, True) for rule in terminators):  # noqa: FBT003
            break
        line += 1
    if line <= min(hidden):
        return False
    _add_paragraph(state, start, line)
    return True


def _hidden_lines(state: StateBlock, start: int, end: int) -> set[int]:
    """The lines, from the second on, that a formula covers from their start."""
    stop = start
    while stop < end and not state.isEmpty(stop) and (stop == start or state.sCount[stop] >= state.blkIndent):
        stop += 1
    text = state.getLines(start, stop, state.blkIndent, keepLastLF=False)
    pairs = zip(text.split("\n"), block_shape(text).split("\n"), strict=True)
    changed = [start + index for index, (line, shape) in enumerate(pairs) if line != shape]
    return set(changed[1:]) if changed and changed[0] == start else set(changed)


def _add_paragraph(state: StateBlock, start: int, end: int) -> None:
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, end]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, end, state.blkIndent, keepLastLF=False).strip()
    inline.map = [start, end]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end


def formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the library's call)
    """A formula as text, just as it is written, backslashes included; only entities mean what they mean in HTML.

    An escaped dollar keeps its backslash: what typesets the formulas later must know it from one that opens a formula.
    """
    if state.src.startswith("\\$", state.pos):
        end: int | None = state.pos + 2
    elif state.src[state.pos] == "$":
        end = _formulas(state).get(state.pos)
    else:
        return False
    if end is None:
        return False
    if not silent:
        text = state.src[state.pos : end]
        state.push("text", "", 0).content = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    state.pos = end
    return True


def _formulas(state: StateInline) -> dict[int, int]:
    """Start and end of the formulas of the text being read (kept while it is read)."""
    known: tuple[str, dict[int, int]] | None = state.env.get("formulas")
    if known is None or known[0] != state.src:
        known = (state.src, dict(find_formulas(state.src)))
        state.env["formulas"] = known
    return known[1]


def bounded_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the library's call)
    """A picture, unless it stands too deep in the texts of others (each is read by a parser of its own)."""
    depth = state.env.get("image_depth", 0)
    if depth >= MAX_IMAGE_DEPTH:
        return False
    state.env["image_depth"] = depth + 1
    found = image(state, silent)
    state.env["image_depth"] = depth
    return found


def heading_ids(state: StateCore) -> None:
    """The ids of headings (see `characters.heading_id`)."""
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open":
            token.attrSet("id", heading_id(inline.content))


def fence_attributes(state: StateCore) -> None:
    """What is in braces after the language of a fence, handed to the code pass."""
    for token in state.tokens:
        if token.type == "fence" and "{" in token.info:
            token.info, braces = split_info(token.info)
            if braces:
                token.attrSet("data-sb-fence", braces)


def _undefined(tokens: list[Token]) -> list[str]:
    """The labels of what is still `[text][label]` in the texts."""
    labels: list[str] = []
    for token in tokens:
        if token.type == "inline" and "][" in token.content:
            text = "".join(_plain(child) for child in token.children or ())
            labels += (" ".join(label.split()).lower() for label in _FULL_REFERENCE.findall(text))
    return labels


def _plain(token: Token) -> str:
    return "\n" if token.type == "softbreak" else token.content if token.type == "text" else ""
