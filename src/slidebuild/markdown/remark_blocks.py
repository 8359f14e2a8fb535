"""The block rules of the remark dialect: each takes what stands at a position, or leaves it to the next.

`remark_lists`, `remark_tables` and `remark_html` hold the larger ones. The order of all is `remark.BLOCK_ORDER`.
"""

from __future__ import annotations

from slidebuild.fence_attributes import split_info
from slidebuild.markdown.characters import SPACE_RANGE, escape_code, heading_id, strip_line_starts
from slidebuild.markdown.remark_html import block_tag
from slidebuild.markdown.remark_source import BULLET, Source
from slidebuild.markdown.remark_state import MAX_DEPTH, Blocks, Level
from slidebuild.patterns import regex

_HEADING = regex(r" *(?P<level>#{1,6})(?P<text> [^\n]+)(?:\n|\Z)")
_HASH_LINE = regex(r" *#[^\n]")
_RULE = regex(r"(?: *+[-*_]){3,}+ *+(?=\n|\Z)")
_UNDERLINE = regex(r"\n *+[=-]++(?<=[=-]{2}) *+(?=\n|\Z)")
_QUOTE_LINE = regex(r" *>[^\n]")
_QUOTE_MARK = regex(r" *> ?")
_CODE_INDENT = regex(r" {4}")
_LIST_START = regex(rf" *{BULLET} [\s\S]")
_LABEL_START = regex(r" *\[(?=[^\]])")
_DEFINITION = regex(rf"\]: *<?[^>{SPACE_RANGE}]+>?(?: +[\"(][^\n]+[\")])? *+(?=\n|\Z)")


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

    The blank lines at the end stay in the code. Example: `    a⏎⏎b` gives the code `a⏎⏎`. In the HTML a line break
    stands inside the element, none after it.
    """
    source, start = level.source, level.position
    end = start
    while source.shape.startswith("    ", end) and source.line_end(end) > end + 4:
        end = source.after_breaks(source.line_end(end))
    if end == start:
        return False
    level.position = end
    text = strip_line_starts(source.text[start:end], _CODE_INDENT)
    blocks.add(_code(text))
    return True


def _code(text: str) -> str:
    return f"<pre><code>{escape_code(text)}\n</code></pre>"


def fenced_code(blocks: Blocks, level: Level) -> bool:
    """Code between fences; the word after the opening one is the language (see `Source.fence`).

    White space before the closing fence goes. A fence that is not closed, or two words after it, make no code. The
    language is the element's class, what braces after it hold is kept for the code pass; with either a line break
    follows the element.
    """
    source = level.source
    fence = source.fence(level.position)
    if fence is None:
        return False
    word, start, stop, end = fence
    level.position = end
    if not word:
        blocks.add(_code(source.text[start:stop]))
        return True
    language, braces = split_info(word)
    attributes = f' class="{escape_code(language)}"' if language else ""
    attributes += f' data-sb-fence="{escape_code(braces)}"' if braces else ""
    blocks.add(f"<pre><code{attributes}>{escape_code(source.text[start:stop])}\n</code></pre>\n")
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
    _add_heading(blocks, f"h{len(found['level'])}", content)
    level.position = source.after_breaks(text_end)
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
    _add_heading(blocks, tag, source.text[start:stop])
    level.position = source.after_breaks(underline)
    return True


def underline_at(source: Source, position: int) -> int | None:
    """The end of the line of `=` and `-` that follows the line break at `position`."""
    found = _UNDERLINE.match(source.shape, position)
    return found.end() if found else None


def _add_heading(blocks: Blocks, tag: str, text: str) -> None:
    blocks.end_text()
    blocks.add(f'<{tag} id="{heading_id(text)}">{blocks.inline.html(text)}</{tag}>\n')


def rule(blocks: Blocks, level: Level) -> bool:
    """Three or more `-`, `*` or `_` on a line of their own, mixed or not, blanks between or not."""
    source, start = level.source, level.position
    found = _RULE.match(source.shape, start)
    if found is None:
        return False
    level.position = source.after_breaks(found.end())
    blocks.add("<hr>\n")
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
    if end == start or level.depth >= MAX_DEPTH:
        return False
    level.position = end
    inside = Source(strip_line_starts(source.text[start:end], _QUOTE_MARK), math=source.math)
    before, after = "<blockquote>\n", "</blockquote>\n"
    blocks.end_text()
    blocks.levels.append(Level(inside, level.top, quoted=True, before=before, after=after, depth=level.depth + 1))
    return True


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
    blocks.add_paragraph(source.text[start:end])
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
    blocks.lines.append(source.text[start:end])
    level.position = end
    return True
