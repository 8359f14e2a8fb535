"""The block rules of the remark dialect: each takes what stands at a position, or leaves it to the next.

`remark_lists` and `remark_tables` hold the larger ones. The order of all is `remark.ORDER`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from slidebuild.markdown.characters import SPACE, SPACE_RANGE, WORD, heading_id, strip_line_starts
from slidebuild.markdown.remark_inline import Inline
from slidebuild.markdown.remark_source import BULLET, Source

MAX_DEPTH: Final = 64
"""How deep lists and quotes nest; what is deeper stays text."""

INLINE_TAGS: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd"}
    | {"mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Tags that belong to a paragraph. Every other name starts an HTML block, unknown ones (and `IMG`) too."""

_HEADING = re.compile(r" *(?P<level>#{1,6})(?P<text> [^\n]+)(?:\n|\Z)")
_HASH_LINE = re.compile(r" *#[^\n]")
_RULE = re.compile(r"(?: *+[-*_]){3,}+ *+(?=\n|\Z)")
_UNDERLINE = re.compile(r"\n *+[=-]++(?<=[=-]{2}) *+(?=\n|\Z)")
_QUOTE_LINE = re.compile(r" *>[^\n]")
_QUOTE_MARK = re.compile(r" *> ?")
_CODE_INDENT = re.compile(r" {4}")
_LIST_START = re.compile(rf" *{BULLET} [\s\S]")
_BLOCK_TAG = re.compile(rf"<(?P<name>{WORD}++)(?!:/|[^A-Za-z0-9_@{SPACE_RANGE}]*+@)")
_INDENTED_ANGLE = re.compile(r" *(?=<)")
_BLANK_LINE_OR_END = re.compile(rf" *+(?:\n{{2,}}|{SPACE}*+\Z)")
_LABEL_START = re.compile(r" *\[(?=[^\]])")
_DEFINITION = re.compile(rf"\]: *<?[^>{SPACE_RANGE}]+>?(?: +[\"(][^\n]+[\")])? *+(?=\n|\Z)")


@dataclass(slots=True)
class Level:
    """One run of lines being read: the slide, or what a quote or an item holds."""

    source: Source
    top: bool = True
    """Not inside a list: only here are there tables, definitions and paragraphs of several lines."""
    quoted: bool = False
    tight: bool = False
    """Text stands in the item as it is, without a paragraph around it."""
    before: tuple[Token, ...] = ()
    after: tuple[Token, ...] = ()
    position: int = 0
    list_end: tuple[str, int, int] | None = None
    """Indentation, start and end of the line breaks that end the last list read (see `remark_lists`)."""


