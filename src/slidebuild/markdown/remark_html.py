"""HTML blocks of the remark dialect, and which tags start one."""

from __future__ import annotations

import re
from typing import Final

from slidebuild.markdown.characters import SPACE, SPACE_RANGE, WORD
from slidebuild.markdown.remark_source import Source
from slidebuild.markdown.remark_state import Blocks, Level
from slidebuild.patterns import regex

INLINE_TAGS: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd"}
    | {"mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Tags that belong to a paragraph. Every other name starts an HTML block, unknown ones (and `IMG`) too."""

_BLOCK_TAG = regex(rf"<(?P<name>{WORD}++)(?!:/|[^A-Za-z0-9_@{SPACE_RANGE}]*+@)")
_INDENTED_ANGLE = regex(r" *(?=<)")
_BLANK_LINE_OR_END = regex(rf" *+(?:\n{{2,}}|{SPACE}*+\Z)")


def html(blocks: Blocks, level: Level) -> bool:
    """Raw HTML: a comment to the end of its line, an element with what it holds, or a lone opening tag.

    An element ends at the first closing tag of its name that a blank line (or the end) follows; blank lines inside are
    part of it. A lone tag must be followed by a blank line. Names of `INLINE_TAGS` start none of them, a closing tag
    neither. Nothing in it is Markdown.
    """
    source, start = level.source, level.position
    angle = _INDENTED_ANGLE.match(source.shape, start)
    end = _html_end(source, angle.end()) if angle else None
    if end is None:
        return False
    level.position = end
    blocks.add(source.text[start:end])
    return True


def _html_end(source: Source, position: int) -> int | None:
    if source.shape.startswith("<!--", position):
        return source.comment_end(position + 4)
    tag = block_tag(source, position)
    if tag is None:
        return None
    end = source.closing_tag(tag["name"], tag.end() + 1)
    if end is not None:
        return end
    tag_end = source.delimiters.tag_end(tag.end())
    after = _BLANK_LINE_OR_END.match(source.shape, tag_end) if tag_end else None
    return after.end() if after else None


def block_tag(source: Source, position: int) -> re.Match[str] | None:
    """`<name`, where the name is none of `INLINE_TAGS` and does not begin an address (`<http://…>`, `<me@…>`)."""
    tag = _BLOCK_TAG.match(source.shape, position)
    return tag if tag and tag["name"] not in INLINE_TAGS else None
