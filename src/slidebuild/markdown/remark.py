"""The remark dialect: Markdown as remark.js 0.15 reads it (marked 0.3.9 with its gfm, tables, pedantic and smartLists).

It is no patched CommonMark: the rules for lists, quotes and emphasis are others, and what a list or a quote holds is
outdented and read anew. So the dialect reads blocks and inline text by rules of its own. Each writes its HTML byte for
byte as remark.js's Markdown did: content classes are pasted as HTML into the text around them and read again, so a
line break more or less would change what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from slidebuild.deck import LinkDefinition
from slidebuild.markdown import remark_blocks, remark_html, remark_inline, remark_lists, remark_spans, remark_tables
from slidebuild.markdown.formulas import OPENING
from slidebuild.markdown.remark_inline import Inline
from slidebuild.markdown.remark_source import Source, normalised
from slidebuild.markdown.remark_state import Blocks, Level

Rule: TypeAlias = Callable[[Blocks, Level], bool]

BLOCK_ORDER: Final[tuple[Rule, ...]] = (
    remark_blocks.blank_lines,
    remark_blocks.indented_code,
    remark_blocks.fenced_code,
    remark_blocks.heading,
    remark_tables.table_without_outer_pipes,
    remark_blocks.underlined_heading,
    remark_blocks.rule,
    remark_blocks.quote,
    remark_lists.list_of_items,
    remark_html.html,
    remark_blocks.definition,
    remark_tables.table_with_outer_pipes,
    remark_blocks.paragraph,
    remark_blocks.text_line,
)
"""The rules for blocks; the first that takes something wins."""

INLINE_ORDER: Final[tuple[tuple[str, remark_inline.Rule], ...]] = (
    ("\\", remark_spans.escape),
    (OPENING, remark_spans.formula),
    ("<", remark_spans.angled_address),
    ("h", remark_spans.bare_address),
    ("<", remark_spans.tag),
    ("![", remark_spans.link),
    ("![", remark_spans.reference),
    ("*_", remark_spans.strong),
    ("*_", remark_spans.emphasis),
    ("`", remark_spans.code),
    (" ", remark_spans.line_break),
    ("~", remark_spans.deletion),
    ("", remark_spans.text),
)
"""The rules, first match wins, each with the characters that it may start with ("" for any)."""

_INLINE_RULES: Final = remark_inline.by_first_character(INLINE_ORDER)


def render(text: str, links: Mapping[str, LinkDefinition], *, math: bool) -> tuple[str, tuple[str, ...]]:
    """The HTML of a text, and the labels of `[text][label]`s that no definition was there for."""
    inline = Inline(links, math, _INLINE_RULES)
    blocks = Blocks(inline)
    blocks.levels.append(Level(Source(normalised(text), math=math)))
    while blocks.levels:
        level = blocks.levels[-1]
        if level.before:
            blocks.written.append(level.before)
            level.before = ""
        if level.position < len(level.source.text):
            for rule in BLOCK_ORDER:
                if rule(blocks, level):
                    break
            continue
        blocks.end_text()
        blocks.written.append(level.after)
        blocks.levels.pop()
    return "".join(blocks.written), tuple(dict.fromkeys(inline.undefined))