@dataclass(slots=True)
class Blocks:
    """What has been read, and what is being read (innermost last)."""

    inline: Inline
    tokens: list[Token] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Lines of text in a list or quote, joined when something else follows."""
    lines_map: list[int] = field(default_factory=list)

    def add(self, *tokens: Token) -> None:
        """Write tokens, after the text that is waiting."""
        self.end_text()
        self.tokens.extend(tokens)

    def add_inline(self, tag: str, text: str, line_map: list[int] | None, **attributes: str) -> None:
        """Write an element with inline text in it."""
        self.end_text()
        name = "heading" if tag[0] == "h" else "paragraph"
        opening = block_token(f"{name}_open", tag, 1, line_map)
        opening.attrs = dict(attributes)
        self.tokens += opening, *self.inline.tokens(text), block_token(f"{name}_close", tag, -1)

    def add_text_line(self, line: str, line_map: list[int]) -> None:
        """Keep a line of text; it is joined with those next to it."""
        if not self.lines:
            self.lines_map = line_map
        self.lines.append(line)
        self.lines_map = [self.lines_map[0], line_map[1]]

    def end_text(self) -> None:
        """Write the lines of text that are waiting."""
        if not self.lines:
            return
        text, self.lines = "\n".join(self.lines), []
        if self.levels[-1].tight:
            self.tokens += self.inline.tokens(text)
        else:
            self.add_inline("p", text, self.lines_map)


def block_token(kind: str, tag: str, nesting: int, line_map: list[int] | None = None, content: str = "") -> Token:
    """A block token; the line map is that of the source."""
    return Token(kind, tag, nesting, block=True, map=line_map, content=content)  # type: ignore[arg-type]


def blank_lines(blocks: Blocks, level: Level) -> bool:
    """Line breaks between blocks. An empty line ends a run of text lines.

    Example: `a⏎⏎b` in a loose item gives two paragraphs.
    """
    end = level.source.after_breaks(level.position)
    if end - level.position > 1:
        blocks.end_text()
    moved, level.position = end > level.position, end
    return moved


def indented_code(blocks: Blocks, level: Level) -> bool:
    """Lines indented by four blanks, blank lines between them and after them.

    The blank lines at the end stay in the code. Example: `    a⏎⏎b` gives the code `a⏎⏎`.
    """
    source, start = level.source, level.position
    end = start
    while source.shape.startswith("    ", end) and source.line_end(end) > end + 4:
        end = source.after_breaks(source.line_end(end))
    if end == start:
        return False
    level.position = end
    text = strip_line_starts(source.text[start:end], _CODE_INDENT)
    blocks.add(block_token("code_block", "code", 0, source.map(start, end), text))
    return True


def fenced_code(blocks: Blocks, level: Level) -> bool:
    """Code between fences; the word after the opening one is the language (see `Source.fence`).

    White space before the closing fence goes. A fence that is not closed, or two words after it, make no code.
    """
    source = level.source
    fence = source.fence(level.position)
    if fence is None:
        return False
    word, start, stop, end = fence
    token = block_token("fence", "code", 0, source.map(level.position, end), source.text[start:stop])
    token.info = word
    blocks.add(token)
    level.position = end
    return True


def heading(blocks: Blocks, level: Level) -> bool:
    """One to six `#`, a blank, text; `#`s at the end go, a blank before them or not (`# C#` is the heading `C`).

    `#x` and a lone `####` are text.
    """
    source, start = level.source, level.position
    found = _HEADING.match(source.shape, start)
    if found is None:
        return False
    text_start, text_end = found.span("text")
    text = source.text[text_start:text_end]
    first = min(len(text) - len(text.lstrip(" ")), len(text) - 1)
    last = len(text.rstrip(" ").rstrip("#").rstrip(" "))
    content = text[first : max(last, first + 1)]
    end = source.after_breaks(text_end)
    _add_heading(blocks, f"h{len(found['level'])}", content, source.map(start, end))
    level.position = end
    return True


def underlined_heading(blocks: Blocks, level: Level) -> bool:
    """A line of text with two or more `=` or `-` below it; the last of them decides: `=` level 1, `-` level 2.

    Only one line of text, which keeps the blanks around it.
    """
    source, start = level.source, level.position
    stop = source.line_end(start)
    underline = underline_at(source, stop)
    if stop == start or underline is None:
        return False
    tag = "h1" if source.shape[start:underline].rstrip(" ")[-1] == "=" else "h2"
    end = source.after_breaks(underline)
    _add_heading(blocks, tag, source.text[start:stop], source.map(start, end))
    level.position = end
    return True


def underline_at(source: Source, position: int) -> int | None:
    """The end of the line of `=` and `-` that follows the line break at `position`."""
    found = _UNDERLINE.match(source.shape, position)
    return found.end() if found else None


def _add_heading(blocks: Blocks, tag: str, text: str, line_map: list[int]) -> None:
    blocks.add_inline(tag, text, line_map, id=heading_id(text))


def rule(blocks: Blocks, level: Level) -> bool:
    """Three or more `-`, `*` or `_` on a line of their own, mixed or not, blanks between or not."""
    source, start = level.source, level.position
    found = _RULE.match(source.shape, start)
    if found is None:
        return False
    level.position = source.after_breaks(found.end())
    blocks.add(block_token("hr", "hr", 0, source.map(start, level.position)))
    return True


def quote(blocks: Blocks, level: Level) -> bool:
    """Lines that start with `>` and something after it, and the lines right below them.

    Blank lines between two quotes belong to one. A line that begins with the letters `def` ends a quote: its inventor
    meant a definition. Example: `> a⏎b⏎⏎> c` is one quote of two paragraphs.
    """
    source, start = level.source, level.position
    end = start
    while _QUOTE_LINE.match(source.shape, end):
        end = source.line_end(end)
        while source.shape.startswith("\n", end) and source.line_end(end + 1) > end + 1:
            if source.shape.startswith("def", end + 1):
                break
            end = source.line_end(end + 1)
        end = source.after_breaks(end)
    if end == start or len(blocks.levels) > MAX_DEPTH:
        return False
    level.position = end
    inside = Source(
        strip_line_starts(source.text[start:end], _QUOTE_MARK),
        source.numbers[source.line_index(start) :],
        math=source.math,
    )
    opening = block_token("blockquote_open", "blockquote", 1, source.map(start, end))
    closing = block_token("blockquote_close", "blockquote", -1)
    blocks.end_text()
    blocks.levels.append(Level(inside, level.top, quoted=True, before=(opening,), after=(closing,)))
    return True


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
    blocks.add(block_token("html_block", "", 0, source.map(start, end), source.text[start:end]))
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


def definition(blocks: Blocks, level: Level) -> bool:
    """`[label]: address "title"` gives nothing; the definitions that count are handed to `render`.

    Not in lists, not in quotes.
    """
    end = definition_end(level.source, level.position) if level.top and not level.quoted else None
    if end is None:
        return False
    blocks.end_text()
    level.position = level.source.after_breaks(end)
    return True


def definition_end(source: Source, position: int) -> int | None:
    """The end of the line of the definition at `position`. Its label may run over lines."""
    label = _LABEL_START.match(source.shape, position)
    close = source.label_end(label.end()) if label else None
    found = _DEFINITION.match(source.shape, close) if close is not None else None
    return found.end() if found else None


def paragraph(blocks: Blocks, level: Level) -> bool:
    """Lines of text up to a blank line or to something of another kind (see `interrupts`)."""
    if not level.top:
        return False
    source, start = level.source, level.position
    end = source.line_end(start)
    while end + 1 < len(source.shape) and source.shape[end + 1] != "\n" and not interrupts(source, end + 1):
        end = source.line_end(end + 1)
    blocks.add_inline("p", source.text[start:end], source.map(start, end))
    level.position = source.after_breaks(end)
    return True


def interrupts(source: Source, position: int) -> bool:
    """Whether the line at `position` ends the paragraph above it.

    Fenced code, a list, a rule, a heading or anything with `#` and one more character, a line that is underlined, a
    quote, a block tag in the first column, or a line that begins with the letters `def`. No definition and no table.
    """
    first = source.shape[position]
    if first.isalpha() and first != "d":
        return underline_at(source, source.line_end(position)) is not None
    return (
        source.shape.startswith("def", position)
        or any(pattern.match(source.shape, position) for pattern in (_LIST_START, _RULE, _HASH_LINE, _QUOTE_LINE))
        or block_tag(source, position) is not None
        or underline_at(source, source.line_end(position)) is not None
        or source.fence(position) is not None
    )


def text_line(blocks: Blocks, level: Level) -> bool:
    """A line of text in a list; those below one another are joined."""
    source, start = level.source, level.position
    end = source.line_end(start)
    if end == start:
        return False
    blocks.add_text_line(source.text[start:end], source.map(start, end))
    level.position = end
    return True
