"""Lists of the remark dialect: where one ends, what its items are, and which of them are loose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from slidebuild.markdown.characters import SPACES, strip_line_starts
from slidebuild.markdown.remark_blocks import definition_end
from slidebuild.markdown.remark_source import BULLET, Source
from slidebuild.markdown.remark_state import MAX_DEPTH, Blocks, Level
from slidebuild.patterns import regex

_START = regex(rf"(?P<indentation> *)(?P<bullet>{BULLET}) (?=[\s\S])")
_MARK = regex(rf" *{BULLET} +")
_OUTDENT = regex(r" {1,4}")
_RULE_LINE = regex(r"(?:[-*_] *+){3,}+(?=\n|\Z)")


def list_of_items(blocks: Blocks, level: Level) -> bool:
    """A list: a bullet `*`, `+`, `-` or `1.` and a blank, at any indentation, and all up to the list's end.

    An item is outdented by up to four blanks and read as blocks of its own. An item is loose, its text a paragraph,
    if a blank line stands in it or before it. Another kind of bullet starts another list; the numbers of an ordered one
    don't matter, nor does the first.
    """
    source, start = level.source, level.position
    found = _START.match(source.shape, start)
    if found is None or level.depth >= MAX_DEPTH:
        return False
    end = _end(level, found["indentation"], found.end() + 1)
    tag = "ol" if len(found["bullet"]) > 1 else "ul"
    items = list(_items(source, start, end, found["indentation"], found["bullet"]))
    level.position = items[-1][1]
    levels = []
    blank_line_before = False
    for item_start, item_end, is_last in items:
        text = _MARK.sub("", source.text[item_start:item_end], count=1)
        text = strip_line_starts(text, _OUTDENT) if "\n " in text else text
        loose = blank_line_before or _holds_blank_line(text)
        if not is_last:
            blank_line_before = text.endswith("\n")
            loose = loose or blank_line_before
        levels.append(
            Level(
                Source(text, math=source.math),
                top=False,
                quoted=level.quoted,
                tight=not loose,
                before="<li>",
                after="</li>\n",
                depth=level.depth + 1,
            )
        )
    levels[0].before = f"<{tag}>\n<li>"
    levels[-1].after = f"</li>\n</{tag}>\n"
    blocks.end_text()
    blocks.levels.extend(reversed(levels))
    return True


def _items(source: Source, start: int, end: int, indentation: str, bullet: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and "the last one" of each item up to the list's end or to a bullet of another kind."""
    for found in _next_item(len(indentation)).finditer(source.shape, start, end):
        other = found["bullet"]
        if other != bullet and (len(other) == 1 or len(bullet) == 1):
            yield start, found.start(), True
            return
        yield start, found.start(), False
        start = found.start() + 1
    yield start, end, True


@cache
def _next_item(indentation: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{{indentation}}}(?P<bullet>{BULLET}) ")


def _holds_blank_line(text: str) -> bool:
    """Whether a blank line stands in the text with something after it."""
    blank = text.find("\n\n")
    return blank >= 0 and text[blank + 2 :].strip(SPACES) != ""


def _end(level: Level, indentation: str, position: int) -> int:
    """Where the list ends whose first text stands before `position`.

    It runs to a rule (indented as the list or not at all), a definition, two blank lines, one blank line that is
    followed by a line without indentation which is no item of this list, or the end. The answer is kept for the next
    list of the same indentation: a change of bullets would else make the search begin again and again.
    """
    if level.list_end is not None:
        known_indentation, breaks, end = level.list_end
        if known_indentation == indentation and position <= breaks:
            return end
    breaks, end = _search_end(level.source, indentation, position)
    level.list_end = (indentation, breaks, end)
    return end


def _search_end(source: Source, indentation: str, position: int) -> tuple[int, int]:
    """Start and end of the line breaks that end the list."""
    item = re.compile(rf"{indentation}{BULLET} ")
    shape, whole = source.shape, len(source.shape)
    while True:
        breaks = shape.find("\n", position)
        if breaks < 0 or source.trimmed_end < breaks:
            return max(position, min(source.trimmed_end, whole)), whole
        after = source.after_breaks(breaks)
        if after - breaks > 2 or _ends_before(source, after, indentation):
            return breaks, after
        if after - breaks == 2 and not shape.startswith(" ", after) and not item.match(shape, after):
            return breaks, after
        if breaks >= source.trimmed_end:
            return breaks, whole
        position = after


def _ends_before(source: Source, position: int, indentation: str) -> bool:
    """Whether the line at `position` is a rule or a definition."""
    inner = position + len(indentation) if source.shape.startswith(indentation, position) else position
    return (
        _RULE_LINE.match(source.shape, inner) is not None
        or (inner != position and _RULE_LINE.match(source.shape, position) is not None)
        or definition_end(source, position) is not None
    )
