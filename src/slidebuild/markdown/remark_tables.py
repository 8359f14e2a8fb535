"""Tables of the remark dialect, with and without a pipe at the start of their lines.

A `|` splits cells wherever it stands, in code too and after a backslash. Rows may be shorter or longer than the
head. A table needs a line break after the line of dashes; without rows it gets one row with one empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from slidebuild.markdown.characters import SPACE_RANGE
from slidebuild.markdown.remark_source import Source
from slidebuild.markdown.remark_state import Blocks, Level
from slidebuild.patterns import regex

_HEAD = regex(r" *\|[^\n\u2028\u2029]")
_DASHES = regex(r" *\|(?P<cells> *[-:]+[-| :]*)\n")
_ROW = regex(r" *\|")
_HEAD_WITHOUT_PIPE = regex(rf" *(?:\|[^|\n]*\||[^|{SPACE_RANGE}][^|\n]*\|)")
_DASHES_WITHOUT_PIPE = regex(r" *(?P<cells>[-:]+ *\|[-| :]*)\n")
_ROW_WITHOUT_PIPE = regex(r"[^|\n]*\|")
_ALIGNMENTS: Final = (
    (regex(r" *-+: *"), "right"),
    (regex(r" *:-+: *"), "center"),
    (regex(r" *:-+ *"), "left"),
)


def table_without_outer_pipes(blocks: Blocks, level: Level) -> bool:
    """A table whose lines need no `|` at their start.

    Example: `a | b⏎--|--⏎1 | 2⏎`. A `|` at the start of a row makes an empty first cell; one at the end an empty last.
    """
    return level.top and _table(
        blocks, level, _HEAD_WITHOUT_PIPE, _DASHES_WITHOUT_PIPE, _ROW_WITHOUT_PIPE, 0, _rows_as_written
    )


def table_with_outer_pipes(blocks: Blocks, level: Level) -> bool:
    """A table all of whose lines start with `|`; one at their end is optional.

    Example: `| a | b |⏎|---|:-:|⏎| 1 | 2 |⏎`.
    """
    return level.top and _table(blocks, level, _HEAD, _DASHES, _ROW, 1, _rows_in_pipes)


def _table(
    blocks: Blocks,
    level: Level,
    head: re.Pattern[str],
    dashes: re.Pattern[str],
    row: re.Pattern[str],
    skipped: int,
    rows: Callable[[str], list[str]],
) -> bool:
    source, start = level.source, level.position
    if not head.match(source.shape, start) or not _one_line(source, start):
        return False
    head_end = source.line_end(start)
    delimiter = dashes.match(source.shape, head_end + 1)
    if delimiter is None:
        return False
    end = delimiter.end()
    while row.match(source.shape, end) and _one_line(source, end):
        end = min(source.line_end(end) + 1, len(source.shape))
    written = source.text[start:head_end].lstrip(" ")[skipped:]
    names = _cells(_without_last_pipe(written.lstrip(" "), may_be_all=not written.startswith("|")))
    alignments = [_alignment(cell) for cell in _cells(_without_last_dash_pipe(delimiter["cells"].lstrip(" ")))]
    body = rows(source.text[delimiter.end() : end])
    level.position = source.after_breaks(end)
    _write(blocks, names, alignments, [_cells(line) for line in body])
    return True


def _one_line(source: Source, position: int) -> bool:
    """Whether no Unicode line separator stands in the line: those end lines for tables, and for nothing else."""
    line = source.line(position)
    return "\u2028" not in line and "\u2029" not in line


def _cells(line: str) -> list[str]:
    """What stands between the pipes, without the blanks beside them."""
    cells = line.split("|")
    last = len(cells) - 1
    for index, cell in enumerate(cells):
        inner = cell.lstrip(" ") if index > 0 else cell
        cells[index] = inner.rstrip(" ") if index < last else inner
    return cells


def _without_last_pipe(line: str, *, may_be_all: bool = True) -> str:
    """The line without a `|` at its end and the blanks around it; a line that is nothing else may stay."""
    inner = line.rstrip(" ")
    if not inner.endswith("|") or (inner == "|" and not may_be_all):
        return line
    return inner[:-1].rstrip(" ")


def _without_last_dash_pipe(line: str) -> str:
    inner = line.rstrip(" ")
    return inner[:-1] if inner.endswith("|") else line


def _rows_as_written(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _rows_in_pipes(text: str) -> list[str]:
    """The rows without their outer pipes. The last row loses a pipe at its end twice, if a line break follows it."""
    if text.endswith("\n"):
        text = _without_last_pipe(text[:-1])
    rows = []
    for line in text.split("\n"):
        inner = line.lstrip(" ")
        rows.append(_without_last_pipe(inner[1:].lstrip(" ") if inner.startswith("|") else line))
    return rows


def _alignment(cell: str) -> str | None:
    return next((name for pattern, name in _ALIGNMENTS if pattern.fullmatch(cell)), None)


def _write(blocks: Blocks, names: list[str], alignments: list[str | None], rows: list[list[str]]) -> None:
    blocks.add("<table>\n<thead>\n")
    _write_row(blocks, "th", names, alignments)
    blocks.add("</thead>\n<tbody>\n")
    for cells in rows:
        _write_row(blocks, "td", cells, alignments)
    blocks.add("</tbody>\n</table>\n")


def _write_row(blocks: Blocks, tag: str, cells: list[str], alignments: list[str | None]) -> None:
    blocks.add("<tr>\n")
    for index, cell in enumerate(cells):
        alignment = alignments[index] if index < len(alignments) else None
        style = f' style="text-align:{alignment}"' if alignment else ""
        blocks.add(f"<{tag}{style}>{blocks.inline.html(cell)}</{tag}>\n")
    blocks.add("</tr>\n")
